#include "image/own_platform.h"

#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace plimsoll::image {

Platform own_platform() {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kNames{
      {{"x86_64", "amd64"},
       {"aarch64", "arm64"},
       {"armv7l", "arm"},
       {"armv6l", "arm"},
       {"i686", "386"},
       {"i386", "386"},
       {"ppc64le", "ppc64le"},
       {"s390x", "s390x"},
       {"riscv64", "riscv64"},
       {"loongarch64", "loong64"}}};
  utsname about{};
  ::uname(&about);
  const std::string_view machine = about.machine;
  const auto found = std::find_if(kNames.begin(), kNames.end(),
                                  [machine](const auto& pair) { return pair.first == machine; });
  return {.os = "linux",
          .architecture = std::string(found == kNames.end() ? machine : found->second),
          .variant = {}};
}

Result<SavedImage> read_nearest_image(const BlobStore& store, const Choice& choice) {
  const Platform& said = choice.platform;
  if (said.os.empty() && said.architecture.empty() && said.variant.empty()) {
    auto own = read_saved_image(store, {.name = choice.name, .platform = own_platform()});
    if (own || own.error().code != ErrorCode::kNotFound) return own;
  }
  return read_saved_image(store, choice);
}

}  // namespace plimsoll::image
