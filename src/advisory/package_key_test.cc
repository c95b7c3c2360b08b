#include "advisory/package_key.h"

#include <gtest/gtest.h>

#include <string_view>

namespace plimsoll::advisory {
namespace {

TEST(PackageKey, NamesAsTheirEcosystemComparesThem) {
  struct Case {
    std::string_view ecosystem;
    std::string_view name;
    std::string_view canonical;
  };
  for (const Case& each :
       {Case{"PyPI", "Foo._-Bar", "foo-bar"}, Case{"NuGet", "A.B", "a.b"},
        Case{"Packagist", "Drupal/Core", "drupal/core"},
        Case{"SwiftURL", "https://github.com/A/B.git", "github.com/a/b"},
        Case{"npm", "@Scope/Name", "@Scope/Name"}, Case{"Maven", "Org.X:y", "Org.X:y"},
        Case{"Debian:12", "libX", "libX"}}) {
    EXPECT_EQ(canonical_name(each.ecosystem, each.name), each.canonical) << each.ecosystem;
  }
}

TEST(PackageKey, OneSpellingOfARelease) {
  struct Case {
    std::string_view written;
    std::string_view canonical;
  };
  for (const Case& each :
       {Case{"Debian:6.0", "Debian:6"}, Case{"Debian:3.0", "Debian:3.0"},
        Case{"Debian:10", "Debian:10"}, Case{"Ubuntu:22.04:LTS", "Ubuntu:22.04"},
        Case{"Ubuntu:Pro:16.04:LTS", "Ubuntu:Pro:16.04"}, Case{"Ubuntu:19.10", "Ubuntu:19.10"},
        Case{"Packagist:https://packages.drupal.org/8", "Packagist"},
        Case{"Red Hat:enterprise_linux:9::appstream", "Red Hat:enterprise_linux:9"},
        Case{"Alpine:v3.20", "Alpine:v3.20"}}) {
    EXPECT_EQ(canonical_ecosystem(each.written), each.canonical);
  }
}

}  // namespace
}  // namespace plimsoll::advisory
