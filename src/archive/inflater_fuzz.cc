#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "archive/inflate.h"
#include "archive/inflater.h"
#include "core/bug.h"

namespace {

constexpr std::size_t kMost = 1U << 20U;

struct Outcome {
  std::string text;
  bool ended = false;
};

Outcome inflated(std::string_view bytes, std::size_t piece) {
  plimsoll::archive::Inflater inflater;
  Outcome outcome;
  while (!bytes.empty() && !outcome.ended && outcome.text.size() <= kMost) {
    const auto step = inflater.step(bytes.substr(0, piece));
    outcome.text += inflater.piece();
    if (!step) break;
    if (step->taken == 0 && !step->ended && !inflater.is_full()) PL_BUG("nothing is taken");
    inflater.drop();
    bytes.remove_prefix(step->taken);
    outcome.ended = step->ended;
  }
  return outcome;
}

}  // namespace

/// Any bytes as DEFLATE: how they are cut changes nothing, and another library takes what we take
/// and unpacks the same. It takes some codes that are incomplete, which we do not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Outcome whole = inflated(bytes, size);
  if (whole.text.size() > kMost) return 0;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{29}}) {
    const Outcome pieces = inflated(bytes, piece);
    if (pieces.ended != whole.ended || pieces.text != whole.text) PL_BUG("pieces matter");
  }
  if (!whole.ended) return 0;
  const auto other = plimsoll::archive::inflate(bytes, kMost);
  if (!other || *other != whole.text) PL_BUG("another library unpacks something else");
  return 0;
}
