#include <cstdint>
#include <string_view>
#include <vector>

#include "archive/decompress.h"
#include "core/bug.h"
#include "image/tar.h"

/// Any bytes as a layer: unpacked, and walked as a tar.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  using namespace plimsoll::image;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  archive::ExpansionLimits limits;
  limits.most_bytes = 8U << 20U;
  auto stream = archive::decompress(archive::memory_stream(bytes), limits);
  if (!stream) return 0;
  TarReader tar(**stream);
  std::vector<char> buffer(1000);
  std::uint64_t at = 0;
  while (true) {
    const auto entry = tar.next();
    if (!entry || !*entry) break;
    if ((*entry)->offset < at) PL_BUG("entries go backwards");
    at = (*entry)->offset;
    std::uint64_t content = 0;
    while (true) {
      const auto got = tar.read(buffer);
      if (!got || *got == 0) break;
      content += *got;
    }
    if (content > (*entry)->size) PL_BUG("more content than the entry has");
  }
  return 0;
}
