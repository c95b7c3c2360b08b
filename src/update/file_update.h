#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "update/mirror.h"
#include "update/public_feed.h"
#include "update/web.h"

namespace plimsoll::update {

/// How far an update is; may be read from another thread.
struct Progress {
  std::atomic<std::size_t> files = 0;
  std::atomic<std::size_t> files_done = 0;
  std::atomic<std::uint64_t> bytes = 0;  ///< that came
};

/// How one file of a feed is brought up to date.
struct FileRules {
  std::string folder;  ///< where feeds are kept
  std::span<const Mirror> mirrors;
  bool only_mirrors = false;
  bool allow_older = false;
};

enum class FileOutcome : std::uint8_t {
  kUnchanged,  ///< our copy is the newest
  kFetched,    ///< there is a new one
  kAdded,      ///< some records of our copy are new
  kFailed,     ///< nobody had one that is good: our copy stays, if there is one
};

struct FileReport {
  FeedFile file;
  FileOutcome outcome = FileOutcome::kFailed;
  std::string copy;             ///< path of the copy; "" where there is none
  std::size_t records = 0;      ///< that were added or taken away, with kAdded
  std::vector<Error> problems;  ///< of the places that were asked in vain
};

/// Asks one place after the other until one has a copy that is good: whose digest is what it is
/// said to be, that is of the feed's format and not older than ours.
[[nodiscard]] FileReport update_file(const FeedFile& file, const FileRules& rules, Web& web,
                                     Progress& progress);

}  // namespace plimsoll::update
