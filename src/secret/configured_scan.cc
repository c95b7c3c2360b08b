#include "secret/configured_scan.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "secret/allowance.h"
#include "secret/detector_set.h"
#include "secret/value.h"

namespace plimsoll::secret {
namespace {

constexpr std::size_t kWindow = 1U << 20U;
constexpr std::size_t kOverlap = 4U << 10U;
constexpr int kMostGroups = 32;

using Range = std::pair<std::size_t, std::size_t>;

/// Calls `use(groups)` for each match, from left to right.
template <class Use>
void for_each_match(const re2::RE2& pattern, std::string_view text, int groups, const Use& use) {
  std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups) + 1);
  std::size_t at = 0;
  while (at <= text.size() &&
         pattern.Match(re2::StringPiece(text.data(), text.size()), at, text.size(),
                       re2::RE2::UNANCHORED, found.data(), groups + 1)) {
    const auto begin = static_cast<std::size_t>(found[0].data() - text.data());
    if (!use(found)) return;
    at = begin + std::max<std::size_t>(found[0].size(), 1);
  }
}

void add_blocks(const std::vector<Pattern>& patterns, std::string_view text,
                std::vector<Range>& blocks) {
  for (const Pattern& pattern : patterns) {
    for_each_match(*pattern, text, 0, [&](const std::vector<re2::StringPiece>& found) {
      const auto begin = static_cast<std::size_t>(found[0].data() - text.data());
      blocks.emplace_back(begin, begin + found[0].size());
      return blocks.size() < kMostHits;
    });
  }
}

bool is_within(Range range, const std::vector<Range>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [&](Range block) {
    return block.first <= range.first && range.second <= block.second;
  });
}

}  // namespace

ConfiguredScan::ConfiguredScan(const DetectorSet& detectors, std::string_view path)
    : detectors_(detectors), path_(path) {}

bool ConfiguredScan::is_needed(const DetectorSet& detectors) {
  return !detectors.configuration().detectors.empty();
}

void ConfiguredScan::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t room = kWindow + kOverlap - window_.size();
    const std::size_t taken = std::min(room, bytes.size());
    window_.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    if (taken == room) look(false);
  }
}

std::vector<Hit> ConfiguredScan::finish() {
  look(true);
  return std::move(hits_);
}

void ConfiguredScan::look(bool last) {
  const Configuration& configuration = detectors_.configuration();
  const std::size_t owned = last ? window_.size() + 1 : kWindow;
  lower_ = ascii::lower(window_);
  std::vector<Range> blocks;
  add_blocks(configuration.excluded_blocks, window_, blocks);
  for (const ConfiguredDetector& detector : configuration.detectors) {
    if (detector.pattern == nullptr) continue;
    if (detector.path != nullptr && !is_found(detector.path, path_)) continue;
    const auto& keywords = detector.keywords;
    const bool has_keyword =
        keywords.empty() || std::any_of(keywords.begin(), keywords.end(), [&](const auto& word) {
          return lower_.find(word) != std::string::npos;
        });
    if (has_keyword) look_for(detector, owned, blocks);
  }
  if (last) return;
  lines_.advance(std::string_view(window_).substr(0, kWindow));
  window_.erase(0, kWindow);
  base_ += kWindow;
}

void ConfiguredScan::look_for(const ConfiguredDetector& detector, std::size_t owned,
                              const std::vector<Range>& all_blocks) {
  std::vector<Range> blocks = all_blocks;
  add_blocks(detector.excluded_blocks, window_, blocks);
  const re2::RE2& pattern = *detector.pattern;
  const int groups = std::min(pattern.NumberOfCapturingGroups(), kMostGroups);
  for_each_match(pattern, window_, groups, [&](const std::vector<re2::StringPiece>& found) {
    const std::string_view match(found[0].data(), found[0].size());
    const auto offset = [&](const re2::StringPiece& piece) {
      return static_cast<std::size_t>(piece.data() - window_.data());
    };
    if (offset(found[0]) >= owned || hits_.size() > kMostHits) return false;
    std::vector<std::size_t> wanted;
    for (const int group : detector.groups) {
      if (group <= groups) wanted.push_back(static_cast<std::size_t>(group));
    }
    if (detector.first_group) {
      for (std::size_t i = 1; i < found.size() && wanted.empty(); ++i) {
        if (!found[i].empty()) wanted.push_back(i);
      }
    }
    if (wanted.empty()) wanted.push_back(0);
    for (const std::size_t group : wanted) {
      if (found[group].empty()) continue;
      const Range range{offset(found[group]), offset(found[group]) + found[group].size()};
      if (!is_within(range, blocks)) add(detector, range.first, range.second, match);
    }
    return true;
  });
}

void ConfiguredScan::add(const ConfiguredDetector& detector, std::size_t begin, std::size_t end,
                         std::string_view match) {
  const std::string_view window = window_;
  const std::string_view secret = window.substr(begin, end - begin);
  if (detector.entropy > 0 && entropy(secret) <= detector.entropy) return;
  const Claim claim{detector.id, path_, secret, match, line_around(window, begin, end)};
  if (any_allows(detector.allowances, claim)) return;
  if (any_allows(detectors_.configuration().allowances, claim)) return;
  Hit hit;
  hit.detector = detector.id;
  hit.title = detector.title;
  hit.family = detector.family;
  hit.severity = detector.severity;
  hit.severity_unknown = detector.severity_unknown;
  hit.begin = base_ + begin;
  hit.end = base_ + end;
  hit.position = lines_.position(window.substr(0, begin));
  hit.end_position = lines_.position(window.substr(0, end));
  hit.shown = shown(secret);
  hit.digest = digest_of(secret);
  hits_.push_back(std::move(hit));
}

}  // namespace plimsoll::secret
