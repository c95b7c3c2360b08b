#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "core/finding.h"
#include "parse/node.h"

/// Edits of YAML and JSON as byte splices: nothing is printed anew, so comments, order, quoting,
/// indentation and line ends stay. What cannot be edited for certain (an anchor with several users,
/// tabs, a value that an alias brings) is refused, with the reason.
///
/// What is written several times at one place goes together: edits that create the same parent
/// write it once (core/splice.h).
namespace plimsoll::yaml {

/// The edits, or why there are none: a phrase without full stop.
using Edits = tl::expected<std::vector<Edit>, std::string>;

/// What gets written.
struct NewNode {
  struct Entry;
  enum class Kind : unsigned char { kText, kLiteral, kMapping, kSequence };
  Kind kind = Kind::kText;
  /// kText: a string, quoted where it has to be; kLiteral: `true`, `42` as it is
  std::string text;
  std::vector<Entry> entries;
  std::vector<NewNode> items;
  bool on_one_line = false;  ///< of a collection: [a, b], also in a block

  [[nodiscard]] static NewNode of(std::string_view text);
  [[nodiscard]] static NewNode literal(std::string_view text);
  [[nodiscard]] static NewNode list(const std::vector<std::string>& texts);
  [[nodiscard]] static NewNode mapping(std::vector<Entry> entries);
};
struct NewNode::Entry {
  std::string key;
  NewNode value;
};

/// Keys from a mapping down to one of its descendants.
using Path = std::vector<std::string>;

/// Gives `mapping`[path…] this value: creates what is missing, replaces a scalar that is there.
[[nodiscard]] Edits put(const SourceFile& file, const Node& mapping, const Path& path,
                        const NewNode& value);
/// Adds an item to the sequence at `mapping`[path…], which is created when it is not there.
[[nodiscard]] Edits append(const SourceFile& file, const Node& mapping, const Path& path,
                           const NewNode& item);
/// Takes an entry out, with its line's comment. Not the only one of its mapping.
[[nodiscard]] Edits remove(const SourceFile& file, const Node& mapping, std::string_view key);
/// Takes an item out of the sequence `mapping`[key]; with the last one the key goes.
[[nodiscard]] Edits remove_item(const SourceFile& file, const Node& mapping, std::string_view key,
                                std::size_t index);
/// Writes another scalar over one, quoted as it was.
[[nodiscard]] Edits replace(const SourceFile& file, const Node& scalar, const NewNode& value);

/// A string as YAML takes it in any place: plain where that is certain, else in double quotes.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace plimsoll::yaml
