#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "advisory/feed.h"

namespace plimsoll::advisory {

/// Keeps all that a feed tells, for tests.
class RecordingSink : public FeedSink {
 public:
  void add(Advisory advisory) override { advisories.push_back(std::move(advisory)); }
  void add(KnownExploited entry) override { exploited.push_back(std::move(entry)); }
  void add(ExploitPrediction prediction) override { predictions.push_back(std::move(prediction)); }
  void add(ExploitStatus status) override { statuses.push_back(std::move(status)); }
  void skip(Error reason) override { skipped.push_back(std::move(reason)); }
  void made(std::string_view date) override { made_on = date; }

  std::vector<Advisory> advisories;
  std::vector<KnownExploited> exploited;
  std::vector<ExploitPrediction> predictions;
  std::vector<ExploitStatus> statuses;
  std::vector<Error> skipped;
  std::string made_on;
};

/// Reads a file by the format that recognises it, as a scan does.
/// @error kInvalid  none does, or the file is broken
[[nodiscard]] inline Result<void> read_feed(std::string path, std::string_view bytes,
                                            FeedSink& sink) {
  const FeedFormat* format = format_of(path, bytes.substr(0, 64U << 10U));
  if (format == nullptr) return fail(ErrorCode::kInvalid, "no known format", std::move(path));
  return format->read({.path = std::move(path), .bytes = bytes}, sink);
}

}  // namespace plimsoll::advisory
