#pragma once

#include "check/rule.h"

namespace plimsoll::check {

/// Installs tini in the stage that is shipped and starts `process` (ENTRYPOINT or CMD) through it;
/// or says why that cannot be done for certain.
void start_through_init(Finding& finding, const DockerfileView& view,
                        const dockerfile::Instruction& process);

/// Lets the last program of a shell script take the shell's place.
void give_way_to_last(Finding& finding, const DockerfileView& view,
                      const dockerfile::Instruction& process);

}  // namespace plimsoll::check
