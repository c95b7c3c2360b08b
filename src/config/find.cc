#include "config/find.h"

#include <array>

#include "core/limits.h"
#include "core/path.h"

namespace plimsoll::config {
namespace {

/// Of each, the first name that is there; the order is the one in which later files win.
struct Peer {
  std::array<std::string_view, 2> names;
  Reader reader;
};
constexpr std::array kPeers{
    Peer{{".checkov.yaml", ".checkov.yml"}, read_checkov},
    Peer{{".hadolint.yaml", ".hadolint.yml"}, read_hadolint},
    Peer{{".trivyignore.yaml", ".trivyignore.yml"}, read_trivy_ignore_yaml},
    Peer{{".trivyignore", ""}, read_trivy_ignore},
};

constexpr std::array<std::string_view, 4> kOwnNames{"plimsoll.yaml", "plimsoll.yml",
                                                    ".plimsoll.yaml", ".plimsoll.yml"};

class Search {
 public:
  Search(const FileSystem& files, std::string_view working_folder)
      : files_(files), working_folder_(working_folder) {}

  Found run(std::string_view target) {
    const std::string start = folder_of(target);
    const std::vector<std::string> folders = folders_from(start);
    found_.root = folders.back();
    for (const Peer& peer : kPeers) {
      take_first(found_.root, {peer.names.begin(), peer.names.end()}, peer.reader);
    }
    for (const std::string& folder : folders) {
      if (take_first(folder, {kOwnNames.begin(), kOwnNames.end()}, read_own)) break;
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string folder_of(std::string_view target) const {
    if (target == "-") return ".";
    const std::string path = path::normalize(target);
    const auto kind = files_.kind(path, true);
    if (kind && *kind == EntryKind::kFolder) return path;
    return std::string(path::folder(path));
  }

  /// From `start` to the folder that holds .git; `start` alone when there is none.
  [[nodiscard]] std::vector<std::string> folders_from(const std::string& start) const {
    std::vector<std::string> folders;
    std::string folder = start;
    std::string absolute = path::join(working_folder_, start);
    for (std::size_t i = 0; i <= limits::kFolderDepth; ++i) {
      folders.push_back(folder);
      if (files_.kind(path::join(folder, ".git"), false)) return folders;
      if (absolute == "/" || !absolute.starts_with('/')) break;
      absolute = std::string(path::folder(absolute));
      folder = path::join(folder, "..");
    }
    return {start};
  }

  bool take_first(const std::string& folder, const std::vector<std::string_view>& names,
                  Reader reader) {
    std::string taken;
    for (const std::string_view name : names) {
      if (name.empty()) continue;
      std::string path = path::join(folder, name);
      const auto kind = files_.kind(path, false);
      if (!kind) continue;
      if (*kind != EntryKind::kFile) {
        found_.notes.push_back(path + ": not read, it is no regular file");
      } else if (!taken.empty()) {
        found_.notes.push_back(path + ": not read, " + taken + " is");
      } else {
        taken = path;
        found_.files.push_back({std::move(path), reader});
      }
    }
    return !taken.empty();
  }

  const FileSystem& files_;
  std::string_view working_folder_;
  Found found_;
};

}  // namespace

Found find_files(const FileSystem& files, std::string_view target,
                 std::string_view working_folder) {
  return Search(files, working_folder).run(target);
}

}  // namespace plimsoll::config
