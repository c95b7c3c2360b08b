#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "update/kept_copy.h"
#include "update/web.h"

/// Repositories of RPMs, as dnf reads them: `repodata/repomd.xml` lists the files that tell of
/// their packages, each with its digest; that of the advisories is `updateinfo`.
/// Source: https://github.com/rpm-software-management/createrepo_c
namespace plimsoll::update {

/// The repository that a list of mirrors names first; ends in '/'.
/// @param list  the list's address: a repository on another server is refused
/// @error kInvalid  it names none
[[nodiscard]] Result<std::string> repository_of_list(std::string_view list, std::string_view text);

struct RepositoryFile {
  std::string path;    ///< below the repository: "repodata/0a1b-updateinfo.xml.zst"
  std::string digest;  ///< "sha256:…"
};

/// What a repomd.xml says of the advisories.
/// @error kInvalid  it has none, or without a SHA-256, or their path leads out of the repository
[[nodiscard]] Result<RepositoryFile> updateinfo_of(std::string_view repomd);

/// Where the advisories of a repository are now.
struct Updateinfo {
  std::string repomd;  ///< address of the list of the repository's files
  std::string etag;    ///< of that list; may be ""
  std::string address;
  std::string digest;  ///< "sha256:…"
};

/// Asks a repository for them.
/// @param place  its address, which ends in '/', or that of a list of mirrors
/// @param ours   what is known of our copy; null without one
/// @return nothing where the list is the one that our copy is of
/// @error kNotFound, kInvalid, kEnvironment
[[nodiscard]] Result<std::optional<Updateinfo>> find_updateinfo(Web& web, const std::string& place,
                                                                const KeptCopy* ours);

}  // namespace plimsoll::update
