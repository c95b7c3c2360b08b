#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

PackageReading read_at(std::string_view kind, const std::string& path, const std::string& text) {
  return read_packages(*find_package_reader(kind), path, text);
}

TEST(ApkInstalled, FilesAreAbsolute) {
  const auto reading =
      read_kind("apk-installed", "P:a\nV:1-r0\no:b\nF:\nR:x\nF:etc\nR:y\nR:z\n\nP:c\nV:2\nR:w\n");
  EXPECT_EQ(dump(reading), "a 1-r0, c 2");
  EXPECT_EQ(reading.packages[0].files, (std::vector<std::string>{"/x", "/etc/y", "/etc/z"}));
  EXPECT_EQ(reading.packages[0].source_name, "b");
  EXPECT_EQ(reading.packages[1].files, std::vector<std::string>{"/w"});
  EXPECT_EQ(reading.packages[1].line, 10U);
}

TEST(ApkInstalled, RepeatedFoldersCostNoMoreThanTheDatabaseIsLarge) {
  std::string text = "P:a\nV:1\nF:" + std::string(4000, 'f') + '\n';
  for (int i = 0; i < 100'000; ++i) text += "R:a\n";
  const auto reading = read_kind("apk-installed", text);
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_LT(reading.packages[0].files.size() * 4000, 17 * text.size());
}

TEST(ApkInstalled, RejectsOtherText) {
  EXPECT_EQ(dump(read_kind("apk-installed", "some text\n")),
            " !no apk database: no line 'P:' in it");
  EXPECT_EQ(dump(read_kind("apk-installed", "")), "");
}

TEST(PacmanDesc, ReadsAllThatItAsksFor) {
  const auto reading =
      read_kind("pacman-desc",
                "%NAME%\nlib-a\n\n%VERSION%\n1:2-3\n\n%BASE%\na\n\n%ARCH%\nx86_64\n"
                "\n%LICENSE%\nMIT\nBSD\n\n%DEPENDS%\n%odd\n");
  EXPECT_EQ(dump(reading), "lib-a 1:2-3");
  EXPECT_EQ(reading.packages[0].line, 2U);
  EXPECT_EQ(reading.packages[0].source_name, "a");
  EXPECT_EQ(reading.packages[0].architecture, "x86_64");
  EXPECT_EQ(reading.packages[0].licenses, (std::vector<std::string>{"MIT", "BSD"}));
  EXPECT_EQ(read_kind("pacman-desc", "%NAME%\na\n").problems.size(), 1U);
}

TEST(Portage, PartsNamesFromVersions) {
  struct Case {
    const char *text, *want;
  };
  constexpr const char* kNone = " !no name and version of a package";
  for (const Case& each :
       {Case{"bash-5.2_p26\n", "bash 5.2_p26"}, Case{"openssl-3.0.13-r2", "openssl 3.0.13-r2"},
        Case{"font-adobe-100dpi-1.0.4", "font-adobe-100dpi 1.0.4"}, Case{"jpeg-6b", "jpeg 6b"},
        Case{"a-1_alpha_beta2_rc", "a 1_alpha_beta2_rc"}, Case{"glib-2", "glib 2"},
        Case{"a-r1", kNone}, Case{"-1", kNone}, Case{"a", kNone}, Case{"", kNone},
        Case{"a-1.", kNone}, Case{"a-1\nb-2", kNone}, Case{"a-r1-r2", kNone}}) {
    EXPECT_EQ(dump(read_kind("portage", each.text)), each.want) << each.text;
  }
}

TEST(Portage, NamesHaveTheirCategoryWhereThePathTells) {
  EXPECT_EQ(dump(read_at("portage", "var/db/pkg/dev-libs/openssl-3.0.13/PF", "openssl-3.0.13\n")),
            "dev-libs/openssl 3.0.13");
}

TEST(BottlerocketInventory, VersionsAreRpms) {
  EXPECT_EQ(dump(read_kind("bottlerocket-inventory",
                           R"({"Content": [{"Name": "a", "Version": "1", "Release": "2"},
                               {"Name": "b", "Version": "1", "Release": "2", "Epoch": "0"},
                               {"Name": "c", "Version": "1", "Release": "2", "Epoch": 3},
                               {"Name": "d"}, {"Version": "1"}, 7]})")),
            "a 1-2, b 1-2, c 3:1-2");
  EXPECT_EQ(read_kind("bottlerocket-inventory", "{}").problems.size(), 1U);
}

