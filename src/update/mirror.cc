#include "update/mirror.h"

#include "core/file_system.h"
#include "core/path.h"
#include "http/url.h"
#include "update/claimed_digest.h"

namespace plimsoll::update {
namespace {

constexpr std::size_t kMostSums = 4U << 20U;
constexpr const char* kSums = "SHA256SUMS";

bool is_web(std::string_view text) {
  return text.find("://") != std::string_view::npos;
}

}  // namespace

Result<Mirror> parse_mirror(std::string_view text, bool insecure) {
  constexpr std::string_view kFile = "file://";
  const bool is_file = text.starts_with(kFile);
  if (is_file) text.remove_prefix(kFile.size());
  if (text.empty()) return fail(ErrorCode::kUsage, "a mirror is a URL or a folder");
  if (is_file || !is_web(text)) {
    return Mirror{.base = path::normalize(text) + '/', .is_folder = true};
  }
  const auto url = http::parse_url(text);
  if (!url || url->target.find('?') != std::string::npos) {
    return fail(ErrorCode::kUsage, "'" + std::string(text) +
                                       "' is no URL of a mirror (https://… without a name, a "
                                       "password or a '?' in it)");
  }
  if (!url->secure && !http::is_loopback(url->host) && !insecure) {
    return fail(ErrorCode::kUsage, "the mirror '" + std::string(text) +
                                       "' is asked over plain HTTP only with --insecure");
  }
  Mirror mirror{.base = url->to_string()};
  if (!mirror.base.ends_with('/')) mirror.base += '/';
  return mirror;
}

Result<void> read_digests(Mirror& mirror, Web& web) {
  std::string text;
  if (mirror.is_folder) {
    const auto read = DiskFileSystem().read(mirror.base + kSums, kMostSums);
    if (!read && read.error().code == ErrorCode::kNotFound) return {};
    if (!read) return tl::unexpected(read.error());
    text = *read;
  } else {
    const auto answer = web.get(mirror.base + kSums, {"Accept-Encoding: identity"});
    if (!answer && answer.error().code == ErrorCode::kNotFound) return {};
    if (!answer) return tl::unexpected(answer.error());
    auto body = http::read_body(**answer, kMostSums);
    if (!body) return tl::unexpected(http::to_error(body.error(), mirror.base + kSums));
    text = *std::move(body);
  }
  mirror.digests = parse_sha256_sums(text);
  return {};
}

}  // namespace plimsoll::update
