#pragma once

#include <string>
#include <vector>

#include "core/finding.h"
#include "parse/dockerfile.h"
#include "workload/workload.h"

/// Who the main process really is, once everything that decides it is put together: the workload's
/// own setting, the Dockerfile's last USER, the stages it is FROM, what is known of the base image.
namespace plimsoll {

enum class RunsAs : std::uint8_t {
  kNonRoot,
  kDropsRoot,  ///< starts as root; its entrypoint gives that up (gosu, su-exec, setpriv, s6)
  kRoot,
  kUnknown,
};

struct EffectiveUser {
  RunsAs runs_as = RunsAs::kUnknown;
  std::string user;         ///< as the deciding place names it; may be empty
  std::vector<Fact> facts;  ///< what decided it, most specific first
  Place place;              ///< the bytes that decided it; file null when it is an absence
  /// "no USER in stage 'runtime'; base node:20 runs as root; compose.yaml sets no user"
  [[nodiscard]] std::string explain() const;
};

/// "0", "root", "0:0", "root:root", "0:1000" are root. Empty is not a user.
[[nodiscard]] bool is_root_user(std::string_view user);

[[nodiscard]] EffectiveUser effective_user(const dockerfile::Dockerfile& file,
                                           const dockerfile::Stage& stage);
[[nodiscard]] EffectiveUser effective_user(const Workload& workload);

}  // namespace plimsoll
