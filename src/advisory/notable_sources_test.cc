// The versions of data/notable_advisories.txt against the databases that know them too.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "advisory/feed.h"
#include "advisory/json_reading.h"
#include "advisory/notable.h"
#include "archive/zip_archive.h"
#include "core/ascii.h"
#include "embedded/notable_advisories.h"

namespace plimsoll::advisory {
namespace {

namespace fs = std::filesystem;

const fs::path kSources = PLIMSOLL_SOURCE_DIR "/../shared/advisories";
constexpr std::size_t kMostBytes = 16U << 20U;

/// A package of an ecosystem.
using Package = std::pair<std::string, std::string>;

/// Ends and beginnings, in a form that is the same for the same versions.
struct Versions {
  std::set<std::pair<std::string, std::string>> spans;  ///< from, and "<to", "<=to" or ""
  std::set<std::string> single;
  friend bool operator==(const Versions&, const Versions&) = default;
};

/// "0.0.0-0" is before all versions, as "" is.
std::string beginning(const std::string& introduced) {
  return introduced == "0.0.0-0" ? "" : introduced;
}

Versions versions_of(std::vector<Range> ranges, const std::vector<std::string>& single) {
  Versions versions;
  // A range that begins where another ends is its continuation.
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (Range& range : ranges) {
      const auto next = std::find_if(ranges.begin(), ranges.end(), [&range](const Range& other) {
        return &other != &range && !range.fixed.empty() && other.introduced == range.fixed;
      });
      if (next == ranges.end()) continue;
      range.fixed = next->fixed;
      range.last_affected = next->last_affected;
      ranges.erase(next);
      is_changed = true;
      break;
    }
  }
  for (const Range& range : ranges) {
    std::string end = range.fixed.empty() ? "" : '<' + range.fixed;
    if (!range.last_affected.empty()) end = "<=" + range.last_affected;
    versions.spans.emplace(beginning(range.introduced), end);
  }
  // Beside ranges, sources list the same versions one by one.
  if (ranges.empty()) versions.single.insert(single.begin(), single.end());
  return versions;
}

std::string to_string(const Versions& versions) {
  std::string text;
  for (const auto& [from, to] : versions.spans) text += ' ' + from + ".." + to;
  for (const std::string& version : versions.single) text += " =" + version;
  return text;
}

/// What the sources say of the vulnerabilities that are asked for: by name of the vulnerability and
/// package, each record once.
class Sources : public FeedSink {
 public:
  explicit Sources(std::set<std::string> wanted) : wanted_(std::move(wanted)) {}

  void add(Advisory advisory) override {
    if (advisory.is_withdrawn) return;
    std::vector<std::string> names = advisory.aliases;
    names.insert(names.end(), advisory.upstream.begin(), advisory.upstream.end());
    names.push_back(advisory.id);
    std::map<Package, std::pair<std::vector<Range>, std::vector<std::string>>> packages;
    for (const Affected& affected : advisory.affected) {
      auto& [ranges, single] = packages[{affected.ecosystem, affected.package}];
      ranges.insert(ranges.end(), affected.ranges.begin(), affected.ranges.end());
      single.insert(single.end(), affected.versions.begin(), affected.versions.end());
    }
    for (const std::string& name : names) {
      if (!wanted_.contains(name)) continue;
      for (const auto& [package, versions] : packages) {
        said_[{name, package}].push_back(versions_of(versions.first, versions.second));
      }
    }
  }
  void add(KnownExploited) override {}
  void add(ExploitPrediction) override {}
  void add(ExploitStatus) override {}
  void skip(Error reason) override { ADD_FAILURE() << reason.to_line(); }
  void made(std::string_view) override {}

  [[nodiscard]] std::vector<Versions> of(const std::string& name, const Package& package) const {
    const auto found = said_.find({name, package});
    return found == said_.end() ? std::vector<Versions>{} : found->second;
  }

