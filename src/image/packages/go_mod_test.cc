#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(GoMod, ReadsRequirementsAndReplacements) {
  EXPECT_EQ(dump(read_kind("go-mod",
                           "module \"example.com/m\" // why\n\ngo 1.22\n"
                           "require example.com/a v1.0.0\n"
                           "require(\n\texample.com/b v2.0.0+incompatible // indirect\n"
                           "\texample.com/c v3.0.0\n\texample.com/d v4.0.0\n)\n"
                           "replace example.com/c => example.com/fork v3.1.0\n"
                           "replace example.com/d v4.0.0 => ../d\n"
                           "replace example.com/b v9.0.0 => ../b\n"
                           "exclude example.com/a v0.9.0\nretract [v0.1.0, v0.2.0]\n")),
            "example.com/a v1.0.0, example.com/b v2.0.0+incompatible, example.com/fork v3.1.0");
}

TEST(GoMod, AToolchainIsTheStandardLibrary) {
  EXPECT_EQ(dump(read_kind("go-mod", "module m\ngo 1.23\ntoolchain go1.23.4-vendor\n")),
            "stdlib 1.23.4");
  EXPECT_EQ(dump(read_kind("go-mod", "module m\ntoolchain default\n")), "");
}

TEST(GoMod, RejectsOtherText) {
  EXPECT_EQ(dump(read_kind("go-mod", "hello world\n")), " !no go.mod: neither module nor require");
}

TEST(GoMod, ACommentNeedsNoBlankBeforeIt) {
  EXPECT_EQ(dump(read_kind("go-mod", "module m//x\nrequire(//x\na.x/b v1.0.0//indirect\n)//x\n")),
            "a.x/b v1.0.0");
}

TEST(GoMod, NamesTheBlockThatNothingEnds) {
  const PackageReading reading =
      read_kind("go-mod", "module m\ngo 1.22\nrequire (\n\ta.x/b v1.0.0\n\ta.x/c v2");
  EXPECT_EQ(dump(reading), "a.x/b v1.0.0, a.x/c v2 !'(' without ')'");
  EXPECT_EQ(reading.problems[0].to_line().substr(0, 10), "a/file:3:1");
}

TEST(GoSum, NamesTheLineThatIsNone) {
  const PackageReading reading =
      read_kind("go-sum", "a.x/b v1.0.0 h1:x=\na.x/b v1.0.0/go.mod h1:y=\na.x/c v1.2");
  EXPECT_EQ(dump(reading), "a.x/b v1.0.0 !no 'module version hash'");
  EXPECT_EQ(reading.problems[0].to_line().substr(0, 10), "a/file:3:1");
}

TEST(GoSum, TakesTheLastVersionOfAModule) {
  EXPECT_EQ(dump(read_kind("go-sum",
                           "example.com/a v1.0.0 h1:x=\nexample.com/a v1.0.0/go.mod h1:y=\n"
                           "example.com/a v1.2.0 h1:x=\nexample.com/b v0.1.0/go.mod h1:z=\n\n")),
            "example.com/a v1.2.0, example.com/b v0.1.0");
}

}  // namespace
}  // namespace plimsoll::image
