#include "image/purl.h"

#include <gtest/gtest.h>

namespace plimsoll::image {
namespace {

TEST(Purl, SpellsEachTypeAsItsRulesSay) {
  struct Case {
    const char *ecosystem, *name, *version, *purl;
  };
  for (const Case& each :
       {Case{"npm", "@types/Node", "1.0.0", "pkg:npm/%40types/Node@1.0.0"},
        Case{"npm", "lodash", "", "pkg:npm/lodash"},
        Case{"PyPI", "Flask_SQLAlchemy", "2.0", "pkg:pypi/flask-sqlalchemy@2.0"},
        Case{"Maven", "org.a:b", "1", "pkg:maven/org.a/b@1"},
        Case{"Go", "github.com/A/b/v2", "v2.0.0", "pkg:golang/github.com/A/b/v2@v2.0.0"},
        Case{"Debian", "libc6", "2.36-9+deb12u1", "pkg:deb/debian/libc6@2.36-9%2Bdeb12u1"},
        Case{"Debian", "a", "1:2~3", "pkg:deb/debian/a@1:2~3"},
        Case{"Packagist", "Acme/Lib", "1", "pkg:composer/acme/lib@1"},
        Case{"CocoaPods", "Pod/Core", "1", "pkg:cocoapods/Pod@1#Core"},
        Case{"RPM", "bash", "5.1.8-1.el9", "pkg:rpm/bash@5.1.8-1.el9"},
        Case{"RPM", "a", "1:2-3", "pkg:rpm/a@2-3?epoch=1"},
        Case{"Arch", "gawk", "1:5.3.1-1", "pkg:alpm/arch/gawk@1:5.3.1-1"},
        Case{"Gentoo", "dev-libs/openssl", "3.0", "pkg:portage/dev-libs/openssl@3.0"},
        Case{"OCI", "ghcr.io/a/b", "1", "pkg:docker/ghcr.io/a/b@1"}, Case{"Nothing", "a", "1", ""},
        Case{"npm", "", "1", ""}}) {
    Package package;
    package.ecosystem = each.ecosystem;
    package.name = each.name;
    package.version = each.version;
    EXPECT_EQ(purl_of(package), each.purl);
  }
}

TEST(Purl, OneThatTheFileSaysStays) {
  Package package;
  package.ecosystem = "npm";
  package.name = "a";
  package.purl = "pkg:npm/a@1?vcs_url=x";
  EXPECT_EQ(purl_of(package), "pkg:npm/a@1?vcs_url=x");
}

TEST(Purl, SaysTheArchitecture) {
  Package package;
  package.ecosystem = "Alpine";
  package.name = "musl";
  package.version = "1.2.5-r0";
  package.architecture = "x86_64";
  EXPECT_EQ(purl_of(package), "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64");
  package.ecosystem = "Bottlerocket";
  package.version = "1:2-3";
  EXPECT_EQ(purl_of(package), "pkg:rpm/bottlerocket/musl@2-3?arch=x86_64&epoch=1");
}

TEST(Purl, SaysDistributionAndSourceOfItsPackages) {
  struct Case {
    const char *ecosystem, *version, *source_name, *source_version, *purl;
  };
  const OsRelease release{.id = "rocky", .version_id = "9.4"};
  for (const Case& each :
       {Case{"Debian", "2", "", "", "pkg:deb/debian/a@2?distro=rocky-9.4"},
        Case{"Debian", "2", "b", "1:1", "pkg:deb/debian/a@2?distro=rocky-9.4&upstream=b%401:1"},
        Case{"Alpine", "2", "b", "", "pkg:apk/alpine/a@2?distro=rocky-9.4&upstream=b"},
        Case{"Rocky Linux", "1:2-3", "b", "",
             "pkg:rpm/rocky/a@2-3?distro=rocky-9.4&epoch=1&upstream=b-2-3.src.rpm"},
        Case{"Rocky Linux", "1:2-3", "a", "1:2-4",
             "pkg:rpm/rocky/a@2-3?distro=rocky-9.4&epoch=1&upstream=a-2-4.src.rpm"},
        Case{"npm", "2", "b", "", "pkg:npm/a@2"}}) {
    Package package;
    package.ecosystem = each.ecosystem;
    package.name = "a";
    package.version = each.version;
    package.source_name = each.source_name;
    package.source_version = each.source_version;
    EXPECT_EQ(purl_of(package, release), each.purl);
    if (package.ecosystem == "npm") continue;
    const Package again = package_of(*parse_purl(each.purl));
    EXPECT_EQ(again.ecosystem, package.ecosystem);
    EXPECT_EQ(again.version, package.version);
    EXPECT_EQ(again.source_name, package.source_name);
    EXPECT_EQ(again.source_version, package.source_version);
  }
}

TEST(Purl, IsReadAsTheEcosystemSpells) {
  struct Case {
    const char *purl, *ecosystem, *name, *version;
  };
  for (const Case& each :
       {Case{"pkg:maven/org.a/b@1?type=jar", "Maven", "org.a:b", "1"},
        Case{"pkg:npm/%40types/node@1.0", "npm", "@types/node", "1.0"},
        Case{"pkg:npm/@types/node", "npm", "@types/node", ""},
        Case{"pkg:npm/%40types%2Fnode@1.0", "npm", "@types/node", "1.0"},
        Case{"PKG:Golang/github.com/a/b@v1#sub/dir", "Go", "github.com/a/b", "v1"},
        Case{"pkg:deb/ubuntu/libc6@2.35?epoch=1&arch=amd64", "Ubuntu", "libc6", "1:2.35"},
        Case{"pkg:deb/other/a@1", "Debian", "a", "1"},
        Case{"pkg:rpm/other/a@1-2?epoch=0", "RPM", "a", "1-2"},
        Case{"pkg:rpm/rhel/a@1-2", "Red Hat", "a", "1-2"},
        Case{"pkg:apk/other/a@1", "Alpine", "a", "1"},
        Case{"pkg:cocoapods/Pod@1#Core", "CocoaPods", "Pod/Core", "1"},
        Case{"pkg:generic/a%20b@1%2B2", "generic", "a b", "1+2"},
        Case{"pkg:acme/x/y@1", "acme", "y", "1"}, Case{"pkg://npm/a@1%", "npm", "a", "1%"}}) {
    const auto url = parse_purl(each.purl);
    ASSERT_TRUE(url) << each.purl;
    const Package package = package_of(*url);
    EXPECT_EQ(package.ecosystem, each.ecosystem) << each.purl;
    EXPECT_EQ(package.name, each.name) << each.purl;
    EXPECT_EQ(package.version, each.version) << each.purl;
  }
}

TEST(Purl, SaysArchitectureAndSource) {
  const Package package = package_of(*parse_purl("pkg:deb/debian/a@2?arch=amd64&upstream=b%401"));
  EXPECT_EQ(package.architecture, "amd64");
  EXPECT_EQ(package.source_name, "b");
  EXPECT_EQ(package.source_version, "1");
}

TEST(Purl, WithoutTypeOrNameIsNone) {
  for (const char* text : {"", "pkg:", "npm/a@1", "pkg:npm", "pkg:npm/", "pkg:/a", "pkg:npm/@1"}) {
    const auto url = parse_purl(text);
    EXPECT_TRUE(!url || url->name == "@1") << text;
  }
}

}  // namespace
}  // namespace plimsoll::image
