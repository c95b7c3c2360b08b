#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace plimsoll::image {

struct Inventory;

/// What the programs that an image starts can have in memory, as far as their files tell.
struct Loadable {
  std::set<std::string> paths;  ///< where files really are
  /// Nothing else can be: no script, nothing that opens libraries by name or starts programs, and
  /// every library was found.
  bool is_complete = false;
  std::uint64_t unreachable_bytes = 0;  ///< of programs and libraries outside of `paths`
};

/// Begins with entrypoint, command and health check, and follows interpreters and needed libraries
/// as the dynamic linker would. Source: ld.so(8), and the manual of musl.
[[nodiscard]] Loadable find_loadable(const Inventory& inventory);

}  // namespace plimsoll::image
