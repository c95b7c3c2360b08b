#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "secret/detector.h"

namespace plimsoll::secret {

/// Offsets into Spot::text.
struct Assignment {
  std::size_t name_begin = 0;  ///< of the whole name that the keyword is in: "my.api_key"
  std::size_t name_end = 0;
  std::size_t value = 0;  ///< where the value begins, behind its quote
};

/// Is the keyword in a name that is given a value? As code, configuration, shells, JSON, YAML and
/// XML write it:
///
///   keyword { letter | digit | "_" | "." | "-" | blank } [ up to 4 quotes, blanks, "]", "\" ]
///   ( "=" | ":=" | "::=" | "=>" | ">" | ":" | "?=" | "||" | "," ) [ up to 6 quotes, blanks, "=" ]
///
/// Looks at some 40 bytes behind the keyword, none of them twice.
[[nodiscard]] std::optional<Assignment> find_assignment(const Spot& spot);

/// A value ends here: a quote, a blank, a line end, `;`, `,`, `<`, `&`, `}` or an escape, or at the
/// end of the text.
[[nodiscard]] bool ends_value(std::string_view text, std::size_t at);

}  // namespace plimsoll::secret
