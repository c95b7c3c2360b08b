#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(YarnLock, ReadsTheFirstFormat) {
  EXPECT_EQ(dump(read_kind("yarn-lock",
                           "# yarn lockfile v1\n\n\n"
                           "\"@s/a@^1\", \"@s/a@^1.1\":\n  version \"1.2.0\"\r\n"
                           "  dependencies:\n    version \"^9\"\n"
                           "b@^2, b@~2:\n  version \"2.0.1\"\n"
                           "\"c@npm:@t/d@^3\":\n  version \"3.0.0\"\n"
                           "e@^4:\n  version \"4.0.0\"\n"
                           "  resolved \"https://r.example/@u/f/-/f-4.0.0.tgz#00\"\n")),
            "@s/a 1.2.0, @t/d 3.0.0, @u/f 4.0.0, b 2.0.1");
}

TEST(YarnLock, ReadsTheLaterFormat) {
  EXPECT_EQ(dump(read_kind("yarn-lock",
                           "__metadata:\n  version: 8\n\n"
                           "\"a@npm:^1, a@npm:^1.1\":\n  version: 1.2.0\n"
                           "  resolution: \"a@npm:1.2.0\"\n"
                           "\"short@npm:long@^2\":\n  version: 2.0.0\n"
                           "  resolution: \"long@npm:2.0.0\"\n"
                           "? \"b@npm:^3\"\n:\n  version: 3.0.0\n  resolution: \"b@npm:3.0.0\"\n"
                           "\"mine@workspace:.\":\n  version: 0.0.0-use.local\n"
                           "  resolution: \"mine@workspace:.\"\n")),
            "a 1.2.0, b 3.0.0, long 2.0.0");
}

TEST(YarnLock, TellsWhereALockIsDamaged) {
  struct Case {
    const char *text, *want;
    std::uint32_t line;
  };
  constexpr const char* kNoVersion = " !this entry has no version";
  constexpr const char* kNoEntry = " !this is no entry of a yarn.lock";
  const std::string whole = "# yarn lockfile v1\n\na@^1:\n  version \"1.0.0\"\n\n";
  for (const Case& each : {
           Case{"b@^2:\n", kNoVersion, 6},
           Case{"b@^2:\n  version \"2.", kNoVersion, 6},
           Case{"b@^2:\n  resolved \"x\"\n  dependencies:\n    version \"1\"\n", kNoVersion, 6},
           Case{"b@^", kNoEntry, 6},
           Case{"<<<<<<< ours\n=======\n>>>>>>> theirs\n", kNoEntry, 6},
           Case{"\n\xFF\xFE", kNoEntry, 7},
       }) {
    const auto reading = read_kind("yarn-lock", whole + each.text);
    EXPECT_EQ(dump(reading), std::string("a 1.0.0") + each.want) << each.text;
    ASSERT_EQ(reading.problems.size(), 1U) << each.text;
    EXPECT_EQ(reading.problems[0].position.line, each.line) << each.text;
  }
}

TEST(YarnLock, ReadsBothSidesOfAConflict) {
  EXPECT_EQ(dump(read_kind("yarn-lock",
                           "# yarn lockfile v1\n\na@^1:\n<<<<<<< ours\n  version \"1.0.0\"\n"
                           "=======\n  version \"1.1.0\"\n>>>>>>> theirs\n\n"
                           "b@^2:\n  version \"2.0.0\"\n")),
            "a 1.0.0, a 1.1.0, b 2.0.0 !this is no entry of a yarn.lock");
}

TEST(YarnLock, SkipsAByteOrderMark) {
  EXPECT_EQ(dump(read_kind("yarn-lock", "\xEF\xBB\xBF# yarn lockfile v1\r\n\r\n")), "");
  EXPECT_EQ(dump(read_kind("yarn-lock", "\xEF\xBB\xBF\"a@^1\":\r\n  version \"1.0.0\"\r\n")),
            "a 1.0.0");
}

TEST(YarnLock, RejectsOtherText) {
  EXPECT_EQ(dump(read_kind("yarn-lock", "some text\n")), " !no yarn.lock: no entry in it");
  EXPECT_EQ(dump(read_kind("yarn-lock", std::string_view("\xFF\xFE#\0 \0a\0@\0\n\0", 12))),
            " !no yarn.lock: no entry in it");
  EXPECT_EQ(dump(read_kind("yarn-lock", "")), "");
}

}  // namespace
}  // namespace plimsoll::image
