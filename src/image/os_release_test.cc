#include "image/os_release.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

namespace plimsoll::image {
namespace {

TEST(OsRelease, QuotesAndEscapesAreUndone) {
  const OsRelease release = parse_os_release(
      "# comment\nID='alpine'\nVERSION_ID=\"3.20\"\r\nPRETTY_NAME=\"A \\\"b\\\" \\$c\"\nnothing\n"
      "ID_LIKE=a b\n");
  EXPECT_EQ(release.id, "alpine");
  EXPECT_EQ(release.version_id, "3.20");
  EXPECT_EQ(release.pretty_name, "A \"b\" $c");
  EXPECT_EQ(release.id_like, "a b");
  EXPECT_EQ(release.codename, "");
}

TEST(OsRelease, PackagesBelongToTheDistributionThatIsThere) {
  struct Case {
    const char* id;
    const char* ecosystem;
    const char* expected;
  };
  constexpr Case kCases[] = {{"rocky", "RPM", "Rocky Linux"}, {"ubuntu", "Debian", "Ubuntu"},
                             {"wolfi", "Alpine", "Wolfi"},    {"unknown", "RPM", "RPM"},
                             {"ubuntu", "npm", "npm"},        {"debian", "RPM", "RPM"},
                             {"", "Debian", "Debian"}};
  for (const Case& each : kCases) {
    Package package{.name = "a", .ecosystem = each.ecosystem};
    name_distribution(package, {.id = each.id});
    EXPECT_EQ(package.ecosystem, each.expected) << each.id << ' ' << each.ecosystem;
  }
}

/// What the peers expect of the same files.
TEST(OsRelease, AgreesWithThePeers) {
  namespace fs = std::filesystem;
  const fs::path corpus = fs::path(PLIMSOLL_SOURCE_DIR) / "../shared/corpus/os-release";
  if (!fs::exists(corpus)) {
    std::cout << "skipped: no " << corpus << '\n';
    GTEST_SKIP();
  }
  const auto read = [](const fs::path& path) {
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  std::size_t cases = 0;
  for (const auto& folder : fs::directory_iterator(corpus)) {
    if (!fs::exists(folder.path() / "os-release")) continue;
    const auto expected = nlohmann::json::parse(read(folder.path() / "expected.json"));
    const OsRelease release = parse_os_release(read(folder.path() / "os-release"));
    const auto text = [&expected](const char* key) {
      return expected[key].is_string() ? expected[key].get<std::string>() : std::string();
    };
    EXPECT_EQ(release.id, text("id")) << folder.path();
    EXPECT_EQ(release.version_id, text("version_id")) << folder.path();
    EXPECT_EQ(release.id_like, text("id_like")) << folder.path();
    EXPECT_EQ(release.codename, text("codename")) << folder.path();
    ++cases;
  }
  EXPECT_GE(cases, 50U);
}

TEST(Distribution, IsAnEcosystemOfAnOperatingSystem) {
  for (const std::string_view name : {"Debian", "Alpine", "RPM", "Red Hat", "Wolfi"}) {
    EXPECT_TRUE(is_distribution(name)) << name;
  }
  for (const std::string_view name : {"npm", "PyPI", "Maven", ""}) {
    EXPECT_FALSE(is_distribution(name)) << name;
  }
}

}  // namespace
}  // namespace plimsoll::image
