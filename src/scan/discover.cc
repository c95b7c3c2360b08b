#include "scan/discover.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/path.h"
#include "parse/dockerfile.h"
#include "workload/quadlet.h"

namespace plimsoll::scan {
namespace {

/// Configuration of CI lives in hidden folders; everything else hidden is somebody's private state.
constexpr std::array<std::string_view, 2> kHiddenFolders{".github", ".gitlab"};

bool enters(std::string_view folder_name) {
  if (folder_name == "node_modules") return false;
  if (!folder_name.starts_with('.')) return true;
  return std::find(kHiddenFolders.begin(), kHiddenFolders.end(), folder_name) !=
         kHiddenFolders.end();
}

bool is_environment_name(std::string_view name) {
  return name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
}

bool is_script_name(std::string_view name, std::string_view extension) {
  constexpr std::array<std::string_view, 8> kExtensions{".sh", ".bash",     ".zsh",     ".mk",
                                                        ".md", ".markdown", ".service", ".ksh"};
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end() ||
         name == "Makefile" || name == "GNUmakefile" || name == "makefile";
}

class Walk {
 public:
  Walk(const FileSystem& files, Discovery& out) : files_(files), out_(out) {}

  void folder(const std::string& root) {
    // An explicit stack: the depth of a tree is the input's choice.
    std::vector<Pending> pending{{root, 0}};
    while (!pending.empty()) {
      const Pending next = std::move(pending.back());
      pending.pop_back();
      list(next, pending);
    }
  }

 private:
  struct Pending {
    std::string path;
    std::size_t depth;
  };

  void list(const Pending& next, std::vector<Pending>& pending) {
    auto entries = files_.list(next.path);
    if (!entries) {
      out_.incomplete.push_back({"read", next.path, entries.error().message, "", false});
      return;
    }
    for (const DirectoryEntry& entry : *entries) {
      if (++entries_ > limits::kFolderEntries) {
        if (entries_ == limits::kFolderEntries + 1) {
          out_.incomplete.push_back({"limit", next.path, "files and folders of one target",
                                     std::to_string(limits::kFolderEntries), false});
        }
        return;
      }
      std::string path = path::join(next.path, entry.name);
      if (entry.kind == EntryKind::kFolder && enters(entry.name)) {
        if (next.depth + 1 > limits::kFolderDepth) {
          out_.incomplete.push_back(
              {"limit", path, "folder depth", std::to_string(limits::kFolderDepth), false});
          continue;
        }
        pending.push_back({std::move(path), next.depth + 1});
      } else if (entry.kind == EntryKind::kFile) {
        const FileKind kind = kind_of_name(path);
        if (kind != FileKind::kNothing) out_.candidates.push_back({std::move(path), kind, false});
      }
    }
  }

  const FileSystem& files_;
  Discovery& out_;
  std::size_t entries_ = 0;
};

}  // namespace

FileKind kind_of_name(std::string_view path) {
  const std::string_view name = path::name(path);
  const std::string extension = ascii::lower(path::extension(name));
  if (name.ends_with(".dockerignore") || name == ".containerignore" || name == ".gitignore") {
    return FileKind::kIgnore;
  }
  if (is_environment_name(name)) return FileKind::kEnvironment;
  if (dockerfile::is_dockerfile_name(name)) return FileKind::kDockerfile;
  if (extension == ".yml" || extension == ".yaml") return FileKind::kYaml;
  if (extension == ".json" || extension == ".json5" || name == ".renovaterc") {
    return FileKind::kJson;
  }
  if (quadlet::is_quadlet_name(name)) return FileKind::kQuadlet;
  if (is_script_name(name, extension)) return FileKind::kScript;
  return FileKind::kNothing;
}

Discovery discover(const FileSystem& files, const std::vector<std::string>& targets) {
  Discovery found;
  Walk walk(files, found);
  for (const std::string& target : targets) {
    const std::string path = path::normalize(target);
    const auto kind = files.kind(path, true);
    if (!kind) {
      found.incomplete.push_back({"read", target, kind.error().message, "", true});
    } else if (*kind == EntryKind::kFolder) {
      found.roots.push_back(path);
      walk.folder(path);
    } else {
      found.candidates.push_back({path, kind_of_name(path), true});
    }
  }
  // Explicit ones first among equals, so that they keep their mark.
  std::stable_sort(
      found.candidates.begin(), found.candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.path != b.path ? a.path < b.path : a.explicit_target > b.explicit_target;
      });
  found.candidates.erase(
      std::unique(found.candidates.begin(), found.candidates.end(),
                  [](const Candidate& a, const Candidate& b) { return a.path == b.path; }),
      found.candidates.end());
  return found;
}

}  // namespace plimsoll::scan
