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

/// Copies of other people's code. Hidden folders are not entered at all.
constexpr std::array<std::string_view, 3> kVendoredFolders{"vendor", "site-packages",
                                                           "bower_components"};

bool is_vendored(std::string_view folder_name) {
  return std::find(kVendoredFolders.begin(), kVendoredFolders.end(), folder_name) !=
         kVendoredFolders.end();
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
  Walk(const FileSystem& files, bool (*is_lock_file)(std::string_view path), Discovery& out)
      : files_(files), is_lock_file_(is_lock_file), out_(out) {}

  void folder(const std::string& root) {
    // An explicit stack: the depth of a tree is the input's choice.
    std::vector<Pending> pending{{root, 0, false}};
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
    bool is_vendored;  ///< or below such a folder
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
        pending.push_back(
            {std::move(path), next.depth + 1, next.is_vendored || is_vendored(entry.name)});
      } else if (entry.kind == EntryKind::kFile) {
        const FileKind kind = kind_of_name(path);
        if (is_lock_file_ != nullptr && !next.is_vendored && is_lock_file_(path)) {
          out_.lock_files.push_back({path, kind, false});
        }
        if (kind != FileKind::kNothing) out_.candidates.push_back({std::move(path), kind, false});
      }
    }
  }

  const FileSystem& files_;
  bool (*is_lock_file_)(std::string_view path);
  Discovery& out_;
  std::size_t entries_ = 0;
};

void sort_and_unite(std::vector<Candidate>& candidates) {
  // Explicit ones first among equals, so that they keep their mark.
  std::stable_sort(
      candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.path != b.path ? a.path < b.path : a.explicit_target > b.explicit_target;
      });
  candidates.erase(
      std::unique(candidates.begin(), candidates.end(),
                  [](const Candidate& a, const Candidate& b) { return a.path == b.path; }),
      candidates.end());
}

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

Discovery discover(const FileSystem& files, const std::vector<std::string>& targets,
                   bool (*is_lock_file)(std::string_view path)) {
  Discovery found;
  Walk walk(files, is_lock_file, found);
  for (const std::string& target : targets) {
    const std::string path = path::normalize(target);
    const auto kind = files.kind(path, true);
    if (!kind) {
      found.incomplete.push_back({"read", target, kind.error().message, "", true});
    } else if (*kind == EntryKind::kFolder) {
      found.roots.push_back(path);
      walk.folder(path);
    } else if (is_lock_file != nullptr && is_lock_file(path)) {
      found.lock_files.push_back({path, kind_of_name(path), true});
    } else {
      found.candidates.push_back({path, kind_of_name(path), true});
    }
  }
  sort_and_unite(found.candidates);
  sort_and_unite(found.lock_files);
  return found;
}

}  // namespace plimsoll::scan
