#include "image/ownership.h"

#include <gtest/gtest.h>

#include "image/binary/sample_elf.h"
#include "image/sample_image.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;

std::string link(const std::string& name, const std::string& target) {
  return sample_tar::header(name, '2', 0, target);
}

/// "name version <owner" of each.
std::string packages_of(const std::string& layer) {
  std::string text;
  for (const Package& package : inventory_of(sample_archive({layer})).packages) {
    text += text.empty() ? "" : ", ";
    text += package.name + ' ' + package.version;
    if (!package.owner.empty()) text += " <" + package.owner;
  }
  return text;
}

const std::string kNode = SampleElf{.sections = {{".rodata", "node.js/v20.1.0 "}}}.bytes();

TEST(Ownership, AProgramNoPackageOwnsIsAPackage) {
  const Inventory inventory = inventory_of(sample_archive({file("usr/local/bin/node", kNode)}));
  ASSERT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.packages[0].purl, "pkg:generic/node@20.1.0");
  EXPECT_EQ(inventory.packages[0].path, "usr/local/bin/node");
  EXPECT_EQ(inventory.packages[0].layer, inventory.image.layers[0].diff_id);
}

TEST(Ownership, AnOwnedProgramIsNotToldAgain) {
  // The package names the folder that was merged away.
  const std::string apk = "P:nodejs\nV:20.1.0-r0\nA:x86_64\nF:bin\nR:node\n\n";
  EXPECT_EQ(packages_of(file("lib/apk/db/installed", apk) + link("bin", "usr/bin") +
                        file("usr/bin/node", kNode)),
            "nodejs 20.1.0-r0");
}

TEST(Ownership, LanguagePackagesNameTheirOwner) {
  const std::string apk =
      "P:py3-six\nV:1.16-r0\nA:x86_64\nF:usr/lib/python3.11/site-packages/six-1.16.dist-info\n"
      "R:METADATA\nF:usr/bin\nR:tool\n\n";
  const std::string go =
      SampleElf{.sections = {{".go.buildinfo", sample_go_build_info("go1.22.1", "")}},
                .is_dynamic = false}
          .bytes();
  EXPECT_EQ(packages_of(file("lib/apk/db/installed", apk) + file("usr/bin/tool", go) +
                        file("usr/bin/other", go) +
                        file("usr/lib/python3.11/site-packages/six-1.16.dist-info/METADATA",
                             "Metadata-Version: 2.1\nName: six\nVersion: 1.16\n")),
            "py3-six 1.16-r0, stdlib 1.22.1, stdlib 1.22.1 <py3-six, six 1.16 <py3-six");
}

TEST(Ownership, WhatOthersBuildIsNotTheSystems) {
  EXPECT_EQ(packages_of(file("var/lib/dpkg/status",
                             "Package: nodejs\nStatus: install ok installed\n"
                             "Version: 20.1.0-1nodesource1\nArchitecture: amd64\n") +
                        file("var/lib/dpkg/info/nodejs.list", "/usr/bin/node\n") +
                        file("usr/bin/node", kNode)),
            "nodejs 20.1.0-1nodesource1, node 20.1.0");
}

TEST(Ownership, ANotedPackageIsTakenOnce) {
  const std::string noted =
      SampleElf{.package_note =
                    R"({"type":"rpm","os":"fedora","name":"hello","version":"1-1.fc40"})"}
          .bytes();
  EXPECT_EQ(packages_of(file("usr/bin/a", noted) + file("usr/bin/b", noted)), "hello 1-1.fc40");
}

TEST(Ownership, ListsOfImagesWithoutDpkgCount) {
  EXPECT_EQ(packages_of(file("var/lib/dpkg/status.d/nodejs",
                             "Package: nodejs\nVersion: 20.1.0-1\nArchitecture: amd64\n") +
                        file("var/lib/dpkg/status.d/nodejs.md5sums",
                             "d41d8cd98f00b204e9800998ecf8427e  usr/bin/node\n") +
                        file("usr/bin/node", kNode)),
            "nodejs 20.1.0-1");
}

}  // namespace
}  // namespace plimsoll::image
