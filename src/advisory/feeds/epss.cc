#include <charconv>
#include <optional>

#include "advisory/feed.h"
#include "advisory/feed_text.h"

namespace plimsoll::advisory::feeds {
namespace {

constexpr std::string_view kColumns = "cve,epss,percentile";

std::optional<float> share_of(std::string_view text) {
  float value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(value >= 0 && value <= 1)) return std::nullopt;  // also what is no number
  return value;
}

/// "#model_version:v2025.03.14,score_date:2026-08-16T00:00:00+0000"
std::string_view date_of(std::string_view comment) {
  constexpr std::string_view kName = "score_date:";
  const std::size_t at = comment.find(kName);
  if (at == std::string_view::npos) return {};
  const std::string_view date = comment.substr(at + kName.size());
  return date.substr(0, date.find(','));
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  for (FeedLines lines(file.bytes); lines.next();) {
    const std::string_view line = lines.line();
    if (line.starts_with('#')) sink.made(date_of(line));
    if (line.empty() || line.starts_with('#') || line == kColumns) continue;
    const auto [id, score, percentile] = cells_of<3>(line, ',');
    const auto probability = share_of(score);
    const auto share = share_of(percentile);
    if (!is_cve(id) || !probability || !share) {
      sink.skip(unread(file, "no prediction: a CVE and two numbers from 0 to 1", lines.number()));
      continue;
    }
    sink.add(ExploitPrediction{.id = std::string(id), .score = *probability, .percentile = *share});
  }
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  return head.starts_with("#model_version:") || head.starts_with(kColumns);
}

}  // namespace

const FeedFormat& epss() {
  static constexpr FeedFormat kFormat{.name = "epss",
                                      .title = "FIRST's exploit predictions",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://www.first.org/epss/data_stats"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
