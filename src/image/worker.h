#pragma once

#include <string_view>

/// Everything of an image that is parsed is parsed in processes that can do nothing else: they get
/// an open descriptor to read from and give back what they found.
namespace plimsoll::image {

/// The argument that makes the executable such a process.
inline constexpr std::string_view kWorkerArgument = "--image-worker";

/// A worker's ends of the lines to who asks it. What is asked on one is done in turns with what is
/// asked on the other: so sums of two layers are made beside each other.
inline constexpr int kControls[] = {0, 3};

/// What such a process does until nobody asks any more. @return its status
[[nodiscard]] int run_worker();

}  // namespace plimsoll::image
