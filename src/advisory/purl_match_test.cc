#include "advisory/purl_match.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::advisory {
namespace {

struct Case {
  std::string_view general;
  std::string_view specific;
  bool covers;
};

class PurlCovers : public testing::TestWithParam<Case> {};

TEST_P(PurlCovers, AsOpenVexSays) {
  const auto general = comparable_purl(GetParam().general);
  const auto specific = comparable_purl(GetParam().specific);
  ASSERT_TRUE(general && specific);
  EXPECT_EQ(purl_covers(*general, *specific), GetParam().covers)
      << GetParam().general << " and " << GetParam().specific;
  if (!GetParam().covers) return;
  EXPECT_EQ(purl_key(*general), purl_key(*specific));
}

INSTANTIATE_TEST_SUITE_P(
    Names, PurlCovers,
    testing::Values(Case{"pkg:npm/a", "pkg:npm/a@1", true}, Case{"pkg:npm/a", "pkg:npm/b@1", false},
                    Case{"pkg:npm/a", "pkg:gem/a@1", false},
                    Case{"pkg:npm/a", "pkg:npm/%40s/a@1", false},
                    Case{"pkg:npm/%40s/a", "pkg:npm/@s/a@1", true},
                    Case{"pkg:npm/jsonstream", "pkg:npm/JSONStream@1", false},
                    Case{"PKG:NPM/a", "pkg:npm/a", true},
                    Case{"pkg:pypi/Ruamel.YAML_x", "pkg:pypi/ruamel-yaml-x@1", true},
                    Case{"pkg:golang/GitHub.com/A/B", "pkg:golang/github.com/a/b@v1", true},
                    Case{"pkg:nuget/Newtonsoft.Json", "pkg:nuget/newtonsoft.json@1", true}));

INSTANTIATE_TEST_SUITE_P(
    Versions, PurlCovers,
    testing::Values(Case{"pkg:npm/a@1", "pkg:npm/a@1", true},
                    Case{"pkg:npm/a@1", "pkg:npm/a@2", false},
                    Case{"pkg:npm/a@1", "pkg:npm/a", false},
                    Case{"pkg:deb/debian/a@1%3A2%2Bb1", "pkg:deb/debian/a@1:2+b1", true},
                    Case{"pkg:golang/x/y@v1.2.0", "pkg:golang/x/y@1.2.0", true},
                    Case{"pkg:npm/a@v1", "pkg:npm/a@1", false}));

INSTANTIATE_TEST_SUITE_P(
    Qualifiers, PurlCovers,
    testing::Values(Case{"pkg:deb/debian/a?arch=amd64", "pkg:deb/debian/a@1?arch=amd64&x=y", true},
                    Case{"pkg:deb/debian/a?arch=arm64", "pkg:deb/debian/a@1?arch=amd64", false},
                    Case{"pkg:deb/debian/a?arch=arm64", "pkg:deb/debian/a@1", false},
                    Case{"pkg:deb/debian/a?arch=", "pkg:deb/debian/a@1", true},
                    Case{"pkg:npm/a?x=1&x=2", "pkg:npm/a?x=1&x=2", true},
                    Case{"pkg:golang/x/y", "pkg:golang/x/y@1#sub", true},
                    Case{"pkg:golang/x/y#sub", "pkg:golang/x/y@1", false}));

INSTANTIATE_TEST_SUITE_P(
    Rpm, PurlCovers,
    testing::Values(Case{"pkg:rpm/redhat/a@1-2?epoch=1", "pkg:rpm/redhat/a@1:1-2", true},
                    Case{"pkg:rpm/redhat/a@0:1-2", "pkg:rpm/redhat/a@1-2", true},
                    Case{"pkg:rpm/redhat/a", "pkg:rpm/a@1-2?distro=rhel-9.4", true},
                    Case{"pkg:rpm/redhat/a", "pkg:rpm/a@1-2?distro=fedora-40", false},
                    Case{"pkg:rpm/opensuse/a", "pkg:rpm/a@1?distro=opensuse-leap-15.6", true}));

TEST(ComparablePurl, IsNoneOfWhatIsNone) {
  EXPECT_FALSE(comparable_purl("npm/a"));
  EXPECT_FALSE(comparable_purl("pkg:npm/" + std::string(4'096, 'a')));
}

struct Source {
  std::string_view package;
  std::string_view source;
};

class SourcePurl : public testing::TestWithParam<Source> {};

TEST_P(SourcePurl, IsWhatVendorsWrite) {
  const auto source = source_purl(*comparable_purl(GetParam().package));
  ASSERT_TRUE(source);
  EXPECT_TRUE(is_source_purl(*source));
  EXPECT_TRUE(purl_covers(*comparable_purl(GetParam().source), *source)) << source->version;
}

INSTANTIATE_TEST_SUITE_P(
    All, SourcePurl,
    testing::Values(
        Source{"pkg:deb/debian/libc6@2?arch=amd64&upstream=glibc",
               "pkg:deb/debian/glibc@2?arch=source"},
        Source{"pkg:deb/debian/libc6@2+b1?upstream=glibc%402",
               "pkg:deb/debian/glibc@2?arch=source"},
        Source{"pkg:deb/debian/bash@5", "pkg:deb/debian/bash@5?arch=source"},
        Source{"pkg:rpm/redhat/openssl-libs@3-1.el9?arch=x86_64&upstream=openssl-3-1.el9.src.rpm",
               "pkg:rpm/redhat/openssl@3-1.el9?arch=src"}));

TEST(SourcePurl, OnlyDistributionsHaveThem) {
  EXPECT_FALSE(source_purl(*comparable_purl("pkg:npm/a@1")));
}

}  // namespace
}  // namespace plimsoll::advisory
