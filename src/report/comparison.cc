#include "report/comparison.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>

#include "core/ascii.h"

namespace plimsoll::report {
namespace {

using Kind = PackageChange::Kind;

/// "Debian" of "Debian:12": an image on the next release still has the same packages.
std::string_view family(std::string_view ecosystem) {
  return ecosystem.substr(0, ecosystem.find(':'));
}

/// Packages of one name; versions of it each once.
using ByVersion = std::map<std::string_view, const Package*>;
using ByName = std::map<std::pair<std::string_view, std::string_view>, ByVersion>;

ByName by_name(const Document& document) {
  ByName names;
  for (const Package& package : document.packages) {
    names[{family(package.ecosystem), package.name}].try_emplace(package.version, &package);
  }
  return names;
}

class Pairing {
 public:
  Pairing(const OrderVersions& order, std::vector<PackageChange>& changes)
      : order_(order), changes_(changes) {}

  /// Versions that are on one side only, in their order, are taken for each other; so the mirrored
  /// question has the mirrored answer.
  void pair(const ByVersion& before, const ByVersion& after) {
    const std::vector<const Package*> old = only_in(before, after);
    const std::vector<const Package*> now = only_in(after, before);
    const std::size_t common = std::min(old.size(), now.size());
    for (std::size_t i = 0; i < common; ++i) add(old[i], now[i]);
    for (std::size_t i = common; i < old.size(); ++i) {
      changes_.push_back({Kind::kRemoved, old[i], nullptr});
    }
    for (std::size_t i = common; i < now.size(); ++i) {
      changes_.push_back({Kind::kAdded, nullptr, now[i]});
    }
  }

 private:
  [[nodiscard]] std::vector<const Package*> only_in(const ByVersion& these,
                                                    const ByVersion& others) const {
    std::vector<const Package*> only;
    for (const auto& [version, package] : these) {
      if (!others.contains(version)) only.push_back(package);
    }
    // Not std::sort: an order of versions that somebody else wrote need not be strict.
    std::stable_sort(only.begin(), only.end(), [this](const Package* a, const Package* b) {
      return order(*a, *b).value_or(0) < 0;
    });
    return only;
  }

  [[nodiscard]] std::optional<int> order(const Package& a, const Package& b) const {
    return order_ ? order_(a.ecosystem, a.version, b.version) : std::nullopt;
  }

  void add(const Package* before, const Package* after) {
    const int by = order(*before, *after).value_or(0);
    changes_.push_back({by < 0   ? Kind::kUpgraded
                        : by > 0 ? Kind::kDowngraded
                                 : Kind::kChanged,
                        before, after});
  }

  const OrderVersions& order_;
  std::vector<PackageChange>& changes_;
};

const Package& either(const PackageChange& change) {
  return change.after != nullptr ? *change.after : *change.before;
}

std::vector<PackageChange> changes_of(const Document& before, const Document& after,
                                      const OrderVersions& order) {
  std::vector<PackageChange> changes;
  Pairing pairing(order, changes);
  const ByName old = by_name(before);
  const ByName now = by_name(after);
  const ByVersion none;
  for (const auto& [name, versions] : old) {
    const auto found = now.find(name);
    pairing.pair(versions, found == now.end() ? none : found->second);
  }
  for (const auto& [name, versions] : now) {
    if (!old.contains(name)) pairing.pair(none, versions);
  }
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    const auto key = [](const PackageChange& each) {
      return std::tuple(each.kind, family(either(each).ecosystem),
                        std::string_view(either(each).name));
    };
    return key(a) < key(b);
  });
  return changes;
}

/// Those of `these` whose key `others` has not.
template <class T, class Key>
std::vector<const T*> missing(const std::vector<const T*>& these,
                              const std::vector<const T*>& others, Key key) {
  std::set<decltype(key(*these.front()))> known;
  for (const T* each : others) known.insert(key(*each));
  std::vector<const T*> left;
  for (const T* each : these) {
    if (!known.contains(key(*each))) left.push_back(each);
  }
  return left;
}

std::vector<const Entry*> findings_of(const Document& document) {
  std::vector<const Entry*> findings;
  for (const Entry& each : document.findings) {
    if (!each.suppressed) findings.push_back(&each);
  }
  return findings;
}

/// What a rule says of the same thing in other words, such as with another number in it, is neither
/// gone nor new.
void drop_reworded(std::vector<const Entry*>& gone, std::vector<const Entry*>& fresh) {
  for (auto old = gone.begin(); old != gone.end();) {
    const auto now = std::find_if(fresh.begin(), fresh.end(), [old](const Entry* each) {
      return each->rule == (*old)->rule && each->path == (*old)->path;
    });
    if (now == fresh.end()) {
      ++old;
    } else {
      fresh.erase(now);
      old = gone.erase(old);
    }
  }
}

