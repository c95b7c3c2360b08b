#include "advisory/match.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "advisory/affectedness.h"
#include "advisory/cvss.h"
#include "advisory/go_commit.h"
#include "advisory/package_key.h"
#include "advisory/package_places.h"
#include "advisory/priority.h"
#include "advisory/program.h"
#include "core/fingerprint.h"
#include "core/publisher.h"

namespace plimsoll::advisory {
namespace {

/// What several advisories say of one vulnerability of one package.
struct Group {
  std::set<std::string> names;
  std::uint32_t advisory = 0;  ///< the one that describes it best
  bool is_described = false;   ///< by another than an update of a distribution
  Status status = Status::kAffected;
  std::string fixed;
  std::string note;
  std::string severity_word;
  std::string severity_source;
  std::string cvss;
  std::string published;
  std::string modified;
  std::set<std::string> weaknesses;
  std::set<std::string> symbols;
  std::vector<std::string> why;
};

bool is_cve(std::string_view id) {
  return id.starts_with("CVE-");
}

/// To the digits that EPSS is published with.
double rounded(float share) {
  constexpr double kDigits = 10'000;
  return std::round(static_cast<double>(share) * kDigits) / kDigits;
}

/// Whether a program that tells its functions has none of those that a fault is in.
bool lacks_functions(const Package& package, const std::set<std::string>& symbols) {
  if (package.functions.empty() || symbols.empty()) return false;
  return std::none_of(symbols.begin(), symbols.end(), [&package](const std::string& symbol) {
    return std::binary_search(package.functions.begin(), package.functions.end(),
                              short_fingerprint(symbol));
  });
}

class Matching {
 public:
  Matching(const Database& database, const std::vector<Package>& packages,
           const Distribution& distribution, const Exposure& exposure)
      : database_(database),
        packages_(packages),
        exposure_(exposure),
        places_(database, distribution) {}

  Matches run() {
    matches_.vulnerabilities.reserve(packages_.size());
    for (const Package& package : packages_) {
      if (package.ecosystem == "generic") programs_.insert(package.name);
    }
    for (std::size_t i = 0; i < packages_.size(); ++i) judge(i);
    for (auto& [key, unjudged] : unjudged_) matches_.unjudged.push_back(std::move(unjudged));
    return std::move(matches_);
  }

 private:
  void judge(std::size_t index) {
    const Package& package = packages_[index];
    if (is_of_system(package)) {
      const std::string_view publisher = foreign_publisher(package.version);
      if (!publisher.empty()) return judge_foreign(index, publisher);
    }
    if (!package.owner.empty() && !is_of_system(package) && places_.covers_distribution()) {
      ++matches_.by_owner;
      return;
    }
    judge(index, package);
  }

  /// What somebody else built under a name of the distribution's: of a program its own advisories
  /// hold. Where the program itself was found beside the package, it is judged already.
  void judge_foreign(std::size_t index, std::string_view publisher) {
    const auto program = program_of(packages_[index]);
    if (!program) return leave_to(publisher);
    if (!programs_.contains(program->name)) judge(index, *program);
  }

  /// @param package  as what it is looked for
  void judge(std::size_t index, const Package& package) {
    const std::vector<PackagePlace> places = places_.of(package);
    // Of programs each is a matter of its own: to know many says nothing of the next.
    const bool is_program = package.ecosystem == "generic";
    const bool is_covered =
        std::any_of(places.begin(), places.end(), [&](const PackagePlace& place) {
          return is_program ? database_.has_package(place.ecosystem, place.name)
                            : !place.is_extended && places_.covers(place.ecosystem);
        });
    if (!is_covered) return without_advisories(package, places);
    by_name_.clear();
    groups_.clear();
    cleared_.clear();
    bool is_judged = false;
    const version::Order* last = nullptr;  // places of one package have one order
    for (const PackagePlace& place : places) {
      const version::Order* order = places_.order_of(place);
      if (order == nullptr || place.version.empty()) continue;
      last = order;
      // The order places anything somewhere; where it is no version, that says nothing.
      const bool is_version =
          place.is_distribution || package.ecosystem == "generic" || order->is_valid(place.version);
      is_judged = is_judged || is_version;
      look(package, place, *order, is_version);
    }
    if (last == nullptr || (!is_judged && groups_.empty())) {
      return leave(package, package.ecosystem, "their versions are not known");
    }
    ++matches_.judged;
    finish(index, *last);
  }

