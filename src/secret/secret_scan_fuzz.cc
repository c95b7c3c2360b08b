#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/bug.h"
#include "secret/detector_set.h"
#include "secret/secret_scan.h"

namespace {

using namespace plimsoll::secret;

void check(const Outcome& outcome, std::string_view text) {
  std::uint64_t last = 0;
  for (const Hit& hit : outcome.hits) {
    if (hit.begin >= hit.end || hit.end > text.size()) PL_BUG("a hit outside of the text");
    if (hit.begin < last) PL_BUG("hits overlap or are out of order");
    last = hit.end;
    const std::string_view secret = text.substr(hit.begin, hit.end - hit.begin);
    if (secret.size() > 4 && hit.shown.find(secret) != std::string::npos)
      PL_BUG("a secret is shown");
  }
}

bool equal(const Outcome& a, const Outcome& b) {
  if (a.hits.size() != b.hits.size() || a.flooded != b.flooded) return false;
  for (std::size_t i = 0; i < a.hits.size(); ++i) {
    const Hit& one = a.hits[i];
    const Hit& other = b.hits[i];
    if (one.detector != other.detector || one.begin != other.begin || one.end != other.end ||
        one.position != other.position || one.end_position != other.end_position) {
      return false;
    }
  }
  return true;
}

}  // namespace

/// Text cut anywhere has the hits of the whole. The first byte says how long the pieces are, and
/// how much text comes before, so that the scan's own pieces are cut, too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = std::size_t{data[0]} % 61 + 1;
  std::string text;
  if (data[0] % 4 == 3) text.assign((268U << 10U) - std::size_t{data[0]} * 3, '\n');
  for (std::size_t i = 1; i < size; ++i) {
    if (data[i] != 1) text += static_cast<char>(data[i]);
  }
  const std::string_view path = data[0] % 2 == 0 ? "a.yaml" : "main.tf";
  const Outcome whole = scan_text(builtin_detectors(), path, text);
  check(whole, text);
  SecretScan scan(builtin_detectors(), path);
  const std::size_t long_piece = text.size() > (64U << 10U) ? piece * 1021 : piece;
  for (std::size_t at = 0; at < text.size(); at += long_piece) {
    scan.feed(std::string_view(text).substr(at, long_piece));
  }
  if (!equal(std::move(scan).finish(), whole)) PL_BUG("pieces change what is found");
  return 0;
}
