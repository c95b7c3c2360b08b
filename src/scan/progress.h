#pragma once

#include <atomic>
#include <cstddef>

namespace plimsoll::scan {

/// How far an audit is, for whoever watches it from another thread.
struct Progress {
  std::atomic<std::size_t> files{0};  ///< found so far
  std::atomic<std::size_t> read{0};
  std::atomic<std::size_t> subjects{0};  ///< to be judged; 0 until all is read
  std::atomic<std::size_t> judged{0};
};

}  // namespace plimsoll::scan