  void without_advisories(const Package& package, const std::vector<PackagePlace>& places) {
    if (places.empty()) {
      return leave(package, package.ecosystem, "the distribution or its release is not known");
    }
    if (package.ecosystem == "generic") {
      return leave(package, "programs", "the database has no advisories for them");
    }
    leave(package, places.front().ecosystem, "the database has no advisories for them");
  }

  void leave(const Package& package, std::string_view ecosystem, std::string_view reason) {
    UnjudgedPackages& unjudged = unjudged_[{std::string(ecosystem), std::string(reason)}];
    unjudged.ecosystem = ecosystem;
    unjudged.reason = reason;
    ++unjudged.packages;
    const bool is_own = is_of_system(package) && !places_.is_elsewhere(package);
    unjudged.is_of_system = unjudged.is_of_system || is_own;
  }

  void leave_to(std::string_view publisher) {
    constexpr std::string_view kReason =
        "the distribution's advisories are not about what others build";
    UnjudgedPackages& unjudged = unjudged_[{std::string(publisher), std::string(kReason)}];
    unjudged.ecosystem = publisher;
    unjudged.reason = kReason;
    ++unjudged.packages;
  }

  void look(const Package& package, const PackagePlace& place, const version::Order& order,
            bool is_version) {
    database_.for_each(place.ecosystem, place.name, [&](const AffectedView& entry) {
      if (!is_about(entry, package, place)) return;
      const Affectedness found = advisory::judge(entry, order, place.version, is_version);
      if (place.is_extended) {
        if (!found.is_affected && is_for_same_minor(place.version, entry)) clear(entry);
        return;
      }
      if (entry.status == Status::kNotAffected) {
        if (found.is_affected) clear(entry);
        return;
      }
      if (found.is_affected && is_later_commit(place, entry, found.fixed)) {
        ++matches_.by_commit;
      } else if (found.is_affected) {
        take(package, place, order, entry, found);
      } else if (place.is_for_subscribers) {
        clear(entry);  // whoever has a subscriber's fix is in no need of another one
      }
    });
  }

  /// An advisory that names commits itself is right about them.
  [[nodiscard]] bool is_later_commit(const PackagePlace& place, const AffectedView& entry,
                                     std::string_view fixed) const {
    if (place.ecosystem != "Go") return false;
    const bool names_commits =
        std::any_of(entry.ranges.begin(), entry.ranges.end(),
                    [](const RangeView& range) { return range.introduced.starts_with("0.0.0-"); });
    return !names_commits &&
           is_commit_after(place.version, database_.advisory(entry.advisory).published, fixed);
  }

  /// The vulnerabilities that an entry is about: an update of a distribution mends several.
  [[nodiscard]] std::vector<std::set<std::string>> names_of(const AdvisoryView& advisory) const {
    const std::vector<std::string_view> upstream = advisory.upstream.all();
    std::vector<std::set<std::string>> all;
    if (upstream.empty()) {
      std::set<std::string> names{std::string(advisory.id)};
      for (const std::string_view alias : advisory.aliases.all()) names.emplace(alias);
      all.push_back(std::move(names));
    }
    for (const std::string_view each : upstream) all.push_back({std::string(each)});
    return all;
  }

  void clear(const AffectedView& entry) {
    for (const auto& names : names_of(database_.advisory(entry.advisory))) {
      cleared_.insert(names.begin(), names.end());
    }
  }

  void take(const Package& package, const PackagePlace& place, const version::Order& order,
            const AffectedView& entry, const Affectedness& found) {
    const AdvisoryView advisory = database_.advisory(entry.advisory);
    for (std::set<std::string>& names : names_of(advisory)) {
      Group& group = group_of(std::move(names));
      if (advisory.upstream.size() > 0) group.names.emplace(advisory.id);
      describe(group, place, order, entry, advisory, found);
      if (group.why.empty() && place.name != package.name) {
        group.why.push_back(package.name + " is built from " + place.name + ' ' + place.version);
      }
      group.why.push_back(std::string(advisory.id) + " (" + place.ecosystem + ", " + place.name +
                          "): " + found.range +
                          (entry.note.empty() ? "" : "; " + std::string(entry.note)) +
                          (place.is_for_subscribers ? "; the fix is for subscribers" : ""));
    }
  }

