#include "secret/secret_scan.h"

#include <hs/hs.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "secret/allowance.h"
#include "secret/assignment.h"
#include "secret/configured_scan.h"
#include "secret/detector_set.h"
#include "secret/line_count.h"
#include "secret/next_pair.h"
#include "secret/path_rules.h"
#include "secret/value.h"

namespace plimsoll::secret {
namespace {

/// What is looked at in one go. The buffer holds this and the surroundings of a keyword.
constexpr std::size_t kChunk = 256U << 10U;
/// How long a match of a pattern may be; a token of a JSON Web Token's length and more.
constexpr std::size_t kLongestToken = 4U << 10U;
/// Of an assigned value.
constexpr std::size_t kLongestValue = 1U << 10U;
/// What functions and searches may look at, beyond a multiple of the text: text made to be slow is
/// given up on, and that is said.
constexpr std::uint64_t kWork = 64U << 20U;
constexpr std::uint64_t kWorkPerByte = 64;

constexpr auto kRightWords = [] {
  std::array<bool, 256> words{};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const char c = static_cast<char>(i);
    words[i] = ascii::is_name(c) || c == '-';
  }
  return words;
}();

bool is_right_word(char c) {
  return kRightWords[static_cast<unsigned char>(c)];
}

/// Enough of a token from there on.
bool has_run(std::string_view text, std::size_t begin, std::size_t size) {
  if (begin + size > text.size()) return false;
  const std::string_view run = text.substr(begin, size);
  return std::all_of(run.begin(), run.end(), is_right_word);
}

/// Most values in code are names and numbers, shorter than any secret of a known form.
std::optional<Assignment> worth_asking(const Spot& spot, std::optional<Assignment> assignment) {
  constexpr std::size_t kShortest = 8;
  if (!assignment) return assignment;
  for (std::size_t i = 0; i < kShortest; ++i) {
    if (ends_value(spot.text, assignment->value + i)) return std::nullopt;
  }
  return assignment;
}

/// A hit before it is told: detectors compete for the same bytes.
struct Candidate {
  Hit hit;
  std::uint8_t rank = 0;
};

/// Within one rank, the longer.
bool beats(const Candidate& a, const Candidate& b) {
  if (a.rank != b.rank) return a.rank > b.rank;
  return a.hit.end - a.hit.begin > b.hit.end - b.hit.begin;
}

}  // namespace

class SecretScan::State {
 public:
  State(const DetectorSet& detectors, std::string_view path, std::uint64_t most_bytes)
      : set_(detectors), path_(path), most_bytes_(most_bytes), off_(detectors.detectors().size()) {
    for (const DetectorSet::Ready& ready : set_.detectors()) {
      off_[ready.index] =
          !ready.detector->files.empty() && !path_matches(ready.detector->files, path);
    }
    if (ConfiguredScan::is_needed(detectors)) configured_.emplace(detectors, path_);
  }

  void feed(std::string_view bytes) {
    bytes = counted(bytes);
    while (!bytes.empty()) {
      const std::size_t room = kChunk + kBefore + kAfter - buffer_.size();
      const std::size_t taken = std::min(room, bytes.size());
      buffer_.append(bytes.substr(0, taken));
      window_ = buffer_;
      bytes.remove_prefix(taken);
      if (taken == room) scan(false);
    }
  }

  /// All of it at once, in place of feed(): nothing is copied.
  void take_whole(std::string_view text) {
    window_ = counted(text);
    ends_ = true;
    while (scanned_ < window_.size() && !outcome_.flooded) {
      scan_to(std::min<std::uint64_t>(scanned_ + kChunk, window_.size()));
    }
  }

  Outcome finish() {
    scan(true);
    if (configured_) {
      for (Hit& hit : configured_->finish()) add(std::move(hit), 9);
    }
    tell();
    return std::move(outcome_);
  }

 private:
  /// As much as may be looked at.
  std::string_view counted(std::string_view bytes) {
    const std::uint64_t left = most_bytes_ - fed_;
    if (bytes.size() > left) {
      outcome_.cut = true;
      bytes = bytes.substr(0, left);
    }
    fed_ += bytes.size();
    if (configured_) configured_->feed(bytes);
    return bytes;
  }

