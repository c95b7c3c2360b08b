#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"

namespace plimsoll::update {

/// What is known of a file that was downloaded; kept beside it as `FILE.about.json`.
struct KeptCopy {
  std::string address;        ///< where it came from
  std::string etag;           ///< as the server said; may be ""
  std::string last_modified;  ///< as the server said; may be ""
  std::string list_etag;      ///< of the list of records that it agrees with; may be ""
  std::string digest;         ///< "sha256:…" of the file
  std::string before;         ///< that of the file before, which a killed run may have left
  std::uint64_t bytes = 0;
  std::string made;     ///< the newest date that it says of itself; may be ""
  std::string fetched;  ///< the day when it came, or was last changed
  std::string checked;  ///< the day when its source last said that it is the newest
};

/// @param file  the path of the copy itself
[[nodiscard]] std::string about_path(const std::string& file);

/// Nothing where there is no copy, or nobody knows what it is.
/// @error kNotFound, kInvalid
[[nodiscard]] Result<KeptCopy> read_about(const std::string& file);
/// In one step: what was there stays until it is replaced as a whole.
[[nodiscard]] Result<void> write_about(const std::string& file, const KeptCopy& copy);

struct Sums {
  std::string sha256;  ///< "sha256:…"
  std::uint32_t crc32c = 0;
};

/// Of a file's bytes.
/// @error kNotFound, kUnreadable
[[nodiscard]] Result<Sums> sums_of_file(const std::string& file);

/// Writes a small file beside its place and moves it there.
[[nodiscard]] Result<void> write_small_file(const std::string& file, std::string_view text);

/// Whether `date` is before `than`. RFC 3339, or RFC 9110 as in Last-Modified, or a day; false
/// where one of them is none.
[[nodiscard]] bool is_before(const std::string& date, const std::string& than);

}  // namespace plimsoll::update
