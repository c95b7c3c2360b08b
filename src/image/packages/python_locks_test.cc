#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(PipfileLock, ReadsEverySection) {
  EXPECT_EQ(dump(read_kind("pipfile-lock", R"({"_meta": {"hash": {"sha256": "0"}},
    "default": {"a": {"version": "==1.0"}, "g": {"git": "https://x", "ref": "0"}},
    "develop": {"b": {"version": "==2.0"}}, "docs": {"c": {"version": "==3.0"}}})")),
            "a 1.0, b 2.0 (dev), c 3.0, g");
}

TEST(PoetryLock, ReadsGroupsOfEachVersion) {
  EXPECT_EQ(dump(read_kind("poetry-lock", R"(
[[package]]
name = "a"
version = "1"
category = "dev"
[[package]]
name = "b"
version = "2"
category = "main"
[[package]]
name = "c"
version = "3"
groups = ["docs", "dev"]
[[package]]
name = "d"
version = "4"
groups = ["main", "dev"]
)")),
            "a 1 (dev), b 2, c 3 (dev), d 4");
}

TEST(UvLock, FollowsWhatTheProjectNeeds) {
  EXPECT_EQ(dump(read_kind("uv-lock", R"(
version = 1
[[package]]
name = "root"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "a" }]
[package.dev-dependencies]
dev = [{ name = "b" }, { name = "c", version = "2" }]
[[package]]
name = "a"
version = "1"
dependencies = [{ name = "c", version = "1" }]
[[package]]
name = "b"
version = "1"
[[package]]
name = "c"
version = "1"
[[package]]
name = "c"
version = "2"
)")),
            "a 1, b 1 (dev), c 1, c 2 (dev)");
}

