#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "http/client.h"
#include "update/kept_copy.h"

/// What a server says that the sum of its bytes is.
namespace plimsoll::update {

struct ClaimedDigest {
  std::string sha256;                   ///< "sha256:…"; "" where it does not say
  std::optional<std::uint32_t> crc32c;  ///< Google's storage
};

/// Of the whole file, also where the answer is a part of it: Repr-Digest (RFC 9530), x-goog-hash.
/// Content-Digest where the answer is the whole file.
[[nodiscard]] ClaimedDigest claimed_digest(const http::Response& answer);

[[nodiscard]] bool holds(const ClaimedDigest& claimed, std::string_view bytes);
/// The same of sums that are known.
[[nodiscard]] bool holds(const ClaimedDigest& claimed, const Sums& sums);

/// The whole body, which is what its server says that its sum is.
/// @error kInvalid      it is not
/// @error kEnvironment  it breaks off, or is longer than `most`
[[nodiscard]] Result<std::string> read_claimed_body(http::Response& answer, std::size_t most);

/// A SHA256SUMS file, as sha256sum writes it: path → "sha256:…". Lines that are none are left out.
[[nodiscard]] std::map<std::string, std::string, std::less<>> parse_sha256_sums(
    std::string_view text);

}  // namespace plimsoll::update
