#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "core/result.h"
#include "update/web.h"

namespace plimsoll::update {

struct DownloadRequest {
  std::string address;
  std::string part;  ///< the file to write; what an earlier run left of it is gone on with
  /// Of the copy that we have: where it is still the newest, nothing is sent.
  std::string etag;
  std::string last_modified;
  bool may_be_packed = false;  ///< gzip on the way; the file is then packed, too
};

struct Download {
  bool is_unchanged = false;  ///< the copy that we have is the newest; `part` was not written
  std::string etag;
  std::string last_modified;
  std::string digest;  ///< "sha256:…" of what is in `part`
  std::uint64_t bytes = 0;
};

/// Downloads one file. Where the connection breaks it is asked for the rest, as long as it is still
/// the same file there. What the server says of its bytes' sums must hold.
/// @param received  bytes are added as they come
/// @error kNotFound     the server has no such file
/// @error kInvalid      it is not what its digest says
/// @error kTooLarge     it is larger than a feed is
/// @error kEnvironment  everything else that goes wrong
[[nodiscard]] Result<Download> download(Web& web, const DownloadRequest& request,
                                        std::atomic<std::uint64_t>& received);

}  // namespace plimsoll::update
