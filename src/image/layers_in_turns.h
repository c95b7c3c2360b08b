#pragma once

#include "image/paired_sums.h"
#include "image/turns.h"

namespace plimsoll::image {

/// What two layers share that are read in turns.
struct LayersInTurns {
  explicit LayersInTurns(Turns& turns) : sums(turns), large_file(turns) {}

  PairedSums sums;
  /// Of one layer only is a large file kept at a time, so that two take little more memory than
  /// one.
  Exclusive large_file;
};

}  // namespace plimsoll::image
