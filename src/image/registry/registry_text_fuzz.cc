#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "http/url.h"
#include "image/made_layout.h"
#include "image/registry/challenge.h"
#include "image/registry/reference.h"

/// Any bytes as what people call an image, and as what registries say in headers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  using namespace plimsoll::image::registry;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto reference = parse_reference(text)) {
    const auto again = parse_reference(reference->to_string());
    if (!again || again->to_string() != reference->to_string()) PL_BUG("a reference is not stable");
    // What is read becomes part of a URL.
    if (!http::parse_url("https://" + reference->host + "/v2/" + reference->repository) &&
        reference->host.find(':') == std::string::npos) {
      PL_BUG("a reference is no URL");
    }
  }
  if (const auto url = http::parse_url(text)) {
    const auto again = http::parse_url(url->to_string());
    if (!again || !again->same_origin(*url) || again->target != url->target) {
      PL_BUG("a URL is not stable");
    }
  }
  const auto next = http::resolve(*http::parse_url("https://r.example/v2/x?y"), text);
  if (next && !http::parse_url(next->to_string())) PL_BUG("a location is no URL");
  for (const Challenge& challenge : parse_challenges(text)) {
    if (challenge.scheme.empty()) PL_BUG("a challenge without scheme");
  }
  static_cast<void>(image::rooted_name(text));
  return 0;
}
