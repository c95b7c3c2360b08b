#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/install/install_command.h"
#include "core/glob.h"
#include "core/path.h"

/// Where the files of a build context stand in a stage.
namespace plimsoll::check::install {

/// A lock file at its place in a stage.
struct PlacedFile {
  std::string path;
  std::size_t file = 0;  ///< index into BuildContext::files
};

/// One source of COPY or ADD, or of a bind mount.
class Source {
 public:
  /// Nothing for what is not of the context: addresses, heredocs, patterns that are none.
  [[nodiscard]] static std::optional<Source> read(std::string_view written);

  /// The part of `path` that it names: all of it, or a folder that `path` is below.
  [[nodiscard]] std::optional<std::string_view> match(std::string_view path) const;
  /// What match() costs, for each byte of the path.
  [[nodiscard]] std::size_t steps_per_byte() const { return steps_per_byte_; }
  [[nodiscard]] bool is_pattern() const { return glob_.has_value(); }
  /// With --parents: what of a path is kept, behind "/./".
  [[nodiscard]] std::string_view pivot() const { return pivot_; }

 private:
  std::string path_;
  std::string pivot_;
  std::optional<Glob> glob_;
  std::size_t steps_per_byte_ = 0;
};

/// How the target of a copy is to be read.
struct Target {
  std::string path;        ///< absolute
  bool is_folder = false;  ///< what is copied goes into it
  bool parents = false;    ///< with the folders that it is in
};

/// Where `file`, matched as `part` of it, stands after the copy.
[[nodiscard]] std::string place_of(std::string_view file, std::string_view part,
                                   const Source& source, const Target& target);

/// The lock files that a tool finds when it works in `folder`.
[[nodiscard]] std::vector<std::size_t> locks_found(const LockTool& tool, std::string_view folder,
                                                   const std::vector<const PlacedFile*>& files);

}  // namespace plimsoll::check::install