TEST(UvLock, AnExtraIsForDevelopingWhereOnlyAGroupAsksForIt) {
  EXPECT_EQ(dump(read_kind("uv-lock", R"(
version = 1
[[package]]
name = "app"
version = "0"
source = { editable = "." }
dependencies = [{ name = "lib", extra = ["fast"] }]
[package.dev-dependencies]
dev = [{ name = "lib", extra = ["slow"] }]
[[package]]
name = "lib"
version = "1"
dependencies = [{ name = "base" }]
[package.optional-dependencies]
fast = [{ name = "quick" }]
slow = [{ name = "lazy" }]
[[package]]
name = "base"
version = "1"
[[package]]
name = "lazy"
version = "1"
[[package]]
name = "quick"
version = "1"
)")),
            "app 0, base 1, lazy 1 (dev), lib 1, quick 1");
}

TEST(UvLock, ReadsGroupsOfAWorkspaceWithoutProjectAndNeedsOfAScript) {
  EXPECT_EQ(dump(read_kind("uv-lock", R"(
version = 1
[manifest]
members = ["one"]
requirements = [{ name = "script" }]
[manifest.dependency-groups]
dev = [{ name = "lint" }, { name = "one", editable = "one" }, { name = "script" }]
[[package]]
name = "lint"
version = "2"
[[package]]
name = "one"
version = "1"
source = { editable = "one" }
dependencies = [{ name = "base" }]
[[package]]
name = "base"
version = "3"
[[package]]
name = "script"
version = "4"
)")),
            "base 3, lint 2 (dev), one 1, script 4");
}

TEST(UvLock, AFolderBesideTheProjectIsADependency) {
  EXPECT_EQ(dump(read_kind("uv-lock", R"(
version = 1
[[package]]
name = "app"
version = "0"
source = { virtual = "." }
[package.dev-dependencies]
dev = [{ name = "beside" }]
[[package]]
name = "beside"
version = "1"
source = { editable = "../beside" }
dependencies = [{ name = "base" }]
[[package]]
name = "base"
version = "2"
)")),
            "base 2 (dev), beside 1 (dev)");
}

TEST(UvLock, ReadsWhatTheFirstVersionsOfUvWrote) {
  EXPECT_EQ(dump(read_kind("uv-lock", R"(
version = 1
[[distribution]]
name = "app"
version = "0"
source = { editable = "." }
[distribution.dev-dependencies]
dev = [{ name = "a", extra = "x" }]
[[distribution]]
name = "a"
version = "1"
[distribution.optional-dependencies]
x = [{ name = "b" }]
[[distribution]]
name = "b"
version = "2"
)")),
            "a 1 (dev), app 0, b 2 (dev)");
}

TEST(PdmLock, OneOfADevGroupAloneIsForDeveloping) {
  EXPECT_EQ(dump(read_kind("pdm-lock", R"(
[[package]]
name = "a"
version = "1"
groups = ["default", "dev"]
[[package]]
name = "b"
version = "2"
groups = ["dev"]
)")),
            "a 1, b 2 (dev)");
}

TEST(PylockToml, KeepsOneWithoutVersion) {
  EXPECT_EQ(dump(read_kind("pylock-toml", R"(
lock-version = "1.0"
[[packages]]
name = "a"
version = "1"
[[packages]]
name = "b"
directory = { path = "b" }
)")),
            "a 1, b");
}

TEST(PylockToml, WhatOnlyGroupsAskForIsForDeveloping) {
  struct Case {
    const char *marker, *want;
  };
  for (const Case& each : {
           Case{R"("dev" in dependency_groups)", "a 1 (dev)"},
           Case{R"('dev' in dependency_groups or 'docs' in dependency_groups)", "a 1 (dev)"},
           Case{R"(os_name == 'nt' and ('dev' in dependency_groups))", "a 1 (dev)"},
           Case{R"("default" in dependency_groups)", "a 1"},
           Case{R"("default" in dependency_groups or "dev" in dependency_groups)", "a 1"},
           Case{R"('dev' in dependency_groups or 'gpu' in extras)", "a 1"},
           Case{R"('dev' in dependency_groups or os_name == 'nt')", "a 1"},
           Case{R"('dev' not in dependency_groups)", "a 1"},
           Case{R"(' in dependency_groups)", "a 1"},
           Case{R"(in dependency_groups)", "a 1"},
           Case{R"(python_version < "4")", "a 1"},
       }) {
    const std::string text = std::string(R"(
lock-version = "1.0"
default-groups = ["default"]
[[packages]]
name = "a"
version = "1"
marker = '''
)") + each.marker + "\n'''\n";
    EXPECT_EQ(dump(read_kind("pylock-toml", text)), each.want) << each.marker;
  }
}

TEST(PythonLocks, SayWhenTheyAreSomethingElse) {
  struct Case {
    const char *kind, *text, *want;
  };
  for (const Case& each : {
           Case{"uv-lock", "", " !no uv.lock: it has no 'package'"},
           Case{"uv-lock", "package = 1\n", " !'package' is no list of tables"},
           Case{"poetry-lock", "", " !no poetry.lock: it has no 'package'"},
           Case{"poetry-lock", "package = []\n", ""},
           Case{"poetry-lock", "[package]\nname = \"a\"\n", " !'package' is no list of tables"},
           Case{"pdm-lock", "x = 1\n", " !no pdm.lock: it has no 'package'"},
           Case{"pylock-toml", "", " !no pylock.toml: it has no 'packages'"},
           Case{"pylock-toml", "packages = 1\n", " !'packages' is no list of tables"},
           Case{"pipfile-lock", R"({"default": [1]})", " !'default' is no object"},
       }) {
    EXPECT_EQ(dump(read_kind(each.kind, each.text)), each.want) << each.kind << ' ' << each.text;
  }
}

TEST(UvLock, AnEmptyFileBesideAScriptIsNoLock) {
  const PackageReader* reader = find_package_reader("uv-lock");
  EXPECT_TRUE(read_packages(*reader, "x.py.lock", "").problems.empty());
  EXPECT_TRUE(read_packages(*reader, "x.py.lock", "4711\n").problems.empty());
  EXPECT_EQ(read_packages(*reader, "x.py.lock", "version = 1\n[[\n").problems.size(), 1U);
}

TEST(PyprojectToml, ReadsEachAlternativeOfPoetry) {
  EXPECT_EQ(dump(read_kind("pyproject-toml", R"(
[tool.poetry.dependencies]
a = [{version = "1.0", python = "<3.10"}, {version = "^2.0", python = ">=3.10"}]
)")),
            "a 1.0, a 2.0");
}

TEST(PyprojectToml, ReadsEveryTableThatTakesRequirements) {
  EXPECT_EQ(dump(read_kind("pyproject-toml", R"(
[project]
dependencies = ["a>=1", "b==2; python_version < '3'"]
[project.optional-dependencies]
x = ["c~=3.0"]
[dependency-groups]
dev = ["d==4", {include-group = "x"}]
[tool.poetry.dependencies]
python = "^3.8"
e = "^5.1"
f = {version = ">=6,<7", optional = true}
g = "*"
[tool.poetry.group.docs.dependencies]
h = "~8"
)")),
            "a 1, b 2, c 3.0, d 4 (dev), e 5.1, f 6, g, h 8 (dev)");
}

TEST(SetupPy, TakesLiteralsThatAreRequirements) {
  EXPECT_EQ(dump(read_kind("python-setup-py", R"PY(
"""Install it with
docs==9
"""
# 'comment==1'
needed = ['a==1.0', "b>=2; python_version<'3'", 'c', 'd>4', 'e==%s' % x, 'it\'s==5']
setup(python_requires=">=3.7", version='1.0', install_requires=needed,
      tests_require="""
f==6
g<=7
""".split())
)PY")),
            "a 1.0, b 2, f 6, g 7");
}

TEST(CondaEnvironment, ReadsMatchesAndPip) {
  EXPECT_EQ(dump(read_kind("conda-environment", R"(
name: x
dependencies:
  - a=1.0=h0_0
  - conda-forge::b==2.0
  - c>=3,<4
  - d 4.0
  - e=5.*
  - f
  - "="
  - pip:
    - g==7
)")),
            "g 7, a 1.0, b 2.0, c, d 4.0, e, f");
}

TEST(PipfileLock, RejectsOtherJson) {
  EXPECT_EQ(dump(read_kind("pipfile-lock", "[1]")), " !no Pipfile.lock: it has no '_meta'");
}

TEST(CondaMeta, SaysFilesAndPlatform) {
  const PackageReader* reader = find_package_reader("conda-meta");
  const auto reading = read_packages(
      *reader, "opt/conda/conda-meta/a-1-0.json",
      R"({"name": "a", "version": "1", "subdir": "linux-64", "license": "MIT", "files": ["lib/a"]})");
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_EQ(reading.packages[0].architecture, "linux-64");
  EXPECT_EQ(reading.packages[0].licenses, std::vector<std::string>{"MIT"});
  EXPECT_EQ(reading.packages[0].files, std::vector<std::string>{"/opt/conda/lib/a"});
}

}  // namespace
}  // namespace plimsoll::image
