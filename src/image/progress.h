#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace plimsoll::image {

/// How far the reading of an image is, for whoever watches it from another thread.
struct Progress {
  std::atomic<std::size_t> layers{0};  ///< of the image; 0 while that is not known
  std::atomic<std::size_t> layers_done{0};
  std::atomic<std::uint64_t> bytes{0};  ///< as they are stored; 0 while that is not known
  std::atomic<std::uint64_t> bytes_done{0};
};

}  // namespace plimsoll::image
