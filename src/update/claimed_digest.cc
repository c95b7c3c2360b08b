#include "update/claimed_digest.h"

#include <algorithm>
#include <vector>

#include "archive/checksum.h"
#include "archive/sha256.h"
#include "core/ascii.h"
#include "core/base64.h"

namespace plimsoll::update {
namespace {

constexpr std::size_t kSha256Bytes = 32;
constexpr std::size_t kSha256Digits = 2 * kSha256Bytes;

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += {kDigits[byte >> 4U], kDigits[byte & 0xFU]};
  }
  return text;
}

/// "sha-256=:…:, sha-512=:…:" (RFC 9530 §2, RFC 8941 §3.3.5)
std::string sha256_of_field(std::string_view field) {
  for (std::string_view each : ascii::split(field, ',')) {
    each = ascii::trim(each);
    constexpr std::string_view kName = "sha-256=:";
    if (!each.starts_with(kName) || !each.ends_with(':')) continue;
    each.remove_prefix(kName.size());
    each.remove_suffix(1);
    const auto bytes = decode_base64(each);
    if (bytes && bytes->size() == kSha256Bytes) return "sha256:" + hex_of(*bytes);
  }
  return {};
}

/// "crc32c=n03x6A==,md5=…", big-endian; also in several fields
std::optional<std::uint32_t> crc32c_of_field(std::string_view field) {
  for (std::string_view each : ascii::split(field, ',')) {
    each = ascii::trim(each);
    constexpr std::string_view kName = "crc32c=";
    if (!each.starts_with(kName)) continue;
    const auto bytes = decode_base64(each.substr(kName.size()));
    if (!bytes || bytes->size() != 4) continue;
    std::uint32_t value = 0;
    for (const char c : *bytes) value = value << 8U | static_cast<unsigned char>(c);
    return value;
  }
  return std::nullopt;
}

}  // namespace

ClaimedDigest claimed_digest(const http::Response& answer) {
  ClaimedDigest claimed;
  const auto take = [&](const char* name) {
    for (const std::string& field : answer.headers(name)) {
      if (claimed.sha256.empty()) claimed.sha256 = sha256_of_field(field);
    }
  };
  take("Repr-Digest");
  if (answer.status() == 200) take("Content-Digest");
  // The sum is of the bytes as they are stored; others come when the storage unpacks on the way.
  const std::string stored = answer.header("x-goog-stored-content-encoding");
  const std::string sent = answer.header("Content-Encoding");
  const auto is_plain = [](std::string_view coding) {
    return coding.empty() || coding == "identity";
  };
  if (stored != sent && !(is_plain(stored) && is_plain(sent))) return claimed;
  for (const std::string& field : answer.headers("x-goog-hash")) {
    if (!claimed.crc32c) claimed.crc32c = crc32c_of_field(field);
  }
  return claimed;
}

bool holds(const ClaimedDigest& claimed, std::string_view bytes) {
  return holds(claimed, Sums{.sha256 = claimed.sha256.empty() ? "" : archive::sha256_of(bytes),
                             .crc32c = archive::crc32c_of(bytes)});
}

bool holds(const ClaimedDigest& claimed, const Sums& sums) {
  return (claimed.sha256.empty() || claimed.sha256 == sums.sha256) &&
         (!claimed.crc32c || *claimed.crc32c == sums.crc32c);
}

Result<std::string> read_claimed_body(http::Response& answer, std::size_t most) {
  auto body = http::read_body(answer, most);
  if (!body) return tl::unexpected(http::to_error(body.error(), {}));
  if (!holds(claimed_digest(answer), *body)) {
    return fail(ErrorCode::kInvalid, "it is not what its server says that its digest is");
  }
  return *std::move(body);
}

std::map<std::string, std::string, std::less<>> parse_sha256_sums(std::string_view text) {
  std::map<std::string, std::string, std::less<>> sums;
  for (std::string_view line : ascii::split(text, '\n')) {
    line = ascii::trim(line);
    if (line.size() < kSha256Digits + 3) continue;
    const std::string digits = ascii::lower(line.substr(0, kSha256Digits));
    std::string_view path = line.substr(kSha256Digits);
    // Two blanks, or a blank and the star of binary mode.
    if (path[0] != ' ' || (path[1] != ' ' && path[1] != '*')) continue;
    path.remove_prefix(2);
    if (path.starts_with("./")) path.remove_prefix(2);
    const bool is_digest =
        std::all_of(digits.begin(), digits.end(), [](char c) { return ascii::is_hex(c); });
    if (is_digest && !path.empty()) sums.insert_or_assign(std::string(path), "sha256:" + digits);
  }
  return sums;
}

}  // namespace plimsoll::update
