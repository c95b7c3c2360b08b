#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/feed.h"
#include "core/result.h"

namespace plimsoll::advisory {

/// Takes what files of feeds tell, and hears which file it is that tells it.
class ImportSink : public FeedSink {
 public:
  /// What follows is of this file. Files of one format and one path are one source.
  virtual void begin(std::string_view format, std::string_view path) = 0;
};

struct Imported {
  std::size_t files = 0;    ///< that were read, those in archives too
  std::size_t unknown = 0;  ///< that are in no format of a feed
  std::string first_unknown;
  std::vector<Error> problems;  ///< what could not be read; the rest was
};

/// Reads feeds: a file, a ZIP archive of files, or a folder of both, however deep; packed by gzip,
/// zstd, xz or bzip2 or not. Folders in the order of names.
/// @error kNotFound, kUnreadable  of the path itself
[[nodiscard]] Result<Imported> import_path(const std::string& path, ImportSink& sink);

}  // namespace plimsoll::advisory
