#pragma once

#include "scan/inputs.h"
#include "scan/lock_files.h"
#include "scan/model.h"

namespace plimsoll::scan {

/// Fills LockFile::installs. The context of a build is what a Compose service says; where none
/// does, the nearest folder from that of the Dockerfile up to the audited one from which a lock
/// file is installed.
void find_installs(const Inputs& inputs, const Model& model, LockFiles& locks,
                   std::vector<Incomplete>& incomplete);

}  // namespace plimsoll::scan
