#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// The feeds of advisories that are published for everybody, and how copies of them are kept up to
/// date.
namespace plimsoll::update {

/// One file of a feed.
struct PublicFile {
  std::string_view path;       ///< below the feed's address, not escaped: "Red Hat/all.zip"
  std::string_view ecosystem;  ///< "npm", "Debian"; "" for what is about every ecosystem
  bool is_usual = true;        ///< wanted where no ecosystem is named
  /// Below the feed's address, where its publisher has it in a repository of RPMs: the repository,
  /// which ends in '/', or a list of mirrors.
  std::string_view repository = {};
};

struct PublicFeed {
  std::string_view name;    ///< "osv": for --feed, and the folder that its files are kept in
  std::string_view covers;  ///< for people
  std::string_view format;  ///< name of its format in advisory/feeds/
  std::string_view licence;
  std::string_view addresses;  ///< of its publisher, the first first; each ends in '/'
  std::span<const PublicFile> files;
  bool is_usual = true;  ///< wanted where no feed is named
  /// Its publisher also has a list of records, `modified_id.csv`, and each record alone.
  bool has_deltas = false;
  /// Text that servers pack on the way for who asks for it.
  bool is_packed_on_the_way = false;
};

[[nodiscard]] std::span<const PublicFeed> public_feeds();

/// One file of one feed.
struct FeedFile {
  const PublicFeed* feed = nullptr;
  const PublicFile* file = nullptr;

  /// "osv/Red Hat/all.zip": where it is kept, and where mirrors have it.
  [[nodiscard]] std::string path() const;
  /// Where its publisher has it, in the order in which it is asked.
  [[nodiscard]] std::vector<std::string> addresses() const;
  /// Its addresses are of repositories (repository.h), or of lists of their mirrors.
  [[nodiscard]] bool is_in_repository() const { return !file->repository.empty(); }
};

/// "Red%20Hat/all.zip".
[[nodiscard]] std::string escape_path(std::string_view path);

struct Choice {
  std::vector<std::string> feeds;
  /// In any case, without regard to blanks and dashes; "all" is every one.
  std::vector<std::string> ecosystems;
};

/// What a choice means, in the order of the table.
/// @error kUsage  there is no such feed, or none of them has the ecosystem
[[nodiscard]] Result<std::vector<FeedFile>> choose(const Choice& choice);

/// The table for docs/advisory-feeds.md.
[[nodiscard]] std::string feeds_as_markdown();

}  // namespace plimsoll::update
