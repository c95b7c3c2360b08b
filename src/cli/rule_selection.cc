#include "cli/rule_selection.h"

#include "check/rule.h"
#include "cli/output.h"

namespace plimsoll::cli {

std::optional<RuleSelection> select_rules(const std::vector<std::string>& names,
                                          std::string_view option) {
  RuleSelection selection;
  for (const std::string& name : names) {
    if (name == "all") {
      selection.all = true;
    } else if (name == "default") {
      continue;
    } else if (check::find_rule(name) != nullptr) {
      selection.only.push_back(name);
    } else if (const auto aliased = check::rules_for_alias(name); !aliased.empty()) {
      for (const check::Rule* rule : aliased) selection.only.emplace_back(rule->meta.slug);
    } else {
      complain(std::string(option) + ": no rule is called '" + name +
               "' (plimsoll rules lists them)");
      return std::nullopt;
    }
  }
  return selection;
}

}  // namespace plimsoll::cli
