#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "check/fix_value.h"
#include "config/configuration.h"
#include "core/bug.h"
#include "core/limits.h"
#include "core/path.h"

namespace plimsoll::config {
namespace {

bool matches_subject(const Glob& glob, const Finding& finding) {
  const auto matches = [&glob](std::string_view id) {
    return glob.matches(id) || glob.matches(id.substr(id.rfind('#') + 1));
  };
  return matches(finding.subject);
}

class Ignoring {
 public:
  explicit Ignoring(const Configuration& configuration) : configuration_(configuration) {
    for (const LiveIgnore& live : configuration.ignores) {
      for (const check::Rule* rule : live.ignore.rules) {
        by_rule_[rule->meta.slug].push_back(&live);
      }
    }
  }

  void apply(Finding& finding) {
    const auto found = by_rule_.find(finding.rule);
    if (found == by_rule_.end()) return;
    for (const LiveIgnore* live : found->second) {
      // Where a comment or another ignore was first, it still counts as one that matches.
      if (exhausted_ || (finding.suppressed && !is_worth_asking(*live))) continue;
      if (!matches(*live, finding)) continue;
      used_.insert(live);
      if (!finding.suppressed) finding.suppressed = live->ignore.suppression;
    }
  }

  [[nodiscard]] Applied result() const {
    Applied applied{.complete = !exhausted_};
    if (exhausted_ || !knows_unused_) return applied;
    for (const LiveIgnore& live : configuration_.ignores) {
      const bool is_of_rules = !live.ignore.rules.empty();
      if (is_of_rules && used_.count(&live) == 0) applied.unused.push_back(&live);
    }
    return applied;
  }

 private:
  /// Only to learn whether it is used at all. Half of the steps are kept for what decides.
  bool is_worth_asking(const LiveIgnore& live) {
    if (used_.count(&live) != 0) return false;
    if (steps_left_ < limits::kIgnoreSteps / 2) knows_unused_ = false;
    return knows_unused_;
  }

  bool matches(const LiveIgnore& live, const Finding& finding) {
    const Ignore& ignore = live.ignore;
    if (ignore.subject) {
      if (!pay(finding.subject.size(), 64)) return false;
      if (!matches_subject(*ignore.subject, finding)) return false;
    }
    if (!pay(1, 1)) return false;
    if (ignore.paths.empty() && (live.anywhere || finding.file == nullptr)) return true;
    if (finding.file == nullptr) return false;  // about the repository as a whole
    const std::optional<std::string>& path = path_of(*finding.file, live.root);
    if (!path || ignore.paths.empty()) return path.has_value();
    for (const PathPattern& pattern : ignore.paths) {
      if (!pay(path->size(), pattern.text().size())) return false;
      if (pattern.matches(*path)) return true;
    }
    return false;
  }

  const std::optional<std::string>& path_of(const SourceFile& file, const std::string& root) {
    auto& paths = paths_[root];
    const auto [slot, fresh] = paths.try_emplace(&file);
    if (fresh) slot->second = configuration_.below(root, file.path());
    return slot->second;
  }

  bool pay(std::size_t path_bytes, std::size_t pattern_bytes) {
    const std::size_t steps = 1 + path_bytes * pattern_bytes / 8;
    if (steps > steps_left_) exhausted_ = true;
    if (exhausted_) return false;
    steps_left_ -= steps;
    return true;
  }

  const Configuration& configuration_;
  std::unordered_map<std::string_view, std::vector<const LiveIgnore*>> by_rule_;
  using Paths = std::unordered_map<const SourceFile*, std::optional<std::string>>;
  std::map<std::string, Paths> paths_;  ///< by root, of which there are two or three
  std::unordered_set<const LiveIgnore*> used_;
  std::size_t steps_left_ = limits::kIgnoreSteps;
  bool knows_unused_ = true;
  bool exhausted_ = false;  ///< no repository comes near; of a hostile one, the rest is shown
};

}  // namespace

std::optional<std::string> Configuration::below(std::string_view root,
                                                std::string_view path) const {
  if (path == "-") return std::string(path);
  const std::string base = path::join(working_folder, root);
  const std::string whole = path::join(working_folder, path);
  if (!path::is_within(whole, base)) return std::nullopt;
  if (base == "." || base.empty()) return whole;
  if (whole == base) return std::string(".");
  return whole.substr(base == "/" ? 1 : base.size() + 1);
}

const Exclusion* Configuration::exclusion_of(std::string_view path) const {
  const std::string* root = nullptr;
  std::optional<std::string> name;
  for (const Exclusion& exclusion : exclude) {
    if (root == nullptr || *root != exclusion.root) {
      root = &exclusion.root;
      name = below(*root, path);
    }
    if (name && exclusion.pattern.matches(*name)) return &exclusion;
  }
  return nullptr;
}

bool Configuration::shows(std::string_view slug, bool otherwise) const {
  const auto found = rules.find(slug);
  if (found == rules.end() || !found->second.enabled) return otherwise;
  return found->second.enabled->value;
}

Applied Configuration::apply(std::vector<Finding>& findings) const {
  if (!rules.empty()) {
    for (Finding& finding : findings) {
      const auto found = rules.find(finding.rule);
      if (found != rules.end() && found->second.severity) {
        finding.severity = found->second.severity->value;
      }
    }
  }
  if (ignores.empty()) return {};
  Ignoring ignoring(*this);
  for (Finding& finding : findings) ignoring.apply(finding);
  return ignoring.result();
}

void Configuration::apply(check::RuleOptions& options) const {
  if (trusted_registries) options.trusted_registries = trusted_registries->value;
  if (label_schema) options.label_schema = label_schema->value;
  if (strict_labels) options.strict_labels = strict_labels->value;
  for (const auto& [name, value] : fix) {
    const auto set = check::set_fix_value(name, value.value, options.fix);
    if (!set) PL_BUG("a value that was read is none");
  }
}

}  // namespace plimsoll::config
