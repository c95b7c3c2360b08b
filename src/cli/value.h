#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::cli {

struct Word {
  std::string text;
  std::string title;  ///< one line, may be empty
};

/// What the value of an option or argument may be.
struct Values {
  std::vector<Word> words;
  bool closed = false;  ///< nothing but `words`
  bool list = false;    ///< several, parted by commas
  bool files = false;
};

/// The type name of an option says it: alternatives parted by `|`, a list when it ends in `,...`.
/// A lower-case alternative is itself; FORMAT, SEVERITY, RULE and COMMAND stand for the names that
/// this executable knows, FILE, FOLDER, PATH and TARGET for paths, anything else for free text.
/// "SEVERITY|none": a severity, or the word none.
[[nodiscard]] Values values_of(std::string_view type_name);

}  // namespace plimsoll::cli