std::size_t shared_layers(const Document& before, const Document& after) {
  if (!before.image || !after.image) return 0;
  const auto& a = before.image->layers;
  const auto& b = after.image->layers;
  std::size_t shared = 0;
  while (shared < std::min(a.size(), b.size()) && !a[shared].diff_id.empty() &&
         a[shared].diff_id == b[shared].diff_id) {
    ++shared;
  }
  return shared;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// "NAME=value" by name; nothing for a value that is not shown.
std::map<std::string, std::optional<std::string>> variables(const Settings& settings) {
  std::map<std::string, std::optional<std::string>> variables;
  for (const std::string& each : settings.environment) {
    const std::size_t mark = each.find('=');
    variables[each.substr(0, mark)] =
        mark == std::string::npos ? std::nullopt : std::optional(each.substr(mark + 1));
  }
  return variables;
}

class SettingChanges {
 public:
  void add(std::string name, const std::string& before, const std::string& after) {
    if (before != after) changes_.push_back({std::move(name), before, after});
  }

  void compare(const Settings& before, const Settings& after) {
    add("folder", before.folder, after.folder);
    add("ports", joined(before.ports), joined(after.ports));
    add("volumes", joined(before.volumes), joined(after.volumes));
    add("healthcheck", before.has_healthcheck ? "yes" : "", after.has_healthcheck ? "yes" : "");
    const auto old = variables(before);
    const auto now = variables(after);
    for (const auto& [name, value] : old) {
      const auto found = now.find(name);
      if (found == now.end()) {
        add(name, value.value_or(kHidden), "");
      } else if (value && found->second) {
        add(name, *value, *found->second);
      }
    }
    for (const auto& [name, value] : now) {
      if (!old.contains(name)) add(name, "", value.value_or(kHidden));
    }
  }

  std::vector<SettingChange> take() { return std::move(changes_); }

 private:
  static constexpr const char* kHidden = "set";
  std::vector<SettingChange> changes_;
};

}  // namespace

std::string_view to_string(PackageChange::Kind kind) {
  switch (kind) {
    case Kind::kAdded: return "added";
    case Kind::kRemoved: return "removed";
    case Kind::kUpgraded: return "upgraded";
    case Kind::kDowngraded: return "downgraded";
    case Kind::kChanged: return "changed";
  }
  return "changed";
}

std::vector<std::string> shown_environment(std::vector<std::string> environment) {
  for (std::string& each : environment) {
    const std::string_view name = std::string_view(each).substr(0, each.find('='));
    const bool is_shown = name == "PATH" || name == "LANG" || name == "VERSION" ||
                          name.ends_with("_VERSION") || name.ends_with("_HOME");
    if (!is_shown) each.resize(name.size());
  }
  return environment;
}

std::size_t Comparison::count(PackageChange::Kind kind) const {
  return static_cast<std::size_t>(
      std::count_if(packages.begin(), packages.end(),
                    [kind](const PackageChange& each) { return each.kind == kind; }));
}

bool Comparison::has_vulnerabilities() const {
  return !before.document->advisories_made.empty() && !after.document->advisories_made.empty();
}

bool Comparison::empty() const {
  return packages.empty() && settings.empty() && gone.empty() && fresh.empty() &&
         findings_gone.empty() && findings_fresh.empty();
}

std::vector<SettingChange> compare_settings(const Compared& before, const Compared& after) {
  SettingChanges changes;
  if (before.document->image && after.document->image) {
    const ImageSummary& a = *before.document->image;
    const ImageSummary& b = *after.document->image;
    changes.add("distribution", a.os, b.os);
    changes.add("platform", a.platform, b.platform);
    if (before.settings != nullptr && after.settings != nullptr) {
      const auto user = [](const ImageSummary& image) {
        const bool is_root = image.user.empty() || image.user == "0" || image.user == "0:0";
        return is_root ? std::string("root") : image.user;
      };
      changes.add("user", user(a), user(b));
      changes.add("start", joined(a.start), joined(b.start));
    }
  }
  if (before.settings != nullptr && after.settings != nullptr) {
    changes.compare(*before.settings, *after.settings);
  }
  return changes.take();
}

Comparison compare(const Compared& before, const Compared& after, const OrderVersions& order) {
  Comparison result{.before = before, .after = after};
  result.packages = changes_of(*before.document, *after.document, order);
  result.settings = compare_settings(before, after);
  const auto old = distinct_vulnerabilities(*before.document);
  const auto now = distinct_vulnerabilities(*after.document);
  const auto id = [](const Vulnerability& each) { return std::string_view(each.id); };
  result.gone = missing(old, now, id);
  result.fresh = missing(now, old, id);
  result.same = missing(now, result.fresh, id);
  result.counts_before = count_vulnerabilities(old);
  result.counts_after = count_vulnerabilities(now);
  const auto what = [](const Entry& each) {
    return std::tuple(std::string_view(each.rule), each.path.value_or(""),
                      std::string_view(each.message));
  };
  const auto findings_before = findings_of(*before.document);
  const auto findings_after = findings_of(*after.document);
  result.findings_gone = missing(findings_before, findings_after, what);
  result.findings_fresh = missing(findings_after, findings_before, what);
  drop_reworded(result.findings_gone, result.findings_fresh);
  result.layers_shared = shared_layers(*before.document, *after.document);
  return result;
}

}  // namespace plimsoll::report
