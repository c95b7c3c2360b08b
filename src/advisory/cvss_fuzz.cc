#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "advisory/cvss.h"
#include "core/bug.h"

/// Any bytes as a vector: a score there is has one decimal and is 0 to 10.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll::advisory;
  const auto score = score_of({reinterpret_cast<const char*>(data), size});
  if (!score) return 0;
  if (!(score->score >= 0 && score->score <= 10)) PL_BUG("a score out of the scale");
  if (score->score != static_cast<double>(std::lround(score->score * 10)) / 10) {
    PL_BUG("a score with more than one decimal");
  }
  const bool is_none = score->severity == plimsoll::Severity::kInfo;
  if (score->version != "2.0" && is_none != (score->score == 0)) PL_BUG("none, but not 0.0");
  return 0;
}
