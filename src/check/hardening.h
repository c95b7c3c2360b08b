#pragma once

#include <string>
#include <vector>

#include "check/rule.h"
#include "workload/spelling.h"

/// What a workload needs once it is hardened, from what is known of its image; a fix that rests on
/// such knowledge is safe, one that guesses is not.
namespace plimsoll::check {

struct NeededCapabilities {
  std::vector<std::string> names;  ///< to be added back after everything was dropped
  bool known = false;              ///< from image facts; else the usual ones
};
[[nodiscard]] NeededCapabilities needed_capabilities(const Workload& workload);

struct NeededScratch {
  std::vector<spelling::Scratch> folders;  ///< without those where something is mounted
  bool known = false;
};
[[nodiscard]] NeededScratch needed_scratch(const Workload& workload);

/// An account other than root that the image's program is known to work as: "999:999"; "" when not
/// known.
[[nodiscard]] std::string known_account(const Workload& workload);

/// Who a workload should run as instead of root.
struct Account {
  std::string ids;  ///< "999:999"
  /// Nothing is known of the image, so it is FixValues::user, which the user may have chosen.
  bool is_choice = false;
};
[[nodiscard]] Account account_for(const Workload& workload, const FixValues& values);
/// Gives the finding the fix that these edits are, safe when the account was chosen by the user.
void offer_account(Finding& finding, std::string title, spelling::Edits edits,
                   const Account& account, const FixValues& values);

/// It is known to run as an account other than root.
[[nodiscard]] bool runs_as_nonroot(const Workload& workload);

/// It is pulled as it is published, so that facts about the image are facts about the container.
[[nodiscard]] bool runs_published_image(const Workload& workload);

/// Gives the finding about a variable the fix that takes its value out of the file: a secret of the
/// project where the image reads files, else a variable from outside.
void offer_outside_value(const Workload& workload, const EnvironmentVariable& variable,
                         Finding& finding);

/// Gives the finding the fix that drops all capabilities, or NET_RAW alone where nothing more is
/// known to be safe.
void offer_capability_drop(const Workload& workload, const Sink& sink, Finding& finding);

}  // namespace plimsoll::check
