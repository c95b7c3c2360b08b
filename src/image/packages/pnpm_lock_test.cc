#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(PnpmLock, ReadsTheKeysOfEachVersion) {
  struct Case {
    const char *version, *key, *want;
  };
  for (const Case& each : {
           Case{"5.4", "/a/1.0.0", "a 1.0.0"},
           Case{"5.4", "/@s/a_b/1.0.0_react@18.0.0", "@s/a_b 1.0.0"},
           Case{"5.1", "/a/1.0.0/b@2.0.0", "a 1.0.0"},
           Case{"5.4", "r.example/@s/a/1.0.0", "@s/a 1.0.0"},
           Case{"'6.0'", "/a@1.0.0(b@2.0.0)(@c/d@3.0.0)", "a 1.0.0"},
           Case{"'6.0'", "/@s/a@1.0.0-rc.1", "@s/a 1.0.0-rc.1"},
           Case{"'6.0'", "r.example/@s/a@1.0.0", "@s/a 1.0.0"},
           Case{"'9.0'", "'@s/a@1.0.0'", "@s/a 1.0.0"},
           Case{"'9.0'", "a@https://x.example/a.tgz", "a"},
           Case{"'9.0'", "a@file:../a", "a"},
           Case{"5.4", "file:../a", ""},
       }) {
    const std::string text = std::string("lockfileVersion: ") + each.version + "\npackages:\n  " +
                             each.key + ":\n    resolution: {integrity: x}\n";
    EXPECT_EQ(dump(read_kind("pnpm-lock", text)), each.want) << each.key;
  }
}

TEST(PnpmLock, TakesNameAndVersionThatAreSaid) {
  EXPECT_EQ(dump(read_kind("pnpm-lock",
                           "lockfileVersion: 5.4\npackages:\n"
                           "  github.com/o/r/0123456:\n    name: a\n    version: 1.0.0\n"
                           "    dev: true\n")),
            "a 1.0.0 (dev)");
}

TEST(PnpmLock, FindsOutWhatOnlyDevelopingNeeds) {
  EXPECT_EQ(
      dump(read_kind("pnpm-lock",
                     "lockfileVersion: '9.0'\nimporters:\n  .:\n"
                     "    dependencies:\n      a: {specifier: ^1, version: 1.0.0}\n"
                     "      z: {specifier: 'npm:y@1', version: y@1.0.0}\n"
                     "    devDependencies:\n      b: {specifier: ^2, version: 2.0.0(a@1.0.0)}\n"
                     "packages:\n  a@1.0.0: {}\n  b@2.0.0: {}\n  c@3.0.0: {}\n"
                     "  d@4.0.0: {}\n  y@1.0.0: {}\n"
                     "snapshots:\n  a@1.0.0:\n    dependencies:\n      c: 3.0.0\n"
                     "  b@2.0.0(a@1.0.0):\n    dependencies:\n      c: 3.0.0\n"
                     "      d: 4.0.0\n")),
      "a 1.0.0, b 2.0.0 (dev), c 3.0.0, d 4.0.0 (dev), y 1.0.0");
}

TEST(PnpmLock, WhatIsOnlyNamedAsADependencyIsThereToo) {
  EXPECT_EQ(dump(read_kind(
                "pnpm-lock",
                "lockfileVersion: 5.4\ndependencies:\n  a: 1.0.0\n  b: 2.0.0_a@1.0.0\n"
                "  c: link:../c\ndevDependencies:\n  d: 3.0.0\npackages:\n  /b/2.0.0_a@1.0.0:\n"
                "    resolution: {integrity: x}\n    dev: false\n")),
            "a 1.0.0, b 2.0.0");
  EXPECT_EQ(dump(read_kind("pnpm-lock",
                           "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n"
                           "        specifier: ^1.0.0\n        version: 1.0.2(b@2.0.0)\n      z:\n"
                           "        specifier: npm:y@1\n        version: y@1.0.0\n")),
            "a 1.0.2");
}

TEST(PnpmLock, TheLastDocumentIsTheProject) {
  EXPECT_EQ(dump(read_kind("pnpm-lock",
                           "lockfileVersion: '9.0'\npackages:\n  pnpm@11.0.0: {}\n---\n"
                           "lockfileVersion: '9.0'\npackages:\n  a@1.0.0: {}\n")),
            "a 1.0.0");
}

TEST(PnpmLock, RejectsOtherYaml) {
  EXPECT_EQ(dump(read_kind("pnpm-lock", "a: 1\n")),
            " !no pnpm-lock.yaml: it has no lockfileVersion");
}

}  // namespace
}  // namespace plimsoll::image