TEST(CosPackageInfo, LeavesOutWhatOnlyBuiltTheImage) {
  EXPECT_EQ(dump(read_kind("cos-package-info",
                           R"({"installedPackages": [{"name": "a", "version": "1"}],
                               "buildTimePackages": [{"name": "b", "version": "2"}]})")),
            "a 1");
}

TEST(SnapYaml, ReadsItsThreeFiles) {
  const auto packages =
      read_kind("snap-yaml", "packages:\n- a=1\n- b:amd64=2~3\n- c\n- d=\n- [e=1]\n");
  EXPECT_EQ(dump(packages), "a 1, b 2~3");
  EXPECT_EQ(packages.packages[0].ecosystem, "Ubuntu");
  EXPECT_EQ(packages.packages[1].architecture, "amd64");
  EXPECT_EQ(packages.packages[1].line, 3U);
  EXPECT_EQ(dump(read_kind("snap-yaml",
                           "snapcraft-version: 8\nname: pc\nversion: 24\n"
                           "primed-stage-packages:\n- a=1\n")),
            "a 1");
  const auto snap =
      read_kind("snap-yaml", "name: core\nversion: 16-2.61\narchitectures: [arm64]\n");
  EXPECT_EQ(dump(snap), "core 16-2.61");
  EXPECT_EQ(snap.packages[0].ecosystem, "snap");
  EXPECT_EQ(snap.packages[0].architecture, "arm64");
  EXPECT_EQ(read_kind("snap-yaml", "summary: none\n").problems.size(), 1U);
}

TEST(Flatpak, TheFirstReleaseIsTheOneThatIsThere) {
  const auto reading = read_kind("flatpak",
                                 "<?xml version=\"1.0\"?>\n<component>\n<id> org.a.B </id>"
                                 "<project_license>MIT</project_license><releases>"
                                 "<release version=\"2\"/><release version=\"1\"/></releases>"
                                 "</component>");
  EXPECT_EQ(dump(reading), "org.a.B 2");
  EXPECT_EQ(reading.packages[0].line, 3U);
  EXPECT_EQ(reading.packages[0].licenses, std::vector<std::string>{"MIT"});
}

TEST(Flatpak, RejectsWhatIsBrokenOrTooDeep) {
  EXPECT_EQ(read_kind("flatpak", "<component><id>").problems.at(0).code, ErrorCode::kInvalid);
  EXPECT_EQ(read_kind("flatpak", "<component/>").problems.at(0).code, ErrorCode::kInvalid);
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  for (int i = 0; i < 300; ++i) deep += "</a>";
  EXPECT_EQ(read_kind("flatpak", deep).problems.at(0).code, ErrorCode::kLimit);
}

TEST(ChiselManifest, JoinsFilesWithTheirPackages) {
  const auto reading =
      read_kind("chisel-manifest",
                "{\"jsonwall\":\"1.0\",\"schema\":\"1.0\",\"count\":5}\n"
                "{\"kind\":\"content\",\"slice\":\"a-b_bins\",\"path\":\"/usr/bin/a\"}\n"
                "{\"kind\":\"content\",\"slice\":\"a-b_bins\",\"path\":\"/usr/lib/\"}\n"
                "broken\n"
                "{\"kind\":\"package\",\"name\":\"a-b\",\"version\":\"1\",\"arch\":\"amd64\"}\n");
  EXPECT_EQ(dump(reading), "a-b 1");
  EXPECT_EQ(reading.packages[0].files, std::vector<std::string>{"/usr/bin/a"});
  EXPECT_EQ(reading.packages[0].architecture, "amd64");
  EXPECT_EQ(read_kind("chisel-manifest", "{}\n").problems.size(), 1U);
}

