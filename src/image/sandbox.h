#pragma once

#include <string>

namespace plimsoll::image {

/// What the kernel took away from this process, for good.
struct Sandbox {
  bool no_new_privileges = false;
  int landlock = 0;  ///< the version of the kernel's rules; 0: it has none
  bool seccomp = false;

  /// Nothing but memory and open descriptors is left: no file can be opened, no socket made, no
  /// program started.
  [[nodiscard]] bool is_closed() const { return seccomp; }
  /// "no-new-privileges, landlock 6, seccomp".
  [[nodiscard]] std::string to_string() const;
};

/// Closes this process: it keeps its descriptors and memory, may read and write them, and nothing
/// else. What the kernel does not have is left out and said. Must be called before threads are
/// made. Sources: landlock(7), seccomp(2).
[[nodiscard]] Sandbox close_process();

}  // namespace plimsoll::image
