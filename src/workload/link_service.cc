#include "workload/link_service.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll {
namespace {

std::string_view label(const Workload& container, std::string_view key) {
  for (const Item& item : container.labels.items) {
    const std::string_view pair = item.value;
    if (pair.size() > key.size() && pair[key.size()] == '=' && pair.starts_with(key)) {
      return pair.substr(key.size() + 1);
    }
  }
  return {};
}

bool lists_path(std::string_view list, std::string_view path) {
  const std::vector<std::string_view> paths = ascii::split(list, ',');
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

/// The same file, or else the same name: a checkout may lie elsewhere than where Compose ran.
bool made(const compose::Project& project, std::string_view project_name, std::string_view files,
          std::string_view working_folder) {
  const std::string path = path::join(working_folder, project.file->path());
  if (path.starts_with('/') && lists_path(files, path)) return true;
  if (!project.name.empty()) return project.name == project_name;
  // A file in the working folder: the folder's name is the project's.
  return project_name == ascii::lower(path::name(path::folder(path)));
}

}  // namespace

void link_service(Workload& container,
                  const std::vector<std::unique_ptr<compose::Project>>& projects,
                  std::string_view working_folder) {
  if (!container.live) return;
  const std::string_view name = label(container, "com.docker.compose.service");
  const std::string_view project_name = label(container, "com.docker.compose.project");
  const std::string_view files = label(container, "com.docker.compose.project.config_files");
  if (name.empty() || ascii::iequals(label(container, "com.docker.compose.oneoff"), "true")) return;
  for (const auto& project : projects) {
    if (!made(*project, project_name, files, working_folder)) continue;
    if (const Workload* service = project->service(name)) {
      container.live->service = service;
      return;
    }
  }
}

}  // namespace plimsoll
