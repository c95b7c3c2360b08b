#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/limits.h"
#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

/// Follows the build stages while instructions are read: which stage each belongs to, what its
/// base is called once global ARGs are put in, and which shell its commands run in.
class StageTracker {
 public:
  explicit StageTracker(Dockerfile& file) : file_(file) {}

  /// To be called for each instruction in order, before its script is parsed.
  void enter(Instruction& instruction, std::uint32_t index);
  /// Closes the last stage.
  void finish();

  /// What shell forms run in from here on.
  [[nodiscard]] shell::Dialect dialect() const { return dialect_; }

 private:
  void open_stage(const Instruction& from, std::uint32_t index);
  void name_stage(const Instruction& from, Stage& stage) const;
  void expand_image(const Word& image, Stage& stage);
  void add_global(const Assignment& arg);
  [[nodiscard]] static std::optional<std::string> look_up(const void* tracker,
                                                          std::string_view name);
  [[nodiscard]] Lookup lookup() const { return {this, &StageTracker::look_up}; }

  Dockerfile& file_;
  shell::Dialect dialect_ = shell::Dialect::kPosix;
  std::vector<shell::Dialect> final_dialects_;  // of the stages before the open one
  /// ARGs before the first FROM, later ones over earlier; nullopt: only --build-arg can tell.
  std::unordered_map<std::string_view, std::optional<std::string>> globals_;
  // One allowance for the whole file: ARG a=$b$b lines double, and a file has room for many.
  std::size_t work_ = limits::kExpandedValueBytes;
};

}  // namespace plimsoll::dockerfile
