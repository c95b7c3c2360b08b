#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/rule_names.h"
#include "config/settings.h"

namespace plimsoll::config {

/// An accepted finding as peers write it: by id, for the whole repository.
[[nodiscard]] Ignore ignore_of(const Settings& settings, Rules rules, Span span);

/// Sets a severity for every rule of a name.
void set_severity(Settings& settings, const Rules& rules, Severity severity, Span span);

/// hadolint's ids: ShellCheck's are those of its own rules.
[[nodiscard]] std::string hadolint_id(std::string_view id);

/// What a peer would have refused: told, and the rest is read.
void tell_problems(Settings& settings);

}  // namespace plimsoll::config
