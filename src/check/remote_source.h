#pragma once

#include <algorithm>
#include <string_view>

#include "core/ascii.h"

/// What ADD fetches from elsewhere.
/// Source: docs.docker.com/reference/dockerfile, "ADD <remote src>"; BuildKit's util/gitutil.
namespace plimsoll::check {

/// "git@host:path", "ssh://…": the short form of Git.
[[nodiscard]] inline bool is_scp_source(std::string_view source) {
  const std::size_t at = source.find('@');
  const std::size_t colon = source.find(':');
  return at != std::string_view::npos && colon != std::string_view::npos && at < colon &&
         source.substr(0, colon).find('/') == std::string_view::npos;
}

[[nodiscard]] inline bool is_remote_source(std::string_view source) {
  const std::size_t scheme = source.find("://");
  if (scheme != std::string_view::npos) return scheme > 0 && scheme <= 8;
  return is_scp_source(source);
}

/// A Git repository, and not a file behind a URL.
[[nodiscard]] inline bool is_git_source(std::string_view source) {
  if (is_scp_source(source) || source.starts_with("git://") || source.starts_with("ssh://")) {
    return true;
  }
  const std::string_view address = source.substr(0, source.find('#'));
  return is_remote_source(source) && address.ends_with(".git");
}

/// A whole Git commit, which names its content.
[[nodiscard]] inline bool is_commit(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         std::all_of(text.begin(), text.end(), ascii::is_hex);
}

/// The part after '#' is a whole commit.
[[nodiscard]] inline bool names_commit(std::string_view source) {
  const std::size_t hash = source.find('#');
  if (hash == std::string_view::npos) return false;
  const std::string_view reference = source.substr(hash + 1);
  return is_commit(reference.substr(0, reference.find(':')));
}

/// "https://host/owner/name/<commit>/file"
[[nodiscard]] inline bool has_commit_in_path(std::string_view source) {
  while (!source.empty()) {
    const std::size_t end = std::min(source.find('/'), source.size());
    if (is_commit(source.substr(0, end))) return true;
    source.remove_prefix(std::min(end + 1, source.size()));
  }
  return false;
}

}  // namespace plimsoll::check
