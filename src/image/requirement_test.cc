#include "image/requirement.h"

#include <gtest/gtest.h>

namespace plimsoll::image {
namespace {

TEST(Requirement, NamesAVersionWhereItCan) {
  struct Case {
    const char *text, *name, *version;
  };
  for (const Case& each : {
           Case{"a", "a", ""},
           Case{"a==1.0", "a", "1.0"},
           Case{" a [x, y] == 1!2.0+local.1 ; python_version < '3'", "a", "1!2.0+local.1"},
           Case{"a===1.0-weird", "a", "1.0-weird"},
           Case{"a (>=1.2,<2)", "a", "1.2"},
           Case{"a>=1,==1.5", "a", "1.5"},
           Case{"a!=1.1,!=1.2,>=1.0", "a", "1.0"},
           Case{"a~=2.1", "a", "2.1"},
           Case{"a<=3", "a", "3"},
           Case{"a<3", "a", ""},
           Case{"a>3", "a", ""},
           Case{"a==2.*", "a", ""},
           Case{"a==2.*,>=2.3", "a", "2.3"},
           Case{"a.b-c_d>=1 --hash=sha256:00", "a.b-c_d", "1"},
           Case{"a==${VERSION}", "a", ""},
           Case{"a==", "a", ""},
           Case{"a @ https://example.com/a-1.0.zip", "a", ""},
           Case{"a; sys_platform == 'win32'", "a", ""},
       }) {
    const auto requirement = parse_requirement(each.text);
    ASSERT_TRUE(requirement) << each.text;
    EXPECT_EQ(requirement->name, each.name);
    EXPECT_EQ(requirement->versions.likely(), each.version) << each.text;
  }
}

TEST(Requirement, ABoundIsNoPin) {
  EXPECT_EQ(parse_requirement("a>=1,==1.5")->versions.pinned, "1.5");
  for (const char* text : {"a", "a>=1", "a~=1.0", "a<=1", "a==1.*"}) {
    EXPECT_EQ(parse_requirement(text)->versions.pinned, "") << text;
  }
}

TEST(Requirement, LeavesOutWhatIsNone) {
  for (const char* text : {"", ">=1.0", "./a-1.0.whl", "https://example.com/a", "two words", "a[x",
                           "{{ a }}", "-r b.txt", "==1.0", "a: b"}) {
    EXPECT_FALSE(parse_requirement(text)) << text;
  }
}

}  // namespace
}  // namespace plimsoll::image
