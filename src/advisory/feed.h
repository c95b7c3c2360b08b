#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "advisory/advisory.h"
#include "advisory/evidence.h"
#include "core/result.h"

namespace plimsoll::advisory {

/// Takes what a feed tells. What was given before an error is kept.
class FeedSink {
 public:
  FeedSink() = default;
  FeedSink(const FeedSink&) = delete;
  FeedSink& operator=(const FeedSink&) = delete;
  virtual ~FeedSink() = default;

  virtual void add(Advisory advisory) = 0;
  virtual void add(KnownExploited entry) = 0;
  virtual void add(ExploitPrediction prediction) = 0;
  virtual void add(ExploitStatus status) = 0;
  /// A record that could not be read; the rest of the feed is.
  virtual void skip(Error reason) = 0;
  /// When the feed was made, as it says itself: RFC 3339 or a date. Last one holds.
  virtual void made(std::string_view date) = 0;
};

/// One file of a feed, unpacked.
struct FeedFile {
  std::string path;        ///< as it was given; inside an archive "all.zip/GO-2020-0001.json"
  std::string_view bytes;  ///< outlives the call
};

/// One format: one file of feeds/, which CMake finds.
struct FeedFormat {
  std::string_view name;   ///< "osv", "alpine-secdb"
  std::string_view title;  ///< for people: "OSV record"
  /// Whether the content is of this format, from its path and its first bytes (64 KiB where there
  /// are so many). At most one format may say so of a file.
  bool (*recognises)(std::string_view path, std::string_view head);
  /// @error kInvalid  broken as a whole
  Result<void> (*read)(const FeedFile& file, FeedSink& sink);
  std::string_view source = {};  ///< where the format is written down
};

[[nodiscard]] const std::vector<const FeedFormat*>& all_feed_formats();
/// Null when no format is that.
[[nodiscard]] const FeedFormat* format_of(std::string_view path, std::string_view head);

}  // namespace plimsoll::advisory
