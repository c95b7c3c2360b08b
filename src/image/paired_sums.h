#pragma once

#include <array>
#include <string_view>

#include "archive/sha256.h"
#include "image/turns.h"

namespace plimsoll::image {

/// SHA-256 of what two tasks read, made two at a time: each round of a sum waits for the one
/// before, and a second sum fits into the pauses. So who has bytes lets the other task go on until
/// it has some too.
class PairedSums {
 public:
  explicit PairedSums(Turns& turns) : turns_(turns) {}

  /// From within a task. Returns once all of `bytes` went into `sum`.
  void add(archive::Sha256& sum, std::string_view bytes);

 private:
  struct Part {
    archive::Sha256* sum = nullptr;
    std::string_view bytes;  ///< that did not go into it yet
  };

  static void add_both(Part& shorter, Part& longer);

  Turns& turns_;
  std::array<Part, 2> parts_;  ///< by task
};

}  // namespace plimsoll::image
