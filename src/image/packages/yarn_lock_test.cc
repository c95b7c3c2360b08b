#include <gtest/gtest.h>

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

TEST(YarnLock, RejectsOtherText) {
  EXPECT_EQ(dump(read_kind("yarn-lock", "some text\n")), " !no yarn.lock: no entry in it");
  EXPECT_EQ(dump(read_kind("yarn-lock", "")), "");
}

}  // namespace
}  // namespace plimsoll::image
