#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/glob.h"
#include "core/source_file.h"
#include "core/span.h"

namespace plimsoll {

enum class IgnoreSyntax : std::uint8_t {
  kDocker,  ///< .dockerignore, Dockerfile.dockerignore: patterns start at the context's root
  kGit,     ///< .gitignore: a pattern without an inner '/' holds at every depth
};

struct IgnorePattern {
  Span span;                  ///< of the line without surrounding blanks, with its '!'
  std::string_view text;      ///< those bytes
  bool negated = false;       ///< "!": what matches is not ignored after all
  bool folders_only = false;  ///< git: ends in '/'
  bool anchored = true;       ///< false: compared with the last part of the path only
  std::optional<Glob> glob;   ///< absent: malformed, matches nothing
};

struct IgnoreFile {
  const SourceFile* source = nullptr;
  IgnoreSyntax syntax = IgnoreSyntax::kDocker;
  std::vector<IgnorePattern> patterns;
  bool truncated = false;  ///< more than limits::kIgnorePatterns; the rest was not read

  /// @param path  relative to the folder of the ignore file
  /// The last pattern that matches decides. A path below an ignored folder is ignored, too; git
  /// does not look at negations below one, Docker does.
  [[nodiscard]] bool ignores(std::string_view path, bool is_folder) const;
};

/// Reads any bytes; `source` must outlive the result.
/// Source: github.com/moby/patternmatcher and its ignorefile package; gitignore(5).
[[nodiscard]] IgnoreFile parse_ignore(const SourceFile& source, IgnoreSyntax syntax);

}  // namespace plimsoll
