// Every advisory against itself: the versions that it says are affected are matched, and those that
// it says are fixed are not.
//
// usage: conformance_advisories FOLDER [--min PERCENT] [--every N] [--differences]
// FOLDER holds ECOSYSTEM/all.zip, as OSV exports them.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/affectedness.h"
#include "advisory/feed.h"
#include "advisory/import.h"
#include "advisory/match.h"
#include "advisory/package_key.h"
#include "archive/zip_archive.h"

namespace plimsoll::advisory {
namespace {

namespace fs = std::filesystem;

struct Count {
  std::size_t affected = 0;
  std::size_t matched = 0;
  std::size_t fixed = 0;
  std::size_t left_alone = 0;
};

/// Keeps the records.
class Records final : public FeedSink {
 public:
  void add(Advisory advisory) override { all.push_back(std::move(advisory)); }
  void add(KnownExploited) override {}
  void add(ExploitPrediction) override {}
  void add(ExploitStatus) override {}
  void skip(Error) override {}
  void made(std::string_view) override {}
  std::vector<Advisory> all;
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A distribution by what OSV calls it.
Distribution distribution_named(std::string_view ecosystem) {
  struct Known {
    std::string_view family;
    std::string_view id;
  };
  constexpr Known kKnown[] = {{"Debian", "debian"},       {"Alpine", "alpine"},
                              {"AlmaLinux", "almalinux"}, {"Rocky Linux", "rocky"},
                              {"Wolfi", "wolfi"},         {"Chainguard", "chainguard"},
                              {"Ubuntu", "ubuntu"}};
  for (const Known& known : kKnown) {
    if (family_of(ecosystem) != known.family) continue;
    const std::size_t colon = ecosystem.rfind(':');
    std::string release(colon == std::string_view::npos ? "" : ecosystem.substr(colon + 1));
    if (release.starts_with('v')) release.erase(0, 1);
    return {std::string(known.id), std::move(release)};
  }
  return {};
}

Package package_of(const Affected& affected, const std::string& version) {
  const std::string_view family = family_of(affected.ecosystem);
  Package package{.name = affected.package, .version = version, .ecosystem = std::string(family)};
  if (family == "Debian" || family == "Ubuntu") package.purl = "pkg:deb/x/y";
  if (family == "Alpine" || family == "Wolfi" || family == "Chainguard")
    package.purl = "pkg:apk/x/y";
  if (family == "AlmaLinux" || family == "Rocky Linux") package.purl = "pkg:rpm/x/y";
  if (family == "Bitnami") package.ecosystem = "generic";
  return package;
}

class Checking {
 public:
  Checking(const Database& database, std::size_t every, bool lists)
      : database_(database), every_(every), lists_(lists) {}

  void check(const Advisory& advisory) {
    if (advisory.is_withdrawn || number_++ % every_ != 0) return;
    for (const Affected& raw : advisory.affected) {
      Affected affected = raw;
      affected.ecosystem = canonical_ecosystem(raw.ecosystem);
      check(advisory, affected);
    }
  }

  /// @return percent that agrees
  double print() const {
    Count all;
    for (const auto& [family, count] : counts_) {
      print(family, count);
      all.affected += count.affected;
      all.matched += count.matched;
      all.fixed += count.fixed;
      all.left_alone += count.left_alone;
    }
    print("all", all);
    const std::size_t total = all.affected + all.fixed;
    return total == 0 ? 0
                      : 100.0 * static_cast<double>(all.matched + all.left_alone) /
                            static_cast<double>(total);
  }

 private:
  static void print(std::string_view family, const Count& count) {
    fmt::print("{:<14} affected {}/{}  fixed {}/{}\n", family, count.matched, count.affected,
               count.left_alone, count.fixed);
  }

  void check(const Advisory& advisory, const Affected& affected) {
    Count& count = counts_[std::string(family_of(affected.ecosystem))];
    const version::Order* order = version::find_order(affected.ecosystem);
    if (order == nullptr) return;
    std::vector<std::string> inside = affected.versions;
    // Ends of ranges that are no versions of the ecosystem ("4.0" of npm), and ranges that end
    // before they begin, are no packages.
    for (const Range& range : affected.ranges) {
      const bool is_empty =
          !range.fixed.empty() && !is_before(*order, range.introduced, range.fixed);
      const auto is_version = [order](const std::string& text) {
        return !text.empty() && order->is_valid(text);
      };
      if (!is_empty && is_version(range.introduced)) inside.push_back(range.introduced);
      if (is_version(range.last_affected)) inside.push_back(range.last_affected);
    }
    for (const std::string& version : inside) {
      ++count.affected;
      const bool is_matched = names(advisory, affected, version);
      if (is_matched) ++count.matched;
      if (!is_matched && lists_) tell("is affected", advisory, affected, version);
    }
    for (const Range& range : affected.ranges) {
      if (range.fixed.empty() || !order->is_valid(range.fixed) ||
          says_affected(advisory, affected, range.fixed))
        continue;
      ++count.fixed;
      const bool is_matched = names(advisory, affected, range.fixed);
      if (!is_matched) ++count.left_alone;
      if (is_matched && lists_) tell("is fixed", advisory, affected, range.fixed);
    }
  }

