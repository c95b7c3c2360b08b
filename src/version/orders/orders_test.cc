#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "version/order.h"

namespace plimsoll::version {
namespace {

/// Each version is before the next; those in one cell are equal.
struct Line {
  std::string_view scheme;
  std::vector<std::vector<std::string_view>> cells;
};

const std::vector<Line>& lines() {
  static const std::vector<Line> kLines{
      {"deb",
       {{"1.0~~"},
        {"1.0~~a"},
        {"1.0~"},
        {"1.0", "1.0-0", "0:1.0", " 1.00 "},
        {"1.0-0a"},
        {"1.0-1"},
        {"1.0-1+b1"},
        {"1.0a"},
        {"1.0+"},
        {"1.0.1"},
        {"1:0.1"},
        {"2:0"}}},
      {"deb", {{"7.4-9"}, {"7.4-10"}, {"7.4-10ubuntu1"}, {"7.4-10ubuntu1.1"}}},
      {"rpm",
       {{"1.0~rc1"},
        {"1.0~rc1^git1"},
        {"1.0", "0:1.0", "1_0", "1.0."},
        {"1.0-1.el9"},
        {"1.0-1.el9_2"},
        {"1.0-2"},
        {"1.0^git1"},
        {"1.0a"},
        {"1.0.1"},
        {"1:0"}}},
      {"rpm", {{"2.b"}, {"2.1"}, {"2.01a"}, {"2.10"}}},
      {"apk",
       {{"1.0_alpha"}, {"1.0_alpha2"}, {"1.0_beta1"}, {"1.0_pre"}, {"1.0_rc3"},         {"1.0"},
        {"1.0-r0"},    {"1.0-r10"},    {"1.0_cvs"},   {"1.0_svn"}, {"1.0_git20240101"}, {"1.0_hg"},
        {"1.0_p"},     {"1.0_p1"},     {"1.0a"},      {"1.0b"},    {"1.0.0"},           {"1.01"},
        {"1.1"},       {"01.2", "1.2"}}},
      {"apk", {{"1.2~abc-r0"}, {"1.2~abd-r0"}}},
      {"apk", {{"x", ".1", ""}, {"1-r1-2", "1-what"}, {"1"}}},
      {"alpm",
       {{"1.0a"}, {"1.0beta"}, {"1.0rc"}, {"1.0"}, {"1.0.a"}, {"1.0.1"}, {"1.1"}, {"1:0.1"}}},
      {"alpm", {{"1.0-1", "1.0"}, {"1.0.1-1"}}},
      {"gentoo",
       {{"not one"},
        {"1.0_alpha"},
        {"1.0_alpha1"},
        {"1.0_rc"},
        {"1.0", "1.0-r0"},
        {"1.0-r1"},
        {"1.0_p"},
        {"1.0a"},
        {"1.0.0"},
        {"1.01"},
        {"1.1", "1.1-r00"},
        {"1.10"}}},
      {"pep440",
       {{"not-one"},
        {"1.0.dev1"},
        {"1.0a1.dev2"},
        {"1.0a1", "1.0-ALPHA_1"},
        {"1.0a1.post1"},
        {"1.0b2"},
        {"1.0rc1", "1.0c1", "1.0-preview.1", "v1rc01"},
        {"1.0", "1", "1.0.0"},
        {"1.0+abc"},
        {"1.0+abc.5"},
        {"1.0+5"},
        {"1.0.post1.dev1"},
        {"1.0.post1", "1.0-1", "1.0.r1"},
        {"1.1"},
        {"1!0.1"}}},
      {"pep440", {{"2009dev-x"}, {"2009rc-x"}, {"2009-x"}, {"2010.0-x", "2010-x"}}},
      {"gem",
       {{"1.a"},
        {"1.0.a.2", "1.a.2"},
        {"1.0.a10", "1.0.a.10.0"},
        {"1.0.b1"},
        {"1.0-1"},
        {"1", "1.0", "1.0.0"},
        {"1.0.1"},
        {"1.10"}}},
      {"maven",
       {{"1-alpha-1", "1a1", "1.0.0-ALPHA1"},
        {"1-beta"},
        {"1-m3", "1-milestone-3"},
        {"1-rc", "1-cr"},
        {"1-rc2"},
        {"1-SNAPSHOT"},
        {"1", "1.0", "1-ga", "1.final", "1.0.RELEASE", "1-0"},
        {"1-sp"},
        {"1-foo"},
        {"1-1"},
        {"1-2"},
        {"1.0.1"},
        {"1.1"}}},
      {"nuget",
       {{"1.0.0-alpha", "1.0-ALPHA+x"},
        {"1.0.0-alpha.1"},
        {"1.0.0-beta"},
        {"1", "1.0", "1.0.0.0", "1.0.0+build"},
        {"1.0.0.1"},
        {"1.0.1"}}},
      {"composer",
       {{"dev-main"},
        {"1.0-dev"},
        {"1.0-alpha2", "1.0a2", "1.0.a.2"},
        {"1.0-beta"},
        {"1.0-RC1", "1.0rc1"},
        {"1.0", "v1.0"},
        {"1.0.0"},
        {"1.0.1"},
        {"1.0-p1"},
        {"1.1"}}},
      {"semver",
       {{"1.0.0-alpha"},
        {"1.0.0-alpha.1"},
        {"1.0.0-alpha.beta"},
        {"1.0.0-beta"},
        {"1.0.0-beta.2"},
        {"1.0.0-beta.11"},
        {"1.0.0-rc.1"},
        {"1.0.0", "v1.0.0", "1.0.0+a", "1.0"},
        {"1.0.1"},
        {"1.0.1.1"}}},
      {"npm", {{"1.2.3-0"}, {"1.2.3-R2"}, {"1.2.3-r1"}, {"1.2.3", "v1.2.3"}}},
      {"npm-semver-loose", {{"1.2.3beta"}, {"=1.2.3", "v 1.2.3", "01.02.03"}}},
      {"cargo", {{"0.9.9"}, {"0.10.0-rc.1"}, {"0.10.0"}}},
      {"generic", {{"1.0-rc1"}, {"1", "1.0.0.0"}, {"1.0.0.0.1"}}},
      {"go",
       {{"v0.0.0-20190101000000-abcdefabcdef"},
        {"v0.0.0-20200101000000-abcdefabcdef"},
        {"v0.0.0"},
        {"2.0.0-rc1"},
        {"v2.0.0+incompatible", "2.0.0"}}},
      {"go", {{"go1.21rc2"}, {"go1.21", "1.21.0"}, {"go1.21.3"}}},
      {"hex", {{"1.0.0-dev"}, {"1.0.0"}, {"1.0.1"}}},
      {"pub", {{"1.0.0-dev"}, {"1.0.0-dev+1"}, {"1.0.0"}, {"1.0.0+1"}, {"1.0.0+2"}, {"1.0.0+a"}}},
      {"conan",
       {{"1.0-pre1", "1-pre1.0"},
        {"1.0", "1", "1.0#abcdef"},
        {"1.0+b.1"},
        {"1.0+b2"},
        {"1.1w"},
        {"1.1z"},
        {"1.9"},
        {"1.10"},
        {"cci.20230101"}}},
      {"cran", {{"not one"}, {"1.0", "1-0", "01.0"}, {"1.0.0"}, {"1.0-1"}, {"1.10"}}},
      {"hackage", {{"1.0-x"}, {"1"}, {"1.0"}, {"1.0.0"}, {"1.1"}, {"1.10"}}},
      {"julia", {{"1.0.0-rc1"}, {"1.0.0", "v1"}, {"1.0.0+1"}, {"1.0.1"}}},
      {"openssl",
       {{"1.0.2-beta1"},
        {"1.0.2", "1.0.2-fips"},
        {"1.0.2a"},
        {"1.0.2z"},
        {"1.0.2za"},
        {"1.1.1"},
        {"3.0.0-alpha1"},
        {"3.0.0"}}},
  };
  return kLines;
}

TEST(Orders, PutVersionsAsTheirToolsDo) {
  for (const auto& [scheme, cells] : lines()) {
    const Order* order = find_order(scheme);
    ASSERT_NE(order, nullptr) << scheme;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (std::size_t j = 0; j < cells.size(); ++j) {
        for (const std::string_view a : cells[i]) {
          for (const std::string_view b : cells[j]) {
            EXPECT_EQ(order->compare(a, b), std::weak_ordering(i <=> j))
                << scheme << " '" << a << "' '" << b << "'";
          }
        }
      }
    }
  }
}

struct Validity {
  std::string_view scheme;
  std::vector<std::string_view> valid;
  std::vector<std::string_view> refused;
};

TEST(Orders, KnowWhatTheirToolsRefuse) {
  const Validity kAll[] = {
      {"deb", {"1:1.0-1", "1.0~rc1", "2024"}, {"", "a1", "1.0 1", "x:1.0", "1.0-"}},
      {"rpm", {"1:1.0-1.el9", "1.0^git~1"}, {"", "1.0-", "1 0"}},
      {"apk", {"1.2.3_rc1-r0", "1a", "1~abc"}, {"", "1.", "v1", "1_foo", "1-r", "1-1", "1a2"}},
      {"alpm", {"1:1.0-1", "1.0"}, {"", "1.0-", "1/0"}},
      {"gentoo", {"1.0b_p3-r1", "1"}, {"", "v1", "1.", "1_foo", "1-r"}},
      {"pep440", {"1!1.0a1.post2.dev3+ab.1", "v1.0-1"}, {"", "1.0-x", "1.0+", "1..0"}},
      {"gem", {"1.0.a-2", " 1 ", ""}, {"a", "1.", "1..0", "1_0"}},
      {"maven", {"1.0-SNAPSHOT", "anything"}, {"", "[1.0]"}},
      {"nuget", {"1", "1.0.0.0-beta+x"}, {"", "1.0.0.0.0", "v1"}},
      {"composer", {"v1.0-beta.2", "dev-main", "1.0.0.0"}, {"", "foo", "1.0-foo"}},
      {"semver", {"1.2.3-rc.1+b", "v1.2.3"}, {"", "1.2", "1.2.03", "1.2.3-", "1.2.3-01"}},
      {"npm", {"1.2.3"}, {"=1.2.3", "1.2", "1.2.3beta"}},
      {"npm-semver-loose", {"=1.2.3", "v 1.2.3", "1.2.3beta", "01.2.3"}, {"1.2", "x"}},
      {"go", {"v1.2.3", "1.2.3+incompatible", "go1.22rc1"}, {"", "1.2", "gopher"}},
      {"cran", {"1.0-1"}, {"", "1.", "1.a"}},
      {"hackage", {"1.2.3"}, {"", "1-2", "1."}},
      {"openssl", {"1.1.1w", "1.0.2zh", "3.0.0-beta1"}, {"1.1", "3.0.0a"}},
      {"conan", {"1.2.3", "cci.2023"}, {"", "[>1]"}},
  };
  for (const Validity& each : kAll) {
    const Order* order = find_order(each.scheme);
    for (const std::string_view version : each.valid) {
      EXPECT_TRUE(order->is_valid(version)) << each.scheme << " '" << version << "'";
    }
    for (const std::string_view version : each.refused) {
      EXPECT_FALSE(order->is_valid(version)) << each.scheme << " '" << version << "'";
    }
  }
}

}  // namespace
}  // namespace plimsoll::version
