#pragma once

#include <string_view>
#include <vector>

#include "core/source_file.h"

namespace plimsoll {

/// One id of a `.trivyignore`.
struct TrivyIgnoreLine {
  std::string_view id;
  std::string_view expiry;  ///< what follows "exp:"; "" without
  std::string_view reason;  ///< the comment above, down to an empty line
  std::string_view rest;    ///< what follows the id
  Span span;                ///< of the line
};

/// The ids of a `.trivyignore`, one a line. Views are into `source`.
/// Source: https://trivy.dev/latest/docs/configuration/filtering/#trivyignore
[[nodiscard]] std::vector<TrivyIgnoreLine> read_trivy_ignore_lines(const SourceFile& source);

}  // namespace plimsoll