  static void describe(Group& group, const PackagePlace& place, const version::Order& order,
                       const AffectedView& entry, const AdvisoryView& advisory,
                       const Affectedness& found) {
    const bool is_description = !place.is_distribution || is_cve(advisory.id);
    const bool is_first = group.why.empty();
    if (is_first || (is_description && !group.is_described)) group.advisory = entry.advisory;
    group.is_described = group.is_described || is_description;
    if (!found.fixed.empty() && !place.is_for_subscribers &&
        (group.fixed.empty() || is_before(order, group.fixed, found.fixed))) {
      group.fixed = found.fixed;  // what mends all that the advisories say
    }
    if (is_first || (group.status == Status::kAffected && entry.status != Status::kAffected)) {
      group.status = entry.status;
      group.note = entry.note;
    }
    if (place.is_for_subscribers && !found.fixed.empty() && group.note.empty()) {
      group.note = "fixed in " + found.fixed + " for subscribers of " +
                   std::string(subscription_of(place.ecosystem));
    }
    // A distribution knows best what a fault means in its own build.
    if (place.is_distribution && severity_of_word(entry.severity)) {
      group.severity_word = entry.severity;
      group.severity_source = family_of(place.ecosystem);
    }
    if (advisory.cvss > group.cvss) group.cvss = advisory.cvss;
    if (group.severity_word.empty() && severity_of_word(advisory.severity)) {
      group.severity_word = advisory.severity;
      group.severity_source = family_of(place.ecosystem);
    }
    if (group.published.empty() ||
        (!advisory.published.empty() && advisory.published < group.published)) {
      group.published = advisory.published;
    }
    if (advisory.modified > group.modified) group.modified = advisory.modified;
    for (const std::string_view each : advisory.weaknesses.all()) group.weaknesses.emplace(each);
    for (const std::string_view each : entry.symbols.all()) group.symbols.emplace(each);
  }

  /// The group that has any of these names, which then has all of them.
  Group& group_of(std::set<std::string> names) {
    std::size_t index = groups_.size();
    for (const std::string& name : names) {
      const auto known = by_name_.find(name);
      if (known != by_name_.end()) index = std::min(index, known->second);
    }
    if (index == groups_.size()) groups_.emplace_back();
    Group& group = groups_[index];
    group.names.merge(names);
    for (const std::string& name : group.names) by_name_.try_emplace(name, index);
    return group;
  }

  [[nodiscard]] bool is_cleared(const Group& group) const {
    return !cleared_.empty() &&
           std::any_of(group.names.begin(), group.names.end(),
                       [this](const std::string& name) { return cleared_.contains(name); });
  }

  void finish(std::size_t index, const version::Order& order) {
    const Package& package = packages_[index];
    std::vector<std::pair<std::string_view, Group*>> open;
    std::string upgrade;
    for (Group& group : groups_) {
      if (is_cleared(group)) continue;
      open.emplace_back(id_of(group), &group);
      const bool is_later =
          !group.fixed.empty() && (upgrade.empty() || is_before(order, upgrade, group.fixed));
      if (is_later) upgrade = group.fixed;
    }
    std::sort(open.begin(), open.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [id, group] : open) {
      Vulnerability& vulnerability = matches_.vulnerabilities.emplace_back();
      vulnerability.id = id;
      vulnerability.package = index;
      if (!group->fixed.empty()) vulnerability.upgrade = upgrade;
      if (lacks_functions(package, group->symbols)) {
        group->why.push_back(no_function_text(*group));
      }
      describe(package, *group, vulnerability);
      matches_.texts.push_back(group->advisory);
    }
  }

  /// Names are sorted, and those that begin with "CVE-" name what all others are aliases of.
  static std::string_view id_of(const Group& group) {
    const auto cve = group.names.lower_bound("CVE-");
    return cve != group.names.end() && is_cve(*cve) ? *cve : *group.names.begin();
  }

