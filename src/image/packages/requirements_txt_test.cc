#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

std::string utf16le(std::string_view text) {
  std::string bytes = "\xFF\xFE";
  for (const char c : text) {
    bytes += c;
    bytes += '\0';
  }
  return bytes;
}

TEST(RequirementsTxt, ReadsLinesAsPipDoes) {
  struct Case {
    std::string text, want;
  };
  for (const Case& each : {
           Case{"a==1 # why\n#b==2\nc==3#x\n", "a 1, c 3"},
           Case{"a==1 \\\n  --hash=sha256:00 \\\n  --hash=sha256:01\nb==2\n", "a 1, b 2"},
           Case{"a \\\n  ==1", "a 1"},
           Case{"a==1 \\", "a 1"},
           Case{"a==1 \\\n# comment\nb==2", "a 1, b 2"},
           Case{"-r other.txt\n--index-url https://x/y\n-e .\na\r\n", "a"},
           Case{"./a.whl\nhttps://x.example/a-1.zip\n{% if x %}\n==1\n", ""},
           Case{"\xEF\xBB\xBF"
                "a==1\n",
                "a 1"},
           Case{utf16le("a==1\nb>=2\n"), "a 1, b"},
           Case{"a @ https://x.example/a.zip#sha1=00\n", "a"},
           Case{"a_b-1.0-py3-none-any.whl\nwheels/c-2.0-1-cp39-abi3-linux_x86_64.whl # d\n",
                "a_b 1.0, c 2.0"},
           Case{"https://x.example/a-1.0%2Bcpu-py3-none-any.whl#sha256=00\n", "a 1.0+cpu"},
           Case{"a-1.0.tar.gz\na-1.zip ; os_name == 'nt'\nb@file:///b-1-py3-none-any.whl\n", "b"},
       }) {
    EXPECT_EQ(dump(read_kind("requirements-txt", each.text)), each.want) << each.text;
  }
}

TEST(RequirementsTxt, SaysWhereItIsNoText) {
  EXPECT_EQ(dump(read_kind("requirements-txt", std::string("a==1\nb\0==\0", 10))),
            "a 1 !no text: a NUL byte in line 2");
}

TEST(RequirementsTxt, SaysWhereALineBegins) {
  const auto reading = read_kind("requirements-txt", "\na \\\n==1\nb==2\n");
  ASSERT_EQ(reading.packages.size(), 2U);
  EXPECT_EQ(reading.packages[0].line, 2U);
  EXPECT_EQ(reading.packages[1].line, 4U);
}

}  // namespace
}  // namespace plimsoll::image
