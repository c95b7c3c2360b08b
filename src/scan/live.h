#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "scan/load.h"
#include "scan/progress.h"

namespace plimsoll::scan {

/// Called once, and only when a target needs an engine.
using OpenEngine = std::function<Result<std::unique_ptr<engine::Api>>()>;

/// Targets that are no files but containers of an engine: `container:NAME`, and `engine:` for all.
class LiveTargets {
 public:
  /// @return false when the target is a file or folder (one called so is written ./engine:)
  bool take(std::string_view target);
  [[nodiscard]] bool empty() const { return names_.empty() && !all_; }

  /// One Loaded per container, called `container:<its name>`, sorted; for `engine:` one more, which
  /// lists them. What could not be asked for is in their `incomplete`. Never fails.
  [[nodiscard]] std::vector<Loaded> load(const OpenEngine& open, std::size_t jobs,
                                         Progress* progress) const;

 private:
  std::vector<std::string> names_;
  bool all_ = false;
};

}  // namespace plimsoll::scan
