#include "core/bug.h"

#include <cstdio>
#include <cstdlib>

namespace plimsoll {

void bug(const char* what, const char* file, int line) {
  std::fprintf(stderr, "plimsoll: bug: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace plimsoll
