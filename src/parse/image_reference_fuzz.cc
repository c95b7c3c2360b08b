#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "parse/image_reference.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto reference = parse_image_reference(text);
  if (!reference) {
    if (reference.error().message.empty()) PL_BUG("an error without a message");
    return 0;
  }
  const auto canonical = parse_image_reference(to_string(*reference));
  if (!canonical || to_string(*canonical) != to_string(*reference)) {
    PL_BUG("the canonical form does not read back as itself");
  }
  const auto familiar = parse_image_reference(reference->familiar_name());
  if (!familiar || familiar->registry != reference->registry ||
      familiar->repository != reference->repository) {
    PL_BUG("the familiar name means another image");
  }
  return 0;
}
