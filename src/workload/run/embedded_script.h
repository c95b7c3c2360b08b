#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/logical_text.h"
#include "parse/shell.h"

namespace plimsoll::run {

/// A shell script that stands in a file of another kind: a recipe, a fenced block, a run step.
struct EmbeddedScript {
  std::string text;      ///< for the shell parser: what the host would replace is made into ${…}
  std::string original;  ///< the same bytes as written; exactly as long
  LogicalText map;       ///< offset in `text` → byte of the file; its own `text` is not used
  shell::Dialect dialect = shell::Dialect::kBash;
};

/// Collects slices of a file into a script.
class ScriptBuilder {
 public:
  explicit ScriptBuilder(const SourceFile& file) : file_(file) {}

  void add(Span span);
  /// A line end that the file may not have here.
  void end_line(std::uint32_t source);
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  /// Leaves the builder empty.
  [[nodiscard]] EmbeddedScript take();

 private:
  void mark(std::uint32_t source);

  const SourceFile& file_;
  std::string text_;
  std::vector<LogicalText::Segment> segments_;
};

/// Makes [begin, end) of `text` an expansion of an unknown variable, as long as it was: a script
/// that says `<your key>` or `${{ inputs.key }}` is no longer a syntax error then. At least 2
/// bytes.
void blank_out(std::string& text, std::size_t begin, std::size_t end);

}  // namespace plimsoll::run
