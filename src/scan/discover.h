#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"
#include "core/finding.h"

namespace plimsoll::scan {

/// What a file may turn out to be. YAML and JSON are decided by content, once parsed.
enum class FileKind : std::uint8_t {
  kDockerfile,
  kYaml,
  kJson,
  kQuadlet,
  kScript,
  kIgnore,
  kEnvironment,
  kNothing,
};

/// By name alone. kNothing: not ours unless named explicitly and its content says so.
[[nodiscard]] FileKind kind_of_name(std::string_view path);

struct Candidate {
  std::string path;
  FileKind kind = FileKind::kNothing;
  bool explicit_target = false;  ///< the user named it: unreadable or unknown content is an error
};

struct Discovery {
  std::vector<Candidate> candidates;   ///< sorted by path, unique
  std::vector<std::string> roots;      ///< folders among the targets
  std::vector<Incomplete> incomplete;  ///< targets that do not exist, folders we could not list
};

/// Walks the targets. Hidden folders (but .github and .gitlab), node_modules and links are not
/// entered; a folder named as a target always is.
[[nodiscard]] Discovery discover(const FileSystem& files, const std::vector<std::string>& targets);

}  // namespace plimsoll::scan
