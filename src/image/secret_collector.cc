#include "image/secret_collector.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "secret/detector.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kMostOfLayer = 10'000;
constexpr std::size_t kHeadOfText = 8000;  // as Git tells binary files

/// Finds anything of a kind by the name it is given to. In a program such names are everywhere.
bool is_generic(const secret::Hit& hit) {
  const auto found = secret::find_detectors(hit.detector);
  return !found.empty() && found.front()->id == hit.detector && found.front()->rank == 0;
}

}  // namespace

bool SecretCollector::begin(const Entry& entry, std::string_view head) {
  if (head.empty() || into_.size() >= kMostOfLayer) return false;
  if (!secret::why_skipped(detectors_, entry.path).empty()) return false;
  is_text_ = head.substr(0, kHeadOfText).find('\0') == std::string_view::npos;
  // A layer has a limit of its own, and the scan streams.
  scan_.emplace(detectors_, entry.path, UINT64_MAX);
  return true;
}

void SecretCollector::piece(std::string_view bytes) {
  scan_->feed(bytes);
}

void SecretCollector::end(const Entry& entry, bool) {
  const secret::Outcome outcome = std::move(*scan_).finish();
  scan_.reset();
  // Of one path the last holds.
  std::erase_if(into_, [&entry](const FoundSecret& each) { return each.path == entry.path; });
  for (const secret::Hit& hit : outcome.hits) {
    if (is_text_ || !is_generic(hit)) into_.push_back(found_secret(entry.path, hit));
  }
  if (outcome.flooded || into_.size() >= kMostOfLayer) {
    problems_.push_back({ErrorCode::kLimit, "more secrets than are told", entry.path});
  }
}

}  // namespace plimsoll::image
