#pragma once

#include "secret/configuration.h"

namespace plimsoll::secret {

/// trivy-secret.yaml: `rules`, `allow-rules`, `exclude-block`, `enable-builtin-rules`,
/// `disable-rules`, `disable-allow-rules`.
/// Source: https://trivy.dev/latest/docs/scanner/secret/ (configuration)
[[nodiscard]] Result<Configuration> read_trivy_configuration(const SourceFile& source);

}  // namespace plimsoll::secret