  /// Handles the keywords that begin in what is new and has all its surroundings.
  void scan(bool last) {
    const std::size_t behind = kAfter + set_.longest_keyword();
    const std::uint64_t end = base_ + window_.size();
    ends_ = last;
    scan_to(last ? end : end - std::min<std::uint64_t>(behind, window_.size()));
    if (last) return;
    const std::uint64_t keep = scanned_ - std::min<std::uint64_t>(scanned_ - base_, kBefore);
    count_lines(static_cast<std::size_t>(keep - base_));
    counted_ = 0;
    buffer_.erase(0, static_cast<std::size_t>(keep - base_));
    window_ = buffer_;
    base_ = keep;
  }

  /// Up to a place of the window.
  void count_lines(std::size_t to) {
    if (to <= counted_) return;
    lines_.advance(window_.substr(counted_, to - counted_));
    counted_ = to;
  }

  /// Those that begin before `limit`.
  void scan_to(std::uint64_t limit) {
    limit_ = limit;
    if (limit_ <= scanned_) return;
    from_ = static_cast<std::size_t>(scanned_ - base_);
    const auto to = std::min<std::size_t>(
        static_cast<std::size_t>(limit_ - base_) + set_.longest_keyword(), window_.size());
    if (set_.database() != nullptr) {
      hs_scan(set_.database(), window_.data() + from_, static_cast<unsigned>(to - from_), 0,
              set_.scratch(), &State::on_keyword, this);
    }
    for (const std::uint16_t index : set_.pairs()) find_pairs(set_.detectors()[index], from_);
    scanned_ = limit_;
  }

  static int on_keyword(unsigned id, unsigned long long, unsigned long long to, unsigned,
                        void* context) {
    State& state = *static_cast<State*>(context);
    const DetectorSet::Keyword& keyword = state.set_.keywords()[id];
    const std::size_t at = state.from_ + static_cast<std::size_t>(to) - keyword.text.size();
    if (state.base_ + at >= state.limit_) return 0;
    const std::size_t behind = at + keyword.text.size();
    if (keyword.run > 0 && !has_run(state.window_, behind, keyword.run)) return 0;
    state.at_keyword(keyword, at);
    return state.outcome_.flooded ? 1 : 0;
  }

  void find_pairs(const DetectorSet::Ready& ready, std::size_t from) {
    const Detector& detector = *ready.detector;
    const auto end = static_cast<std::size_t>(limit_ - base_);
    for (std::size_t at = from; at < end && !outcome_.flooded; ++at) {
      at = next_pair(window_, at, end, detector.pair, detector.pair_gap);
      if (at < end && has_run(window_, at + 1, detector.pair_gap - 1)) {
        token(ready, spot_at(at, detector.pair_gap + 1));
      }
    }
  }

  [[nodiscard]] Spot spot_at(std::size_t at, std::size_t keyword) const {
    const std::size_t begin = at - std::min(at, kBefore);
    const std::size_t size = at - begin + keyword + kAfter;
    Spot spot;
    spot.text = window_.substr(begin, size);
    spot.at = at - begin;
    spot.keyword = keyword;
    spot.path = path_;
    spot.starts_text = base_ + begin == 0;
    spot.ends_text = ends_ && begin + size >= window_.size();
    return spot;
  }

  void at_keyword(const DetectorSet::Keyword& keyword, std::size_t at) {
    const Spot spot = spot_at(at, keyword.text.size());
    std::optional<Assignment> assignment;
    bool asked = false;
    for (const std::uint16_t index : keyword.detectors) {
      if (off_[index] || outcome_.flooded) continue;
      const DetectorSet::Ready& ready = set_.detectors()[index];
      switch (ready.detector->shape) {
        case Shape::kToken: token(ready, spot); break;
        case Shape::kFound: found(ready, spot); break;
        case Shape::kAssigned:
          if (!asked) assignment = worth_asking(spot, find_assignment(spot));
          asked = true;
          if (assignment) assigned(ready, spot, *assignment);
          break;
      }
    }
  }

