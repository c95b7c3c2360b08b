#include "advisory/package_places.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "advisory/database_builder.h"

namespace plimsoll::advisory {
namespace {

/// A database with an advisory for one package of each of these ecosystems.
std::string database_of(const std::vector<std::pair<std::string, std::string>>& packages) {
  DatabaseBuilder builder;
  builder.begin("osv", "sample");
  for (const auto& [ecosystem, package] : packages) {
    builder.add(
        Advisory{.id = "CVE-2024-1", .affected = {{.ecosystem = ecosystem, .package = package}}});
  }
  return builder.bytes("2026-01-01");
}

/// "ecosystem name version" of each, a line each.
std::string places_of(const Package& package, const Distribution& distribution = {},
                      const std::string& bytes = database_of({})) {
  const auto database = Database::over(bytes, "sample");
  EXPECT_TRUE(database);
  std::string text;
  for (const PackagePlace& place : PackagePlaces(*database, distribution).of(package)) {
    text += place.ecosystem + ' ' + place.name + ' ' + place.version;
    text += std::string(place.is_source ? " source" : "") +
            (place.is_for_subscribers ? " subscribers" : "") +
            (place.is_extended ? " extended" : "") + '\n';
  }
  return text;
}

Package glibc_of(std::string ecosystem, std::string purl) {
  return {.name = "libc6",
          .version = "2.36-9+b1",
          .ecosystem = std::move(ecosystem),
          .purl = std::move(purl),
          .source_name = "glibc",
          .source_version = "2.36-9"};
}

TEST(PackagePlaces, OfALanguageByItsCanonicalName) {
  EXPECT_EQ(places_of({.name = "Foo.Bar_baz", .version = "1", .ecosystem = "PyPI"}),
            "PyPI foo-bar-baz 1\n");
}

TEST(PackagePlaces, OfDpkgByWhatIsBuilt) {
  EXPECT_EQ(places_of(glibc_of("Debian", "pkg:deb/debian/libc6@1"), {"debian", "12"}),
            "Debian:12 glibc 2.36-9\n");
}

TEST(PackagePlaces, OfRpmByWhatIsInstalledAndByItsSource) {
  EXPECT_EQ(places_of(glibc_of("AlmaLinux", "pkg:rpm/almalinux/x@1"), {"almalinux", "9.3"}),
            "AlmaLinux:9 libc6 2.36-9+b1\nAlmaLinux:9 glibc 2.36-9 source\n");
}

TEST(PackagePlaces, OfAReleaseThatIsNotKnownNowhere) {
  EXPECT_EQ(places_of(glibc_of("Debian", "pkg:deb/debian/libc6@1"), {"hobbyos", "1"}), "");
}

TEST(PackagePlaces, FixesForSubscribersAreMarked) {
  EXPECT_EQ(places_of(glibc_of("Ubuntu", "pkg:deb/ubuntu/libc6@1"), {"ubuntu", "16.04"}),
            "Ubuntu:16.04 glibc 2.36-9\nUbuntu:Pro:16.04 glibc 2.36-9 subscribers\n");
}

TEST(PackagePlaces, OfAProgramInNvdOnlyWhereNoPublisherKnowsIt) {
  const Package httpd{.name = "httpd", .version = "2.4.49", .ecosystem = "generic"};
  EXPECT_EQ(places_of(httpd),
            "Bitnami apache 2.4.49\ngeneric httpd 2.4.49\nCPE apache:http_server 2.4.49\n");
  EXPECT_EQ(places_of(httpd, {}, database_of({{"Bitnami", "apache"}})),
            "Bitnami apache 2.4.49\ngeneric httpd 2.4.49\n");
}

TEST(PackagePlaces, ADistributionIsCoveredByAnyOfItsEcosystems) {
  const std::string bytes = database_of({{"Ubuntu:Pro:16.04", "bash"}});
  const auto database = Database::over(bytes, "sample");
  ASSERT_TRUE(database);
  const Distribution xenial{"ubuntu", "16.04"};
  const Distribution noble{"ubuntu", "24.04"};
  EXPECT_TRUE(PackagePlaces(*database, xenial).covers_distribution());
  EXPECT_FALSE(PackagePlaces(*database, noble).covers_distribution());
}

}  // namespace
}  // namespace plimsoll::advisory
