#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/source_file.h"
#include "parse/node.h"
#include "parse/yaml_edit.h"

/// New YAML as text, in the style of the file it goes into. For yaml_edit.cc.
namespace plimsoll::yaml {

/// How new nodes are written where they go: as the mapping that takes them is written.
struct Spelling {
  bool flow = false;
  bool json = false;
  std::string_view eol = "\n";
  std::string indent;       ///< of the mapping's keys
  std::string step = "  ";  ///< one level deeper
  bool dash_indented = true;

  [[nodiscard]] std::string scalar(const NewNode& node) const;
  [[nodiscard]] std::string key(std::string_view name) const;
  /// On one line, as within flow collections.
  [[nodiscard]] std::string inline_text(const NewNode& node) const;
  /// What follows "key:" in a block, at the key's indentation.
  [[nodiscard]] std::string after_key(const NewNode& node, const std::string& at) const;
  /// "- item" on a line of its own, or on several when it is a mapping.
  [[nodiscard]] std::string item_line(const NewNode& item, const std::string& at) const;
  /// Indentation of the dashes below a key that stands at `at`.
  [[nodiscard]] std::string dash(const std::string& at) const;
};

/// What the file's own lines and this mapping's keys show; or why it cannot be written into.
[[nodiscard]] tl::expected<Spelling, std::string> spelling_in(const SourceFile& file,
                                                              const Node& mapping);

[[nodiscard]] std::string in_double_quotes(std::string_view text);
[[nodiscard]] std::uint32_t line_begin(const SourceFile& file, std::uint32_t offset);
/// Blanks up to the text of the line that holds `offset`; a dash counts as one.
[[nodiscard]] std::optional<std::string> indentation_at(const SourceFile& file,
                                                        std::uint32_t offset);

}  // namespace plimsoll::yaml
