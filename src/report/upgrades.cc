#include "report/upgrades.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "core/escape.h"
#include "report/counts.h"
#include "report/vulnerability_facts.h"

namespace plimsoll::report {

namespace {

/// Faults of what nothing runs.
struct Apart {
  std::set<std::string_view> ids;
  std::set<std::string_view> exploited;
  std::set<std::string_view> packages;

  void add(const Vulnerability& vulnerability, const Package& package) {
    ids.insert(vulnerability.id);
    if (vulnerability.is_exploited) exploited.insert(vulnerability.id);
    packages.insert(package.name);
  }
  [[nodiscard]] std::string exploited_text() const {
    return exploited.empty() ? "" : fmt::format(" ({} known to be exploited)", exploited.size());
  }
  [[nodiscard]] std::string names() const {
    constexpr std::size_t kNamed = 8;
    std::string text;
    std::size_t named = 0;
    for (const std::string_view name : packages) {
      if (++named > kNamed) return text + fmt::format(" and {} more", packages.size() - kNamed);
      text += (text.empty() ? "" : ", ") + escape_terminal(name, 60);
    }
    return text;
  }
};

/// Of a lock file the entry, and what becomes of it.
std::string place_in(const Document& document, const Package& package) {
  const LockFile* const lock = document.lock_file(package.path);
  if (lock == nullptr) return package.path;
  std::string place = package.path;
  if (package.line > 0) place += ':' + std::to_string(package.line);
  const std::string use = describe_use(*lock, package.dev);
  return use.empty() ? place : place + ", " + use;
}

}  // namespace

double Upgrade::priority() const {
  double most = 0;
  for (const Vulnerability* each : vulnerabilities) most = std::max(most, each->priority);
  return most;
}

bool Upgrade::is_exploited() const {
  return std::any_of(vulnerabilities.begin(), vulnerabilities.end(),
                     [](const Vulnerability* each) { return each->is_exploited; });
}

std::vector<Upgrade> upgrades_of(const Document& document, const AlsoTold& also) {
  struct Gathered {
    Upgrade upgrade;
    std::unordered_set<std::string_view> ids;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Gathered> by_upgrade;
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.package >= document.packages.size()) continue;
    if (!is_in_path(each) && !also.apart) continue;
    if (each.suppressed && !also.suppressed) continue;
    if (each.standing == Standing::kKnown && !also.known) continue;
    const Package& package = document.packages[each.package];
    const std::string name = package.source_name.empty() ? package.name : package.source_name;
    const std::string version =
        package.source_version.empty() ? package.version : package.source_version;
    Gathered& gathered = by_upgrade[{name, version, each.upgrade}];
    Upgrade& upgrade = gathered.upgrade;
    upgrade.name = name;
    upgrade.version = version;
    upgrade.fixed = each.upgrade;
    // Of the system of which image says the path, where the report is of several.
    const bool has_place = is_of_system(package) ? !document.image : package.source_name.empty();
    if (has_place) upgrade.places.insert(place_in(document, package));
    if (gathered.ids.insert(each.id).second) upgrade.vulnerabilities.push_back(&each);
  }
  std::vector<Upgrade> upgrades;
  for (auto& [key, gathered] : by_upgrade) upgrades.push_back(std::move(gathered.upgrade));
  std::stable_sort(upgrades.begin(), upgrades.end(), [](const Upgrade& a, const Upgrade& b) {
    return a.priority() != b.priority() ? a.priority() > b.priority()
                                        : a.vulnerabilities.size() > b.vulnerabilities.size();
  });
  return upgrades;
}

bool is_in_path(const Vulnerability& vulnerability) {
  return vulnerability.tier != "not-in-execute-path";
}

std::vector<std::string> faults_apart(const Document& document) {
  Apart of_kernel;
  Apart of_others;
  for (const Vulnerability& each : document.vulnerabilities) {
    if (is_in_path(each) || !counts(each) || each.package >= document.packages.size()) continue;
    const Package& package = document.packages[each.package];
    (is_kernel_headers(package) ? of_kernel : of_others).add(each, package);
  }
  std::vector<std::string> lines;
  if (!of_kernel.ids.empty()) {
    lines.push_back(fmt::format(
        "{} of a kernel that is not in the image{}: only its headers are, in {}",
        plural(of_kernel.ids.size(), "fault"), of_kernel.exploited_text(), of_kernel.names()));
  }
  if (!of_others.ids.empty()) {
    lines.push_back(fmt::format("{} that nothing which the image starts can reach{}, in {}",
                                plural(of_others.ids.size(), "fault"), of_others.exploited_text(),
                                of_others.names()));
  }
  return lines;
}

std::string counts_of(const std::vector<const Vulnerability*>& vulnerabilities) {
  std::map<int, std::pair<std::string_view, std::size_t>> counts;
  for (const Vulnerability* each : vulnerabilities) {
    const int rank = each->severity ? -static_cast<int>(*each->severity) - 1 : 1;
    auto& [word, count] = counts[rank];
    word = severity_word(each->severity);
    ++count;
  }
  std::string text;
  for (const auto& [rank, count] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count.second, count.first);
  }
  return text;
}

VulnerabilitySum sum_of(const Document& document) {
  VulnerabilitySum sum;
  std::unordered_set<std::string_view> ids;
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.package >= document.packages.size()) continue;
    const bool is_noise = is_kernel_headers(document.packages[each.package]);
    if (each.suppressed) {
      ++sum.suppressed;
    } else if (each.standing == Standing::kKnown) {
      ++sum.known;
    } else if (!is_noise && ids.insert(each.id).second) {
      sum.distinct.push_back(&each);
      if (each.is_exploited) ++sum.exploited;
    }
  }
  return sum;
}

std::string vulnerabilities(std::size_t count) {
  return count == 1 ? "1 vulnerability" : fmt::format("{} vulnerabilities", count);
}

}  // namespace plimsoll::report
