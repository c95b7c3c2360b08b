#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(OtherLocks, RejectOtherText) {
  struct Case {
    const char *kind, *text, *want;
  };
  for (const Case& each : {
           Case{"mix-lock", "hello world\n", " !no mix.lock: no map in it"},
           Case{"mix-lock", "%{}\n", ""},
           Case{"mix-lock", "\n", ""},
           Case{"rebar-lock", "<html>\n", " !no rebar.lock: no list in it"},
           Case{"rebar-lock", "", ""},
           Case{"cabal-freeze", "{\"a\": 1}\n", " !no cabal.project.freeze: no field in it"},
           Case{"cabal-freeze", "active-repositories: hackage.haskell.org:merge\n", ""},
           Case{"conanfile-txt", "# c\nhello/1.0\n", " !no section '[…]' above it"},
           Case{"conanfile-txt", "\n[generators]\ncmake\n", ""},
           Case{"gemfile-lock", "Not found\n", " !no Gemfile.lock: no section in it"},
           Case{"gemfile-lock", "GEM\r\n  specs:\r\n\r\nRUBY VERSION\r\n   ruby 3.1\r\n", ""},
           Case{"gradle-lockfile", "hello world\n", " !no 'group:artifact:version'"},
       }) {
    EXPECT_EQ(dump(read_kind(each.kind, each.text)), each.want) << each.kind << each.text;
  }
}

TEST(ComposerLock, MarksWhatOnlyDevelopingNeeds) {
  EXPECT_EQ(dump(read_kind("composer-lock", R"({"packages": [{"name": "a/b", "version": "v1.0"}],
    "packages-dev": [{"name": "c/d", "version": "2.0"}, {"version": "3"}]})")),
            "a/b v1.0, c/d 2.0 (dev)");
}

TEST(MixLock, ReadsEverySource) {
  EXPECT_EQ(dump(read_kind("mix-lock", R"(%{
  "a": {:hex, :a_real, "1.0.0", "00", [:mix], [{:b, "~> 1.0", [hex: :b]}], "hexpm", "00"},
  "g": {:git, "https://x.example/g", "0123", [tag: "v1"]},
  "p": {:path, "../p", []},
})")),
            "a_real 1.0.0, g 0123, p");
}

TEST(RebarLock, ReadsBothFormats) {
  EXPECT_EQ(dump(read_kind("rebar-lock",
                           "{\"1.2.0\",\n[{<<\"a\">>,{pkg,<<\"a_real\">>,<<\"1.0\">>},0},\n"
                           " {<<\"g\">>,{git,\"https://x\",{ref,\"0123\"}},1}]}.\n"
                           "[{pkg_hash,[{<<\"a\">>, <<\"00\">>}]}].\n")),
            "a_real 1.0, g 0123");
  EXPECT_EQ(dump(read_kind("rebar-lock", "[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1.0\">>},0}].")), "a 1.0");
  EXPECT_EQ(dump(read_kind("rebar-lock", "[].\n")), "");
}

TEST(GleamToml, KeepsTheRange) {
  EXPECT_EQ(dump(read_kind("gleam-toml",
                           "name = \"m\"\n[dependencies]\na = \">= 1.0.0 and < 2.0.0\"\n"
                           "p = { path = \"../p\" }\n[dev-dependencies]\nb = \"~> 1.0\"\n")),
            "a >= 1.0.0 and < 2.0.0, b ~> 1.0 (dev), p");
}

TEST(CargoToml, ReadsEveryTableOfDependencies) {
  EXPECT_EQ(
      dump(read_kind("cargo-toml",
                     "[package]\nname = \"m\"\nversion = \"0.1.0\"\n"
                     "[dependencies]\na = \"1\"\nrenamed = { package = \"b\", version = \"2\" }\n"
                     "[dev-dependencies]\nc = \"3\"\n"
                     "[target.'cfg(unix)'.dependencies]\nd = \"4\"\n"
                     "[build-dependencies]\ne = { git = \"https://x\" }\n")),
      "a 1, b 2, c 3 (dev), d 4, e, m 0.1.0");
}

TEST(PubspecLock, APackageOfTheSdkHasItsVersion) {
  EXPECT_EQ(dump(read_kind("pubspec-lock", R"(
packages:
  a: {dependency: transitive, source: hosted, version: "1.0.0"}
  b: {dependency: "direct dev", source: hosted, version: "2.0.0"}
  flutter: {dependency: "direct main", description: flutter, source: sdk, version: "0.0.0"}
sdks:
  dart: ">=2.12.0 <3.0.0"
  flutter: ">=3.24.5"
)")),
            "a 1.0.0, b 2.0.0 (dev), flutter 3.24.5");
  EXPECT_EQ(dump(read_kind("pubspec-lock", "name: m\nversion: 1.0.0\n")), "m 1.0.0");
}

}  // namespace
}  // namespace plimsoll::image
