#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "image/wire.h"

/// Any bytes as what a layer told: refused, or the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll::image;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto analysis = from_bytes<LayerAnalysis>(bytes)) {
    const std::string once = to_bytes(*analysis);
    const auto again = from_bytes<LayerAnalysis>(once);
    if (!again || to_bytes(*again) != once) PL_BUG("what was written is read otherwise");
  }
  return 0;
}
