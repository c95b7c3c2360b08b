#pragma once

#include <optional>
#include <span>
#include <vector>

#include "workload/run/argument.h"
#include "workload/workload.h"

namespace plimsoll::run {

struct RunLine {
  Workload workload;       ///< without id
  bool is_create = false;  ///< `docker create`: not started yet
};

/// The run lines of one file, in order.
struct RunLines {
  std::vector<RunLine> lines;
  bool complete = true;  ///< false: a limit of core/limits.h tripped, and some are missing

  void add(RunLine line);
  /// No more will be taken, so there is no use in looking for them.
  [[nodiscard]] bool is_full() const { return !complete; }
};

/// The arguments of one command, program first, as a `docker run` and the like; nullopt when it is
/// none. Wrappers in front are skipped when they stand in a variable ($SUDO docker run).
[[nodiscard]] std::optional<RunLine> read_run_line(std::span<const Argument> command);

}  // namespace plimsoll::run