 private:
  std::set<std::string> wanted_;
  std::map<std::pair<std::string, Package>, std::vector<Versions>> said_;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void tell_archive(const fs::path& path, FeedSink& sink) {
  const std::string archive = bytes_of(path);
  const auto entries = archive::zip_entries(archive);
  ASSERT_TRUE(entries) << path << ": " << entries.error().to_line();
  const FeedFormat* osv = nullptr;
  for (const FeedFormat* format : all_feed_formats()) {
    if (format->name == "osv") osv = format;
  }
  ASSERT_NE(osv, nullptr);
  for (const archive::ZipEntry& entry : *entries) {
    if (!entry.path.ends_with(".json")) continue;
    const auto bytes = archive::unzip(archive, entry, kMostBytes);
    ASSERT_TRUE(bytes) << entry.path;
    const auto told = osv->read({.path = std::string(entry.path), .bytes = *bytes}, sink);
    EXPECT_TRUE(told) << entry.path;
  }
}

struct Difference {
  std::string_view id, ecosystem, package, reason;
};

constexpr std::string_view kReleasesOutsideGo =
    "its releases are no versions of the Go module, so Go's database calls all of them affected";
constexpr std::string_view kFirstOfTwo = "Alpine names two fixed versions; the first has the fix";

/// Where we know better than a source.
constexpr Difference kDifferences[] = {
    {"CVE-2025-1974", "Go", "k8s.io/ingress-nginx", kReleasesOutsideGo},
    {"CVE-2025-1097", "Go", "k8s.io/ingress-nginx", kReleasesOutsideGo},
    {"CVE-2025-1098", "Go", "k8s.io/ingress-nginx", kReleasesOutsideGo},
    {"CVE-2025-24514", "Go", "k8s.io/ingress-nginx", kReleasesOutsideGo},
    {"CVE-2026-33634", "Go", "github.com/aquasecurity/trivy",
     "one release was hijacked; Go's database leaves the range open"},
    {"CVE-2025-21605", "Bitnami", "redis", "one of Bitnami's ranges ends before it begins"},
    {"CVE-2024-23897", "Bitnami", "jenkins",
     "mended in 2.442 and 2.426.3 by the project; Bitnami names a later release"},
    {"CVE-2018-6789", "Alpine:v3.8", "exim", kFirstOfTwo},
    {"CVE-2018-6789", "Alpine:v3.9", "exim", kFirstOfTwo},
    {"CVE-2018-6789", "Alpine:v3.10", "exim", kFirstOfTwo},
    {"CVE-2018-6789", "Alpine:v3.11", "exim", kFirstOfTwo},
    {"CVE-2021-3749", "npm", "axios", "0.21.2 has the fix"},
    {"CVE-2022-22817", "PyPI", "pillow", "the fix in 9.0.0 was finished in 9.0.1"},
    {"CVE-2019-6340", "Packagist", "drupal/drupal", "the core of Drupal 7 is not affected"},
};

bool is_expected(const std::string& id, const Affected& affected) {
  return std::any_of(std::begin(kDifferences), std::end(kDifferences), [&](const Difference& each) {
    return each.id == id && each.ecosystem == affected.ecosystem &&
           each.package == affected.package;
  });
}

TEST(NotableSources, AgreeOnTheVersions) {
  if (!fs::exists(kSources)) {
    GTEST_SKIP() << "skipped: no databases under " << kSources << " to compare with";
  }
  const auto notable = read_notable(embedded::notable_advisories);
  ASSERT_TRUE(notable) << notable.error().to_line();
  std::set<std::string> names;
  for (const Advisory& advisory : notable->advisories) {
    names.insert(advisory.id);
    names.insert(advisory.aliases.begin(), advisory.aliases.end());
  }
  Sources sources(std::move(names));
  for (const char* folder : {"AlmaLinux", "Alpine", "Bitnami", "Debian", "Go", "Maven", "Packagist",
                             "PyPI", "RubyGems", "Ubuntu", "crates.io", "npm"}) {
    const fs::path archive = kSources / folder / "all.zip";
    if (!fs::exists(archive)) {
      std::cout << "not compared: " << archive << " is missing\n";
      continue;
    }
    tell_archive(archive, sources);
  }
  std::map<std::string, std::pair<int, int>> counts;  // by ecosystem: compared, not known there
  for (const Advisory& advisory : notable->advisories) {
    for (const Affected& affected : advisory.affected) {
      const Package package{affected.ecosystem, affected.package};
      std::vector<Versions> said = sources.of(advisory.id, package);
      for (const std::string& alias : advisory.aliases) {
        for (Versions& versions : sources.of(alias, package)) said.push_back(std::move(versions));
      }
      auto& [compared, unknown] = counts[std::string(ascii::split(affected.ecosystem, ':')[0])];
      ++(said.empty() ? unknown : compared);
      if (said.empty()) continue;
      const Versions ours = versions_of(affected.ranges, affected.versions);
      const bool is_agreed = std::find(said.begin(), said.end(), ours) != said.end();
      std::string theirs;
      for (const Versions& versions : said) theirs += " |" + to_string(versions);
      EXPECT_NE(is_agreed, is_expected(advisory.id, affected))
          << advisory.id << ' ' << affected.ecosystem << ' ' << affected.package
          << "\n  ours:" << to_string(ours) << "\n  theirs:" << theirs;
    }
  }
  for (const auto& [ecosystem, count] : counts) {
    std::cout << ecosystem << ": " << count.first << " compared, " << count.second
              << " not known to a source here\n";
  }
}

TEST(NotableSources, AgreeOnWhatIsExploited) {
  const fs::path path = kSources / "kev" / "known_exploited_vulnerabilities.json";
  if (!fs::exists(path)) GTEST_SKIP() << "skipped: no catalogue at " << path << " to compare with";
  const std::string bytes = bytes_of(path);
  json::Reader reader;
  const auto catalogue = reader.read(bytes);
  ASSERT_TRUE(catalogue) << catalogue.error().to_line();
  std::map<std::string, std::string> theirs;  // days and use, by vulnerability
  json::for_each(*catalogue, "vulnerabilities", [&theirs](const json::Value& each) {
    std::string said(json::text(each, "dateAdded"));
    said.append(" ").append(json::text(each, "dueDate"));
    if (json::text(each, "knownRansomwareCampaignUse") == "Known") said += " ransomware";
    theirs.emplace(json::text(each, "cveID"), std::move(said));
  });

  const auto notable = read_notable(embedded::notable_advisories);
  ASSERT_TRUE(notable) << notable.error().to_line();
  std::set<std::string> marked;
  for (const KnownExploited& entry : notable->exploited) {
    marked.insert(entry.id);
    const auto said = theirs.find(entry.id);
    if (said == theirs.end()) {
      std::cout << entry.id << ": added after the catalogue here was made\n";
      continue;
    }
    const std::string use = entry.is_used_by_ransomware ? " ransomware" : "";
    EXPECT_EQ(entry.added + ' ' + entry.due + use, said->second) << entry.id;
  }
  for (const Advisory& advisory : notable->advisories) {
    if (theirs.contains(advisory.id)) {
      EXPECT_TRUE(marked.contains(advisory.id)) << advisory.id;
    }
  }
}

}  // namespace
}  // namespace plimsoll::advisory
