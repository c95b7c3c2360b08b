#include "config/rule_names.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/ascii.h"
#include "core/near_name.h"

namespace plimsoll::config {
namespace {

struct Index {
  std::unordered_map<std::string, Rules> named;
  std::map<std::string, Rules> silenced;  ///< sorted, for prefixes

  static void add(Rules& rules, const check::Rule* rule) {
    if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
  }

  Index() {
    for (const check::Rule* rule : check::all_rules()) {
      const check::Meta& meta = rule->meta;
      add(named[std::string(meta.slug)], rule);
      add(silenced[std::string(meta.slug)], rule);
      for (const std::string_view alias : ascii::split(meta.aliases, ' ')) {
        if (alias.empty()) continue;
        add(named[ascii::lower(alias)], rule);
        add(silenced[ascii::lower(alias)], rule);
      }
      for (const std::string_view alias : ascii::split(meta.silenced_by, ' ')) {
        if (!alias.empty()) add(silenced[ascii::lower(alias)], rule);
      }
    }
  }
};

const Index& index() {
  static const Index kIndex;
  return kIndex;
}

const Rules kNone;

}  // namespace

const Rules& rules_named(std::string_view name) {
  const auto found = index().named.find(ascii::lower(name));
  return found == index().named.end() ? kNone : found->second;
}

const Rules& rules_silenced_by(std::string_view name) {
  const auto found = index().silenced.find(ascii::lower(name));
  return found == index().silenced.end() ? kNone : found->second;
}

Rules rules_silenced_by_prefix(std::string_view prefix) {
  const std::string start = ascii::lower(prefix);
  Rules rules;
  for (auto at = index().silenced.lower_bound(start);
       at != index().silenced.end() && at->first.starts_with(start); ++at) {
    for (const check::Rule* rule : at->second) Index::add(rules, rule);
  }
  return rules;
}

std::string_view near_slug(std::string_view name) {
  for (const std::size_t most : {1U, 2U, 3U}) {
    for (const check::Rule* rule : check::all_rules()) {
      if (is_near(name, rule->meta.slug, most)) return rule->meta.slug;
    }
  }
  return {};
}

std::vector<std::string> all_aliases() {
  std::vector<std::string> aliases;
  for (const check::Rule* rule : check::all_rules()) {
    for (const std::string_view list : {rule->meta.aliases, rule->meta.silenced_by}) {
      for (const std::string_view alias : ascii::split(list, ' ')) {
        if (!alias.empty()) aliases.emplace_back(alias);
      }
    }
  }
  std::sort(aliases.begin(), aliases.end());
  aliases.erase(std::unique(aliases.begin(), aliases.end()), aliases.end());
  return aliases;
}

void UnknownNames::add(std::string_view name) {
  constexpr std::size_t kNamed = 5;
  constexpr std::size_t kLongest = 60;
  if (std::find(names_.begin(), names_.end(), name.substr(0, kLongest)) != names_.end()) return;
  ++count_;
  if (names_.size() < kNamed) names_.emplace_back(name.substr(0, kLongest));
}

void UnknownNames::tell(const std::string& path, std::vector<std::string>& notes) const {
  if (count_ == 0) return;
  std::string line = path + ": no rule is called ";
  for (std::size_t i = 0; i < names_.size(); ++i) {
    line += (i == 0 ? "'" : ", '") + names_[i] + '\'';
  }
  if (count_ > names_.size()) line += " and " + std::to_string(count_ - names_.size()) + " more";
  notes.push_back(line);
}

}  // namespace plimsoll::config