  /// Another range, list or entry of the same record, by the plain rules of OSV.
  static bool says_affected(const Advisory& advisory, const Affected& affected,
                            const std::string& version) {
    const version::Order* order = version::find_order(affected.ecosystem);
    if (order == nullptr) return false;
    return std::any_of(
        advisory.affected.begin(), advisory.affected.end(), [&](const Affected& each) {
          if (each.package != affected.package ||
              canonical_ecosystem(each.ecosystem) != affected.ecosystem) {
            return false;
          }
          if (each.ranges.empty() && each.versions.empty()) return true;
          const bool is_listed =
              std::find(each.versions.begin(), each.versions.end(), version) != each.versions.end();
          return is_listed ||
                 std::any_of(each.ranges.begin(), each.ranges.end(), [&](const Range& range) {
                   return is_in({range.introduced, range.fixed, range.last_affected}, *order,
                                version);
                 });
        });
  }

  /// Whether the advisory is one of the reasons why a package of this version is told to have
  /// something.
  [[nodiscard]] bool names(const Advisory& advisory, const Affected& affected,
                           const std::string& version) const {
    const Matches matches =
        match(database_, {package_of(affected, version)}, distribution_named(affected.ecosystem));
    const std::string reason = advisory.id + " (" + affected.ecosystem;
    return std::any_of(matches.vulnerabilities.begin(), matches.vulnerabilities.end(),
                       [&reason](const Vulnerability& each) {
                         return std::any_of(
                             each.why.begin(), each.why.end(),
                             [&reason](const std::string& why) { return why.starts_with(reason); });
                       });
  }

  static void tell(std::string_view what, const Advisory& advisory, const Affected& affected,
                   std::string_view version) {
    fmt::print("  {} {} {} {}, which {}\n", advisory.id, affected.ecosystem, affected.package,
               version, what);
  }

  const Database& database_;
  std::size_t every_;
  std::size_t number_ = 0;
  bool lists_;
  std::map<std::string, Count> counts_;
};

int run(const fs::path& folder, double least, std::size_t every, bool lists) {
  std::vector<fs::path> exports;
  for (const auto& each : fs::directory_iterator(folder)) {
    if (fs::exists(each.path() / "all.zip")) exports.push_back(each.path() / "all.zip");
  }
  std::sort(exports.begin(), exports.end());
  DatabaseBuilder builder;
  for (const fs::path& path : exports) {
    if (const auto imported = import_path(path.string(), builder); !imported) {
      fmt::print(stderr, "{}\n", imported.error().to_line());
      return 1;
    }
  }
  const std::string bytes = builder.bytes("2026-01-01");
  const auto database = Database::over(bytes, "made");
  if (!database) return 1;
  Checking checking(*database, every, lists);
  const auto& formats = all_feed_formats();
  const auto osv = std::find_if(formats.begin(), formats.end(),
                                [](const FeedFormat* each) { return each->name == "osv"; });
  for (const fs::path& path : exports) {
    const std::string zip = read(path);
    const auto entries = archive::zip_entries(zip);
    if (!entries) return 1;
    for (const archive::ZipEntry& entry : *entries) {
      const auto content = archive::unzip(zip, entry, 64U << 20U);
      if (!content) return 1;
      Records records;
      (void)(*osv)->read({.path = std::string(entry.path), .bytes = *content}, records);
      for (const Advisory& advisory : records.all) checking.check(advisory);
    }
  }
  return checking.print() >= least ? 0 : 1;
}

}  // namespace
}  // namespace plimsoll::advisory

int main(int count, char** arguments) {
  const std::vector<std::string_view> words(arguments + 1, arguments + count);
  if (words.empty()) {
    fmt::print(
        stderr,
        "usage: conformance_advisories FOLDER [--min PERCENT] [--every N] [--differences]\n");
    return 2;
  }
  double least = 0;
  std::size_t every = 1;
  bool lists = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--differences") lists = true;
    if (words[i] == "--every" && i + 1 < words.size()) {
      every = std::max<std::size_t>(1, std::strtoul(words[i + 1].data(), nullptr, 10));
    }
    if (words[i] == "--min" && i + 1 < words.size()) least = std::atof(words[i + 1].data());
  }
  if (!std::filesystem::exists(words[0])) {
    fmt::print("skipped: there is no {}\n", words[0]);
    return 0;
  }
  return plimsoll::advisory::run(std::string(words[0]), least, every, lists);
}
