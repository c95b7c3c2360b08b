#include "check/image_program.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "image/os_release.h"

namespace plimsoll::check {
namespace {

constexpr std::size_t kMostFolders = 64;
constexpr std::string_view kUsualPath =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::string_view path_variable(const image::ImageConfig& config) {
  constexpr std::string_view kPath = "PATH=";
  for (const std::string& variable : config.environment) {
    if (variable.starts_with(kPath)) return std::string_view(variable).substr(kPath.size());
  }
  return kUsualPath;
}

std::optional<ImageProgram> program_at(const image::FileTree& tree, const std::string& path) {
  const auto id = tree.find(path);
  if (!id || !is_executable(tree.entry(*id))) return std::nullopt;
  return ImageProgram{tree.real_path(path), *id};
}

}  // namespace

bool is_executable(const image::Entry& entry) {
  const bool is_file =
      entry.type == image::Entry::Type::kFile || entry.type == image::Entry::Type::kHardLink;
  return is_file && (entry.mode & 0111U) != 0;
}

std::vector<std::string> program_folders(const image::Inventory& image) {
  std::vector<std::string> folders;
  for (const std::string_view path : {path_variable(image.config), kUsualPath}) {
    for (const std::string_view each : ascii::split(path, ':')) {
      if (!each.starts_with('/') || folders.size() >= kMostFolders) continue;
      std::string folder = image.tree.real_path(each);
      if (folder.empty()) continue;
      if (std::find(folders.begin(), folders.end(), folder) == folders.end()) {
        folders.push_back(std::move(folder));
      }
    }
  }
  return folders;
}

std::vector<ImageItem> find_programs(const image::Inventory& image,
                                     std::span<const std::string_view> names) {
  std::vector<ImageItem> items;
  std::vector<const image::Entry*> found;
  for (const std::string_view name : names) {
    auto program = find_program(image, name);
    if (!program) continue;
    const image::Entry& entry = image.tree.entry(program->id);
    const bool is_known = std::any_of(found.begin(), found.end(), [&](const image::Entry* other) {
      return other == &entry || (other->size == entry.size && other->sum == entry.sum);
    });
    if (is_known) continue;
    found.push_back(&entry);
    items.push_back({std::move(program->path), program->id.layer});
  }
  return items;
}

std::optional<ImageProgram> find_program(const image::Inventory& image, std::string_view name) {
  if (name.empty()) return std::nullopt;
  if (name.find('/') != std::string_view::npos) {
    return program_at(image.tree, path::join(image.config.folder, name));
  }
  for (const std::string& folder : program_folders(image)) {
    if (auto found = program_at(image.tree, folder + '/' + std::string(name))) return found;
  }
  return std::nullopt;
}

OwnedPrograms::OwnedPrograms(const image::Inventory& image) {
  const std::vector<std::string> folders = program_folders(image);
  // Few folders hold all files, and a link among a path's folders is a matter of its folder.
  std::unordered_map<std::string, std::string> real;  // "" of a folder without programs
  for (const Package& package : image.packages) {
    if (!package.files.empty() && image::is_distribution(package.ecosystem)) known_ = true;
    for (const std::string& file : package.files) {
      const std::string folder(path::folder(file));
      const auto [at, is_new] = real.try_emplace(folder);
      if (is_new) {
        std::string found = image.tree.real_path(folder);
        const bool has_programs = std::find(folders.begin(), folders.end(), found) != folders.end();
        if (has_programs) at->second = std::move(found);
      }
      if (!at->second.empty()) paths_.insert(at->second + '/' + std::string(path::name(file)));
    }
  }
}

}  // namespace plimsoll::check
