#include "advisory/ignore_rules.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "advisory/purl_match.h"
#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

constexpr std::array kFixStates{FixState::kUnknown, FixState::kFixed, FixState::kNotFixed,
                                FixState::kWontFix};

template <class List, class Value>
bool holds_any(const List& list, const Value& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

/// A subject as the conditions of rules see it.
class Match {
 public:
  explicit Match(const IgnoreSubject& subject) : subject_(subject), package_(*subject.package) {
    purl_ = comparable_purl(subject.purl.empty() ? package_.purl : subject.purl);
    if (purl_) source_ = source_purl(*purl_);
    path_ = package_.path;
    while (path_.starts_with('/')) path_.remove_prefix(1);
  }

  [[nodiscard]] bool fulfils(const IgnoreRule& rule) const {
    return has_name(rule) && is_of(rule) && has_purl(rule) && has_path(rule) && has_state(rule);
  }

 private:
  [[nodiscard]] bool has_name(const IgnoreRule& rule) const {
    if (rule.package && !rule.package->matches(package_.name)) return false;
    if (!rule.version.empty() && rule.version != package_.version) return false;
    const std::string& source = package_.source_name.empty() ? package_.name : package_.source_name;
    return !rule.upstream || rule.upstream->matches(source);
  }

  [[nodiscard]] bool is_of(const IgnoreRule& rule) const {
    if (rule.dev_only && !package_.dev) return false;
    if (!rule.types.empty() && (!purl_ || !holds_any(rule.types, purl_->type))) return false;
    if (rule.ecosystem.empty()) return true;
    const std::string& full = subject_.ecosystem.empty() ? package_.ecosystem : subject_.ecosystem;
    return rule.ecosystem == full || rule.ecosystem == full.substr(0, full.find(':'));
  }

  [[nodiscard]] bool has_purl(const IgnoreRule& rule) const {
    if (rule.purls.empty()) return true;
    return purl_ && std::any_of(rule.purls.begin(), rule.purls.end(), [this](const auto& each) {
             return purl_covers(each, *purl_) ||
                    (source_ && is_source_purl(each) && purl_covers(each, *source_));
           });
  }

  [[nodiscard]] bool has_path(const IgnoreRule& rule) const {
    return rule.paths.empty() ||
           std::any_of(rule.paths.begin(), rule.paths.end(),
                       [this](const Glob& each) { return each.matches(path_); });
  }

  [[nodiscard]] bool has_state(const IgnoreRule& rule) const {
    return holds_any(rule.fix_states, subject_.fix_state) &&
           (!rule.vex_status || rule.vex_status == subject_.vex_status) &&
           (rule.vex_justification.empty() ||
            rule.vex_justification == subject_.vex_justification) &&
           (rule.feed.empty() || rule.feed == subject_.feed) &&
           (rule.match_type.empty() || rule.match_type == subject_.match_type);
  }

  const IgnoreSubject& subject_;
  const Package& package_;
  std::optional<PackageUrl> purl_;
  std::optional<PackageUrl> source_;
  std::string_view path_;
};

}  // namespace

std::string_view to_string(FixState state) {
  switch (state) {
    case FixState::kUnknown: return "unknown";
    case FixState::kFixed: return "fixed";
    case FixState::kNotFixed: return "not-fixed";
    case FixState::kWontFix: return "wont-fix";
  }
  return {};
}

std::optional<FixState> parse_fix_state(std::string_view text) {
  const auto* const found =
      std::find_if(kFixStates.begin(), kFixStates.end(),
                   [text](FixState state) { return to_string(state) == text; });
  if (found == kFixStates.end()) return std::nullopt;
  return *found;
}

void IgnoreRules::add(std::vector<IgnoreRule> rules) {
  for (IgnoreRule& rule : rules) {
    const std::size_t index = rules_.size();
    if (rule.ids.empty()) by_id_[""].push_back(index);
    for (const std::string& id : rule.ids) by_id_[ascii::lower(id)].push_back(index);
    rules_.push_back(std::move(rule));
  }
}

IgnoreAnswer IgnoreRules::find(const IgnoreSubject& subject, Date today) const {
  const Match match(subject);
  std::size_t holding = rules_.size();
  std::size_t expired = rules_.size();
  const auto look_up = [&](const std::string& id, bool is_alias) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    for (const std::size_t index : found->second) {
      const IgnoreRule& rule = rules_[index];
      std::size_t& first = rule.until && *rule.until < today ? expired : holding;
      if (index >= first || (is_alias && !rule.aliases) || !match.fulfils(rule)) continue;
      first = index;
    }
  };
  look_up("", false);
  for (std::size_t i = 0; i < subject.ids.size(); ++i) {
    if (!subject.ids[i].empty()) look_up(ascii::lower(subject.ids[i]), i > 0);
  }
  if (holding < rules_.size()) return {.rule = &rules_[holding]};
  if (expired < rules_.size()) return {.expired = &rules_[expired]};
  return {};
}

}  // namespace plimsoll::advisory