TEST(Homebrew, ReadsNamesFromWhereAKegStands) {
  struct Case {
    const char *path, *text, *want;
  };
  for (const Case& each :
       {Case{"opt/homebrew/Cellar/a/1.0_1/INSTALL_RECEIPT.json", R"({"homebrew_version": "4"})",
             "a 1.0_1"},
        Case{"usr/local/Caskroom/b/2/b.wrapper.sh", "", "b 2"},
        Case{"x/Cellar/c/3/.brew/c.rb", "class C < Formula\n  version \"9\"\nend\n", "c 3"},
        Case{"x/d/4/.brew/d.rb", "class D < Formula\nend\n", "d 4"},
        Case{"e.rb", "version \"0\"\nclass E < Formula\n  version '5' # x\nend\n", "e 5"},
        Case{"f.rb", "class F\nend\n", " !no formula: no class of them in it"},
        Case{"INSTALL_RECEIPT.json", "{}",
             " !not where Homebrew installs: in no Cellar and no Caskroom"},
        Case{"Cellar/g/1/INSTALL_RECEIPT.json", "{}",
             " !no receipt of an installation: it has no 'homebrew_version'"}}) {
    EXPECT_EQ(dump(read_at("homebrew", each.path, each.text)), each.want) << each.path;
  }
}

TEST(SwiplPack, ReadsFactsAsPrologDoes) {
  struct Case {
    const char *text, *want;
  };
  constexpr const char* kNone = " !no pack: it has no 'name' or no 'version'";
  for (const Case& each :
       {Case{"name(a).\nversion('1.2').\n", "a 1.2"},
        Case{"% name(x).\n/* version('0'). */ name( 'a b' ).% x\nversion(\"2\").", "a b 2"},
        Case{"title('name(x).').\nname(a). author('A', 'a@b.c').\nversion(1.5).", "a 1.5"},
        Case{"requires(name(z)).\nversion('1').\nname(a).", "a 1"}, Case{"name(a).", kNone},
        Case{"name('a", kNone}, Case{"", kNone}, Case{"'", kNone}, Case{"a(\\", kNone}}) {
    EXPECT_EQ(dump(read_kind("swipl-pack", each.text)), each.want) << each.text;
  }
}

TEST(WordpressCore, ReadsTheAssignment) {
  struct Case {
    const char *text, *want;
  };
  constexpr const char* kNone = " !no version of WordPress: nothing sets $wp_version";
  for (const Case& each :
       {Case{"<?php\n// $wp_version = '1';\n# $wp_version = '2';\n/* $wp_version = '3'; */\n"
             "$a = \"$wp_version = '4'\";\n$wp_version = '6.5.2';\n",
             "wordpress 6.5.2"},
        Case{"$wp_version_x = '1'; $wp_version=\"2\";", "wordpress 2"},
        Case{"$wp_version = 3;", kNone}, Case{"/* $wp_version = '1';", kNone}, Case{"", kNone}}) {
    EXPECT_EQ(dump(read_kind("wordpress-core", each.text)), each.want) << each.text;
  }
}

TEST(WordpressPlugins, ReadsTheHeader) {
  struct Case {
    std::string text, want;
  };
  for (const Case& each :
       {Case{"<?php\n/*\n * Plugin Name: A: B\n * Version: 1.2-beta\n * Requires PHP: 7\n */\n",
             "A: B 1.2-beta"},
        Case{"<?php /* plugin name: A */\n// VERSION: 2\n# Version: 3\n", "A 2"},
        Case{"<?php\n// Version: 1\n", ""}, Case{"<?php\n// Plugin Name: A\n", ""},
        Case{std::string(9000, '\n') + "/* Plugin Name: A\nVersion: 1 */", ""}}) {
    EXPECT_EQ(dump(read_kind("wordpress-plugins", each.text)), each.want) << each.text;
  }
}

}  // namespace
}  // namespace plimsoll::image
