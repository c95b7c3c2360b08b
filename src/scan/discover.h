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
  std::vector<Candidate> lock_files;   ///< the same of lock files, when they are asked for
  std::vector<std::string> roots;      ///< folders among the targets
  std::vector<Incomplete> incomplete;  ///< targets that do not exist, folders we could not list
};

/// Walks the targets. Hidden folders (but .github and .gitlab), node_modules and links are not
/// entered; a folder named as a target always is.
/// @param is_lock_file  by name alone; null: there is no interest in them. Below folders of other
///                      people's code, which nobody installs from there, it is not asked.
[[nodiscard]] Discovery discover(const FileSystem& files, const std::vector<std::string>& targets,
                                 bool (*is_lock_file)(std::string_view path) = nullptr);

}  // namespace plimsoll::scan
