#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"
#include "report/vulnerability_counts.h"

namespace plimsoll::report {

/// How an image starts, besides what ImageSummary has of it.
struct Settings {
  std::vector<std::string> environment;  ///< "NAME=value", or "NAME" where the value is not shown
  std::vector<std::string> ports;
  std::vector<std::string> volumes;
  std::string folder;
  bool has_healthcheck = false;
  friend bool operator==(const Settings&, const Settings&) = default;
};
/// A value may be a secret: only those of versions, paths and languages are kept.
[[nodiscard]] std::vector<std::string> shown_environment(std::vector<std::string> environment);

/// Orders two versions of an ecosystem as std::strcmp does; nothing where it cannot.
using OrderVersions = std::function<std::optional<int>(std::string_view ecosystem,
                                                       std::string_view a, std::string_view b)>;

struct PackageChange {
  enum class Kind { kAdded, kRemoved, kUpgraded, kDowngraded, kChanged };
  Kind kind = Kind::kChanged;       ///< kChanged: which version is later is not known
  const Package* before = nullptr;  ///< null for what was added
  const Package* after = nullptr;   ///< null for what was removed
};
[[nodiscard]] std::string_view to_string(PackageChange::Kind kind);

struct SettingChange {
  std::string name;    ///< "user", "PYTHON_VERSION"
  std::string before;  ///< "" where it was not set
  std::string after;
  friend bool operator==(const SettingChange&, const SettingChange&) = default;
};

/// One image, or a base, with what is known of it.
struct Compared {
  const Document* document = nullptr;
  const Settings* settings = nullptr;  ///< null: not known
};

/// What is different in `after`. Points into both documents.
struct Comparison {
  Compared before;
  Compared after;
  std::vector<PackageChange> packages;  ///< by kind, ecosystem, name
  std::vector<SettingChange> settings;
  std::vector<const Vulnerability*> gone;   ///< of `before`, each id once
  std::vector<const Vulnerability*> fresh;  ///< of `after`
  std::vector<const Vulnerability*> same;   ///< of `after`
  VulnerabilityCounts counts_before;
  VulnerabilityCounts counts_after;
  std::vector<const Entry*> findings_gone;  ///< of rules
  std::vector<const Entry*> findings_fresh;
  std::size_t layers_shared = 0;  ///< how many of the lowest are the same

  [[nodiscard]] std::size_t count(PackageChange::Kind kind) const;
  [[nodiscard]] bool has_vulnerabilities() const;  ///< both were judged
  [[nodiscard]] bool empty() const;
};

/// @param order  of versions
[[nodiscard]] Comparison compare(const Compared& before, const Compared& after,
                                 const OrderVersions& order);

/// "user", "entrypoint" and the like that are not the same.
[[nodiscard]] std::vector<SettingChange> compare_settings(const Compared& before,
                                                          const Compared& after);

}  // namespace plimsoll::report
