#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "workload/run/argument.h"
#include "workload/workload.h"

namespace plimsoll::run {

/// A container while its options are read.
struct Draft {
  Workload workload;
  bool is_rootfs = false;   ///< Podman's --rootfs: the operand is a folder, not an image
  bool incomplete = false;  ///< some options could not be read: what is not seen may still be there
};

/// An option of `run` and `create`, of any engine: one table serves them all, since a name means
/// the same wherever it exists. Sources: docs.docker.com/reference/cli/docker/container/run (29),
/// docs.podman.io/en/latest/markdown/podman-run.1.html (5.7), nerdctl's command reference (2.1).
struct Option {
  enum class Takes : std::uint8_t { kNothing, kValue };
  using Apply = void (*)(Draft&, const Argument&);

  std::string_view name;  ///< without "--"
  char letter = '\0';
  Takes takes = Takes::kValue;
  Apply apply =
      nullptr;  ///< null: no rule asks about it. A switch gets "true" or what was written.
};

[[nodiscard]] const Option* find_option(std::string_view name);
[[nodiscard]] const Option* find_option(char letter);

/// Applies the options at the front as Go's pflag reads them, up to the image.
/// @return index of the image in `arguments`; their count when there is none
std::size_t apply_options(std::span<const Argument> arguments, Draft& draft);

/// Platform defaults of an engine that are not a Value's own.
void apply_defaults(Workload& workload);

}  // namespace plimsoll::run
