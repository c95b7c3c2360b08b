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

}  // namespace
}  // namespace plimsoll::image