  static std::string no_function_text(const Group& group) {
    constexpr std::size_t kNamed = 3;
    std::string names;
    std::size_t named = 0;
    for (const std::string& symbol : group.symbols) {
      if (++named > kNamed) break;
      names += (names.empty() ? "" : ", ") + symbol;
    }
    if (group.symbols.size() > kNamed) names += ", …";
    return "the program has none of the functions that the fault is in: " + names;
  }

  static void place(const Package& package, const Group& group, Vulnerability& vulnerability) {
    const bool is_absent = is_kernel_headers(package) || lacks_functions(package, group.symbols);
    vulnerability.tier = is_absent              ? "not-in-execute-path"
                         : package.tier.empty() ? "present"
                                                : package.tier;
    if (is_absent) {
      vulnerability.justification = "vulnerable_code_not_present";
    } else if (vulnerability.tier == "not-in-execute-path") {
      vulnerability.justification = "vulnerable_code_not_in_execute_path";
    }
  }

  void describe(const Package& package, Group& group, Vulnerability& found) const {
    for (const std::string& name : group.names) {
      if (name != found.id) found.aliases.push_back(name);
    }
    found.fixed = std::move(group.fixed);
    found.status = found.fixed.empty() ? std::string(to_string(group.status)) : "fixed";
    found.note = std::move(group.note);
    found.published = std::move(group.published);
    found.modified = std::move(group.modified);
    found.weaknesses.assign(group.weaknesses.begin(), group.weaknesses.end());
    found.why = std::move(group.why);
    const Evidence evidence = database_.evidence(found.id);
    if (evidence.prediction) {
      found.epss = rounded(evidence.prediction->score);
      found.epss_percentile = rounded(evidence.prediction->percentile);
    }
    found.is_exploited = evidence.exploited.has_value();
    if (group.cvss.empty()) group.cvss = evidence.cvss;
    take_severity(group, found);
    place(package, group, found);
    using Exploitation = ExploitStatus::Exploitation;
    const auto& status = evidence.status;
    prioritise(
        found,
        {.is_active = status && status->exploitation == Exploitation::kActive,
         .has_proof_of_concept = status && status->exploitation == Exploitation::kProofOfConcept,
         .is_automatable = status && status->is_automatable},
        exposure_);
  }

  static void take_severity(const Group& group, Vulnerability& found) {
    const auto score = score_of(group.cvss);
    if (score) {
      found.cvss = score->score;
      found.cvss_vector = group.cvss;
    }
    if (const auto severity = severity_of_word(group.severity_word)) {
      found.severity = severity;
      found.severity_source = group.severity_source;
    } else if (score) {
      found.severity = score->severity;
      found.severity_source = "CVSS " + std::string(score->version);
    }
  }

  const Database& database_;
  const std::vector<Package>& packages_;
  const Exposure& exposure_;
  PackagePlaces places_;
  std::set<std::string_view> programs_;  ///< that no package manager put there
  std::map<std::pair<std::string, std::string>, UnjudgedPackages> unjudged_;
  std::vector<Group> groups_;                                  // of the package that is judged
  std::unordered_map<std::string_view, std::size_t> by_name_;  // of `groups_`, whose names they are
  std::set<std::string> cleared_;                              // what it is known not to have
  Matches matches_;
};

}  // namespace

Matches match(const Database& database, const std::vector<Package>& packages,
              const Distribution& distribution, const Exposure& exposure) {
  return Matching(database, packages, distribution, exposure).run();
}

void add_texts(const Database& database, Matches& matches) {
  for (std::size_t i = 0; i < matches.vulnerabilities.size(); ++i) {
    AdvisoryText text = database.text(matches.texts[i]);
    Vulnerability& vulnerability = matches.vulnerabilities[i];
    vulnerability.title = std::move(text.summary);
    vulnerability.details = std::move(text.details);
    vulnerability.references = std::move(text.references);
    if (!vulnerability.references.empty()) vulnerability.url = vulnerability.references.front();
  }
}

}  // namespace plimsoll::advisory
