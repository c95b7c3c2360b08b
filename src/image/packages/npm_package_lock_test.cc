#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(NpmPackageLock, ReadsTheNestedVersion) {
  EXPECT_EQ(dump(read_kind("npm-package-lock", R"({"lockfileVersion": 1, "dependencies": {
    "a": {"version": "1.0.0", "dependencies": {"b": {"version": "2.0.0", "dev": true}}},
    "b": {"version": "3.0.0"},
    "short": {"version": "npm:@scope/long@4.0.0"},
    "git": {"version": "github:owner/git#0123"}}})")),
            "@scope/long 4.0.0, a 1.0.0, b 2.0.0 (dev), b 3.0.0, git");
}

TEST(NpmPackageLock, NamesFoldersByWhereTheyAreLinked) {
  EXPECT_EQ(dump(read_kind("npm-package-lock", R"({"lockfileVersion": 3, "packages": {
    "": {"name": "root", "version": "1.0.0"},
    "tools/one": {"version": "0.1.0"},
    "node_modules/first": {"resolved": "tools/one", "link": true},
    "tools/two": {"name": "second", "version": "0.2.0"},
    "node_modules/a": {"version": "1.0.0"},
    "node_modules/a/node_modules/@s/b": {"version": "2.0.0", "dev": true},
    "node_modules/alias": {"name": "real", "version": "3.0.0"}}})")),
            "@s/b 2.0.0 (dev), a 1.0.0, first 0.1.0, real 3.0.0, second 0.2.0");
}

TEST(NpmPackageLock, OneThatIsNeededIsNotForDeveloping) {
  EXPECT_EQ(dump(read_kind("npm-package-lock", R"({"packages": {
    "node_modules/a": {"version": "1.0.0", "dev": true},
    "node_modules/b/node_modules/a": {"version": "1.0.0"}}})")),
            "a 1.0.0");
}

TEST(NpmPackageLock, SaysLineAndLicence) {
  const auto reading = read_kind(
      "npm-package-lock",
      "{\"packages\": {\n\"node_modules/a\": {\"version\": \"1.0.0\", \"license\": \"MIT\"}}}");
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_EQ(reading.packages[0].line, 2U);
  EXPECT_EQ(reading.packages[0].licenses, std::vector<std::string>{"MIT"});
}

TEST(NpmPackageJson, TakesEveryFormOfLicence) {
  struct Case {
    const char* member;
    std::vector<std::string> want;
  };
  for (const Case& each : {
           Case{R"("license": "MIT")", {"MIT"}},
           Case{R"("license": {"type": "MIT", "url": "u"})", {"MIT"}},
           Case{R"("licenses": [{"type": "MIT"}, "ISC", {"url": "u"}])", {"MIT", "ISC"}},
           Case{R"("license": [])", {}},
           Case{R"("license": 5)", {}},
       }) {
    const auto reading =
        read_kind("npm-package-json", std::string(R"({"name": "a", )") + each.member + "}");
    ASSERT_EQ(reading.packages.size(), 1U) << each.member;
    EXPECT_EQ(reading.packages[0].licenses, each.want) << each.member;
  }
}

TEST(NpmPackageJson, LeavesOutWhatThePackagesOwnTestsRead) {
  const PackageReader& reader = *find_package_reader("npm-package-json");
  struct Case {
    const char *path, *want;
  };
  for (const Case& each : {
           Case{"node_modules", "b 1.0.0"},
           Case{"node_modules/@s", "b 1.0.0"},
           Case{"app/node_modules/a/package.json", "b 1.0.0"},
           Case{"test/app/node_modules/a/package.json", "b 1.0.0"},
           Case{"node_modules/a/node_modules/b/package.json", "b 1.0.0"},
           Case{"node_modules/test/node_modules/b/package.json", "b 1.0.0"},
           Case{"node_modules/@s/test/node_modules/b/package.json", "b 1.0.0"},
           Case{"node_modules/a/dist/node_modules/b/package.json", "b 1.0.0"},
           Case{"node_modules/.pnpm/r.example/test/1.0.0/node_modules/b/package.json", "b 1.0.0"},
           Case{"node_modules/a/test/app/node_modules/b/package.json", ""},
           Case{"node_modules/@s/a/lib/__tests__/node_modules/@t/b/package.json", ""},
           Case{"node_modules/a/fixtures/node_modules/c/node_modules/b/package.json", ""},
       }) {
    const auto read = [&](const char* text) { return read_packages(reader, each.path, text); };
    EXPECT_EQ(dump(read(R"({"name": "b", "version": "1.0.0"})")), each.want) << each.path;
    EXPECT_EQ(read("{broken").problems.empty(), std::string_view(each.want).empty()) << each.path;
  }
}

}  // namespace
}  // namespace plimsoll::image
