#include "advisory/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace plimsoll::advisory {
namespace {

bool has(const Distribution& distribution, const std::string& ecosystem) {
  const std::vector<std::string> all = ecosystems_of(distribution);
  return std::find(all.begin(), all.end(), ecosystem) != all.end();
}

TEST(Distribution, ItsReleaseIsFirst) {
  struct Row {
    Distribution distribution;
    const char* first;  ///< "" for one that is not known
  };
  const Row kRows[] = {
      {{"debian", "12.5"}, "Debian:12"},
      {{"ubuntu", "22.04"}, "Ubuntu:22.04"},
      {{"alpine", "3.19.1"}, "Alpine:v3.19"},
      {{"rocky", "9.4"}, "Rocky Linux:9"},
      {{"rhel", "9.2"}, "Red Hat:enterprise_linux:9"},
      {{"sles", "15.5"}, "SUSE:Linux Enterprise Server 15 SP5"},
      {{"sles", "15"}, "SUSE:Linux Enterprise Server 15"},
      {{"opensuse-leap", "15.5"}, "openSUSE:Leap 15.5"},
      {{"amzn", "2018.03"}, "Amazon Linux:1"},
      {{"amzn", "2"}, "Amazon Linux:2"},
      {{"amzn", "2023"}, "Amazon Linux:2023"},
      {{"amzn", "2023.6.20241010"}, "Amazon Linux:2023"},
      {{"fedora", "43"}, "Fedora:43"},
      {{"wolfi", "20230201"}, "Wolfi"},
      {{"debian", ""}, ""},
      {{"templeos", "5"}, ""},
  };
  for (const Row& row : kRows) {
    const auto all = ecosystems_of(row.distribution);
    EXPECT_EQ(all.empty() ? "" : all.front(), row.first) << row.distribution.id;
  }
}

TEST(Distribution, HasStreamsAndModulesOfItsOwn) {
  EXPECT_TRUE(has({"ubuntu", "16.04"}, "Ubuntu:Pro:16.04"));
  EXPECT_TRUE(has({"rhel", "9.2"}, "Red Hat:rhel_eus:9.2"));
  EXPECT_FALSE(has({"rhel", "9"}, "Red Hat:rhel_eus:9"));
  EXPECT_TRUE(has({"sles", "15.5"}, "SUSE:Linux Enterprise Module for Basesystem 15 SP5"));
  EXPECT_TRUE(has({"sles_sap", "15.5"}, "SUSE:Linux Enterprise Server 15 SP5-LTSS"));
  EXPECT_EQ(subscription_of("Ubuntu:Pro:16.04"), "Ubuntu Pro");
  EXPECT_EQ(subscription_of("SUSE:Linux Enterprise Server 15 SP5-LTSS"), "SUSE LTSS");
  EXPECT_EQ(subscription_of("Ubuntu:16.04"), "");
  EXPECT_TRUE(is_extended_stream("Red Hat:rhel_eus:9.2"));
  EXPECT_FALSE(is_extended_stream("Red Hat:enterprise_linux:9"));
}

TEST(Distribution, OfAPackageUrl) {
  struct Row {
    const char* qualifiers;
    Distribution distribution;
  };
  const Row kRows[] = {
      {"?arch=amd64&distro=debian-12", {"debian", "12"}},
      {"?distro=bookworm", {"debian", "12"}},
      {"?distro=debian-bullseye", {"debian", "11"}},
      {"?distro=trusty", {"ubuntu", "14.04"}},
      {"?distro=ubuntu-22.04", {"ubuntu", "22.04"}},
      {"?distro=opensuse-leap-15.5", {"opensuse-leap", "15.5"}},
      {"?distro=wolfi", {"wolfi", ""}},
      {"?arch=amd64", {}},
      {"", {}},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(distribution_of({.purl = std::string("pkg:deb/x/y@1") + row.qualifiers}),
              row.distribution)
        << row.qualifiers;
  }
}

}  // namespace
}  // namespace plimsoll::advisory
