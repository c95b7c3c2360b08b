#include "config/peer_setting.h"

#include <utility>

#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::config {

Ignore ignore_of(const Settings& settings, Rules rules, Span span) {
  Ignore ignore;
  ignore.rules = std::move(rules);
  ignore.suppression.by = path::name(settings.source->path());
  ignore.span = span;
  return ignore;
}

void set_severity(Settings& settings, const Rules& rules, Severity severity, Span span) {
  for (const check::Rule* rule : rules) {
    settings.rules.push_back(
        {.rule = rule, .enabled = std::nullopt, .severity = severity, .span = span});
  }
}

std::string hadolint_id(std::string_view id) {
  const std::string upper = ascii::upper(id);
  return (upper.starts_with("SC") ? "shellcheck:" : "hadolint:") + upper;
}

void tell_problems(Settings& settings) {
  for (const Error& problem : settings.problems) settings.notes.push_back(problem.to_line());
  settings.problems.clear();
}

}  // namespace plimsoll::config
