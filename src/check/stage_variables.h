#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "check/rule.h"

namespace plimsoll::check {

/// Which variables a RUN certainly does not have: those that only another stage sets by ENV. Any
/// other may come from the base image, the builder or the script.
class StageVariables {
 public:
  explicit StageVariables(const dockerfile::Dockerfile& file) : file_(file) {}

  /// `text` as the shell sees it when all of its variables are certainly not set; nullopt
  /// otherwise.
  [[nodiscard]] std::optional<std::string> without_unset(const dockerfile::Instruction& run,
                                                         std::string_view text);

 private:
  struct Declared {
    bool as_argument = false;
    std::vector<std::uint32_t> stages;  ///< that set it by ENV
  };
  void read();
  [[nodiscard]] bool is_unset(const dockerfile::Instruction& run, std::string_view name) const;
  [[nodiscard]] bool is_set_in_lineage(const Declared& declared, std::uint32_t stage) const;

  const dockerfile::Dockerfile& file_;
  bool read_ = false;
  std::unordered_map<std::string_view, Declared> declared_;
};

}  // namespace plimsoll::check
