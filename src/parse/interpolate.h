#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"

/// Compose's variables in values.
/// Source: Compose specification, 12-interpolation; compose-go's template package.
namespace plimsoll::interpolate {

/// Looks up a variable; nullopt when unset.
struct Lookup {
  const void* context = nullptr;
  std::optional<std::string> (*get)(const void* context, std::string_view name) = nullptr;
};

/// One reference that was evaluated, those inside a default that was used included.
struct Variable {
  std::string_view name;          ///< views the text given
  Span span;                      ///< from '$' on, in the text given
  bool set = false;               ///< the lookup knows it
  bool used_default = false;      ///< its default, or for `+` its replacement, is in the result
  std::string_view default_text;  ///< after the operator, as written; the message of `?`
  bool required = false;          ///< `?`: without a value Compose refuses the file
};

/// Text that Compose refuses: "$" before something that is no name, or an unclosed "${".
struct SyntaxError {
  Span span;
  std::string message;
};

struct Result {
  std::string text;
  bool known = true;  ///< false: some variable had no value and no default (it gives "")
  std::vector<Variable> variables;
  std::vector<SyntaxError> errors;  ///< the wrong part stays in `text` as written
};

/// $x, ${x}, ${x:-y}, ${x-y}, ${x:?e}, ${x?e}, ${x:+y}, ${x+y}, with variables inside y, and $$.
/// `text` must outlive the result. A result over kExpandedValueBytes or nesting deeper than
/// kInterpolationDepth is an error, and not known.
[[nodiscard]] Result interpolate(std::string_view text, Lookup lookup);

}  // namespace plimsoll::interpolate
