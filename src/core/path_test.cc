#include "core/path.h"

#include <gtest/gtest.h>

#include <string_view>

namespace plimsoll::path {
namespace {

struct Joined {
  std::string_view base, relative, want;
};
class JoinTest : public testing::TestWithParam<Joined> {};
TEST_P(JoinTest, IsLexical) {
  EXPECT_EQ(join(GetParam().base, GetParam().relative), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Below, JoinTest,
                         testing::Values(Joined{"a", "b", "a/b"}, Joined{"a/", "b/", "a/b"},
                                         Joined{"a", "./b//c", "a/b/c"}, Joined{".", "b", "b"},
                                         Joined{"", "b", "b"}, Joined{"a", "", "a"},
                                         Joined{"", "", "."}, Joined{"/", "b", "/b"}));
INSTANTIATE_TEST_SUITE_P(Up, JoinTest,
                         testing::Values(Joined{"a/b", "../c", "a/c"}, Joined{"a", "..", "."},
                                         // An escape stays visible.
                                         Joined{"a", "../../x", "../x"},
                                         Joined{"..", "../x", "../../x"},
                                         Joined{"/a", "../../x", "/x"}));
INSTANTIATE_TEST_SUITE_P(Absolute, JoinTest,
                         testing::Values(Joined{"a", "/b", "/b"}, Joined{"/a", "/", "/"}));

struct Split {
  std::string_view path, folder, name, extension;
};
class SplitTest : public testing::TestWithParam<Split> {};
TEST_P(SplitTest, FolderNameExtension) {
  EXPECT_EQ(folder(GetParam().path), GetParam().folder);
  EXPECT_EQ(name(GetParam().path), GetParam().name);
  EXPECT_EQ(extension(GetParam().path), GetParam().extension);
}
INSTANTIATE_TEST_SUITE_P(Paths, SplitTest,
                         testing::Values(Split{"a/b/c.yml", "a/b", "c.yml", ".yml"},
                                         Split{"c", ".", "c", ""}, Split{"/c", "/", "c", ""},
                                         Split{".env", ".", ".env", ""},
                                         Split{"a.b/.env", "a.b", ".env", ""},
                                         Split{"x.tar.gz", ".", "x.tar.gz", ".gz"},
                                         Split{"", ".", "", ""}));

struct Within {
  std::string_view path, folder;
  bool want;
};
class IsWithinTest : public testing::TestWithParam<Within> {};
TEST_P(IsWithinTest, ComparesWholeParts) {
  EXPECT_EQ(is_within(GetParam().path, GetParam().folder), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Paths, IsWithinTest,
                         testing::Values(Within{"a/b", "a", true}, Within{"a", "a", true},
                                         Within{"ab", "a", false}, Within{"b/a", "a", false},
                                         Within{"a", ".", true}, Within{"..a", ".", true},
                                         Within{"..", ".", false}, Within{"../a", ".", false},
                                         Within{"/a", ".", false}, Within{"/a/b", "/a", true},
                                         Within{"/a", "/", true}, Within{"a", "/", false}));

}  // namespace
}  // namespace plimsoll::path