  void token(const DetectorSet::Ready& ready, const Spot& spot) {
    const Detector& detector = *ready.detector;
    if (!has_run(spot.text, spot.at + spot.keyword, detector.run)) return;
    if (detector.reach == 0) {
      const char before = spot.at == 0 ? ' ' : spot.text[spot.at - 1];
      if (detector.left_edge && ascii::is_name(before)) return;
      if (ready.open_ended && (is_right_word(before) || before == '+' || before == '/')) return;
      const std::string_view text = spot.text.substr(0, spot.at + kLongestToken);
      match(ready, spot, text, spot.at, re2::RE2::ANCHOR_START);
      return;
    }
    // Matches may follow each other closely: look on until one lies behind the keyword.
    std::size_t begin = spot.at - std::min(spot.at, detector.reach);
    const std::string_view text = spot.text.substr(0, spot.at + spot.keyword + detector.after);
    for (int i = 0; i < 16 && begin <= spot.at && spend(text.size() - begin); ++i) {
      const std::size_t end = match(ready, spot, text, begin, re2::RE2::UNANCHORED);
      if (end == 0) return;
      begin = end;
    }
  }

  /// @return the end of the match; 0 when there is none
  std::size_t match(const DetectorSet::Ready& ready, const Spot& spot, std::string_view text,
                    std::size_t begin, re2::RE2::Anchor anchor) {
    const Detector& detector = *ready.detector;
    re2::StringPiece groups[4];
    const int count = detector.group + 1;
    if (!set_.pattern(ready).Match(re2::StringPiece(text.data(), text.size()), begin, text.size(),
                                   anchor, groups, count)) {
      return 0;
    }
    const auto offset = [&](const char* at) { return static_cast<std::size_t>(at - text.data()); };
    const std::size_t from = offset(groups[0].data());
    const std::size_t to = from + groups[0].size();
    const std::size_t next = std::max(to, from + 1);
    const auto& group = groups[detector.group];
    if (group.data() == nullptr) return next;
    if (detector.left_edge && from > 0 && ascii::is_name(spot.text[from - 1])) return next;
    if (detector.right_edge && to < spot.text.size() && is_right_word(spot.text[to])) return next;
    consider(ready, spot, {offset(group.data()), offset(group.data()) + group.size()});
    return next;
  }

  void assigned(const DetectorSet::Ready& ready, const Spot& spot, const Assignment& assignment) {
    const std::string_view text = spot.text.substr(0, assignment.value + kLongestValue);
    re2::StringPiece group;
    if (!set_.pattern(ready).Match(re2::StringPiece(text.data(), text.size()), assignment.value,
                                   text.size(), re2::RE2::ANCHOR_START, &group, 1)) {
      return;
    }
    const std::size_t end = assignment.value + group.size();
    if (ready.detector->right_edge && !ends_value(spot.text, end)) return;
    consider(ready, spot, {assignment.value, end});
  }

  void found(const DetectorSet::Ready& ready, const Spot& spot) {
    std::vector<Match> matches;
    if (!spend(ready.detector->reach)) return;
    ready.detector->find(spot, matches);
    for (const Match& match : matches) consider(ready, spot, match);
  }

  void consider(const DetectorSet::Ready& ready, const Spot& spot, Match match) {
    const Detector& detector = *ready.detector;
    const std::string_view secret = spot.text.substr(match.begin, match.end - match.begin);
    if (secret.empty()) return;
    if (detector.entropy > 0 && entropy(secret) < detector.entropy) return;
    if (!detector.placeholders && is_placeholder(secret)) return;
    if (is_known_example(secret)) return;
    if (detector.check != nullptr && !detector.check(spot, match, secret)) return;
    if (is_allowed(detector, spot, match)) return;
    const auto start = static_cast<std::size_t>(spot.text.data() - window_.data());
    Hit hit;
    hit.detector = detector.id;
    hit.title = detector.title;
    hit.family = ready.family;
    hit.severity = detector.severity;
    hit.begin = base_ + start + match.begin;
    hit.end = base_ + start + match.end;
    hit.shown = shown(secret);
    hit.digest = digest_of(secret);
    // Nothing is found further back; places are told out of order, but not far.
    count_lines(from_ - std::min(from_, kBefore));
    const auto place = [&](std::size_t at) {
      return lines_.position(window_.substr(counted_, start + at - counted_));
    };
    hit.position = place(match.begin);
    hit.end_position = place(match.end);
    add(std::move(hit), detector.rank);
  }

