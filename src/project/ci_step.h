#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/limits.h"
#include "project/project.h"

/// What the readers of all CI systems share: scripts and the bound on hostile repetition.
namespace plimsoll::ci {

/// Span of what the CI system itself fills in before a shell sees the script.
/// `${{ … }}` on GitHub (quoted strings may hold `}}`), `$[[ … ]]` on GitLab. Sorted.
[[nodiscard]] std::vector<Span> expressions(std::string_view script, System system);

/// Parses a script in which expressions may stand. Every view of the result is into `run` or the
/// result's arena, with the expressions as written; a word that holds one `expands`.
[[nodiscard]] shell::Script parse_script(std::string_view run, System system,
                                         shell::Dialect dialect);

/// From the key to the end of its line or of the value, whichever comes first.
[[nodiscard]] Place key_place(const Node::Entry& entry, const SourceFile& file);
/// First line of a value.
[[nodiscard]] Place first_line(const Node& node, const SourceFile& file);

/// Aliases and templates let a small file name a large script again and again, so what is read is
/// counted per workflow; once the count is used up, `truncated` is set and no more is read.
class Budget {
 public:
  explicit Budget(Workflow& workflow) : workflow_(workflow) {}

  /// True when `steps` more (or service images, which multiply alike) with `script_bytes` may be
  /// read.
  [[nodiscard]] bool take(std::size_t steps, std::size_t script_bytes);

 private:
  Workflow& workflow_;
  std::size_t steps_left_ = limits::kCiSteps;
  std::size_t bytes_left_ = limits::kCiScriptBytes;
};

/// Fills `run` and everything that follows from it.
void set_script(Step& step, const Node& run, System system, shell::Dialect dialect,
                const SourceFile& file);

/// "image", {name: image} (GitLab) or {image: image} (GitHub).
[[nodiscard]] const Node* image_node(const Node* node);

void read_github(const Node& root, Workflow& workflow);
void read_gitlab(const Node& root, Workflow& workflow);

}  // namespace plimsoll::ci
