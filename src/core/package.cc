#include "core/package.h"

namespace plimsoll {

bool is_kernel_headers(const Package& package) {
  const bool is_of_kernel = package.source_name.starts_with("linux") ||
                            package.source_name.starts_with("kernel") ||
                            package.source_name.empty();
  return is_of_kernel &&
         (package.name == "linux-libc-dev" || package.name == "kernel-headers" ||
          package.name == "linux-headers" || package.name.starts_with("linux-headers-"));
}

}  // namespace plimsoll