  [[nodiscard]] bool is_allowed(const Detector& detector, const Spot& spot, Match match) const {
    const Configuration& configuration = set_.configuration();
    if (configuration.allowances.empty()) return false;
    const std::size_t begin = std::min(match.begin, spot.at);
    const std::size_t end = std::max(match.end, spot.at + spot.keyword);
    Claim claim;
    claim.detector = detector.id;
    claim.path = path_;
    claim.secret = spot.text.substr(match.begin, match.end - match.begin);
    claim.match = spot.text.substr(begin, end - begin);
    claim.line = line_around(spot.text, match.begin, match.end);
    return any_allows(configuration.allowances, claim);
  }

  void add(Hit hit, std::uint8_t rank) {
    Candidate candidate{std::move(hit), rank};
    for (auto known = candidates_.rbegin(); known != candidates_.rend(); ++known) {
      if (known - candidates_.rbegin() > 64) break;  // the rest is sorted out at the end
      if (known->hit.begin == candidate.hit.begin && known->hit.end == candidate.hit.end &&
          known->hit.detector == candidate.hit.detector) {
        return;
      }
    }
    if (candidates_.size() >= 4 * kMostHits) {
      outcome_.flooded = true;
      return;
    }
    candidates_.push_back(std::move(candidate));
  }

  bool spend(std::uint64_t bytes) {
    work_ += bytes;
    if (work_ > kWork + kWorkPerByte * scanned_) outcome_.flooded = true;
    return !outcome_.flooded;
  }

  /// By place; where several overlap, the best.
  void tell() {
    std::stable_sort(candidates_.begin(), candidates_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.hit.begin, a.hit.end) < std::pair(b.hit.begin, b.hit.end);
    });
    std::vector<Candidate> kept;
    for (Candidate& candidate : candidates_) {
      bool beaten = false;
      while (!kept.empty() && kept.back().hit.end > candidate.hit.begin) {
        if (!beats(candidate, kept.back())) {
          beaten = true;
          break;
        }
        kept.pop_back();
      }
      if (!beaten) kept.push_back(std::move(candidate));
    }
    if (kept.size() > kMostHits) {
      outcome_.flooded = true;
      kept.resize(kMostHits);
    }
    for (Candidate& candidate : kept) outcome_.hits.push_back(std::move(candidate.hit));
  }

  const DetectorSet& set_;
  std::string path_;
  std::uint64_t most_bytes_;
  std::vector<bool> off_;      ///< by detector: not for this path
  std::string buffer_;         ///< of what came in pieces
  std::string_view window_;    ///< what is looked at: the buffer, or the whole text
  std::size_t counted_ = 0;    ///< bytes of the window whose lines went by
  std::uint64_t base_ = 0;     ///< place of the buffer in the file
  std::uint64_t scanned_ = 0;  ///< keywords that begin before this were handled
  std::uint64_t limit_ = 0;
  std::uint64_t fed_ = 0;
  std::uint64_t work_ = 0;
  std::size_t from_ = 0;
  bool ends_ = false;
  LineCount lines_;
  std::vector<Candidate> candidates_;
  std::optional<ConfiguredScan> configured_;
  Outcome outcome_;
};

SecretScan::SecretScan(const DetectorSet& detectors, std::string_view path,
                       std::uint64_t most_bytes)
    : state_(std::make_unique<State>(detectors, path, most_bytes)) {}
SecretScan::SecretScan(SecretScan&&) noexcept = default;
SecretScan& SecretScan::operator=(SecretScan&&) noexcept = default;
SecretScan::~SecretScan() = default;

void SecretScan::feed(std::span<const char> bytes) {
  state_->feed({bytes.data(), bytes.size()});
}

void SecretScan::take_whole(std::string_view text) {
  state_->take_whole(text);
}

Outcome SecretScan::finish() && {
  return state_->finish();
}

Outcome scan_text(const DetectorSet& detectors, std::string_view path, std::string_view text) {
  SecretScan scan(detectors, path);
  scan.take_whole(text);
  return std::move(scan).finish();
}

const DetectorSet& builtin_detectors() {
  static const DetectorSet kSet;
  return kSet;
}

}  // namespace plimsoll::secret
