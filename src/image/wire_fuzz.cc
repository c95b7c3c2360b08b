#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "image/wire.h"

namespace {

using namespace plimsoll::image;

template <class T>
void look(std::string_view bytes) {
  const auto value = from_bytes<T>(bytes);
  if (!value) return;
  const std::string once = to_bytes(*value);
  const auto again = from_bytes<T>(once);
  if (!again || to_bytes(*again) != once) PL_BUG("what was written is read otherwise");
}

}  // namespace

/// Any bytes as what a worker or a cache told: refused, or the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  look<LayerAnalysis>(bytes);
  look<PackageReadings>(bytes);
  look<ArchiveMembers>(bytes);
  look<SbomReading>(bytes);
  look<ImageAnswer>(bytes);
  return 0;
}
