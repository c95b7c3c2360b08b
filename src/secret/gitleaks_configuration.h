#pragma once

#include "secret/configuration.h"

namespace plimsoll::secret {

/// .gitleaks.toml: `[[rules]]`, `[allowlist]` and `[[allowlists]]` of rules and of all,
/// `[extend] useDefault`, `disabledRules`. Without `useDefault` its rules are the only ones.
/// `extend.path` and `extend.url` are not followed, which is noted.
/// Source: https://github.com/gitleaks/gitleaks (README: Configuration)
[[nodiscard]] Result<Configuration> read_gitleaks_configuration(const SourceFile& source);

}  // namespace plimsoll::secret
