#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "workload/end_of_life.h"
#include "workload/image_facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto reference = parse_image_reference(text);
  if (!reference) return 0;

  const ImageFacts* facts = find_image_facts(*reference);
  const std::string_view user = default_user(*reference);
  if (!user.empty() && (facts == nullptr || facts->user != user)) {
    PL_BUG("a user that the facts do not name");
  }
  if (has_shell(*reference) == false && family_of(*reference) == ImageFamily::kAlpine &&
      facts == nullptr) {
    PL_BUG("Alpine without a shell");
  }
  (void)is_minimal(*reference);

  const auto ends = end_of_life(*reference);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const bool repeated =
        std::any_of(ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const EndOfLife& other) { return other.product == ends[i].product; });
    if (repeated) PL_BUG("a product twice");
  }
  return 0;
}
