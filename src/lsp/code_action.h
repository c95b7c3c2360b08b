#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/report.h"
#include "lsp/document.h"

namespace plimsoll::lsp {

inline constexpr std::string_view kFixAllKind = "source.fixAll.plimsoll";
inline constexpr std::string_view kExplainCommand = "plimsoll.explainRule";

/// What the client can do with an edit.
struct EditAbilities {
  bool document_changes = false;  ///< edits that name the version they are for
  bool new_files = false;         ///< edits that create files
};

/// Safe fixes that do not touch each other, first come first; a second run brings the rest.
[[nodiscard]] std::vector<Edit> edits_of_all_safe_fixes(
    const std::vector<const Finding*>& findings);

struct ActionRequest {
  const Document& document;
  const Report& report;
  std::string_view path;  ///< of the document in the report
  const TextIndex& index;
  Encoding encoding;
  /// What the client calls a file of the report.
  std::function<DocumentId(std::string_view path)> id_of;
  const Json& params;  ///< CodeActionParams
  EditAbilities abilities;
  Date today;
};
/// Quick fixes, "ignore here" and "explain" of the findings at the asked range, and the fix of all.
[[nodiscard]] Json code_actions(const ActionRequest& request);

}  // namespace plimsoll::lsp
