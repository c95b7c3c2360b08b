#include "project/watched.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/path.h"
#include "project/ci_tools.h"

namespace plimsoll {
namespace {

constexpr std::array kSampleFolders = std::to_array<std::string_view>(
    {"test", "tests", "testdata", "fixtures", "__fixtures__", "example", "examples", "sample",
     "samples", "demo", "demos", "vendor", "node_modules", "third_party", "e2e"});

}  // namespace

std::string_view relative_to_root(const Project& project, std::string_view path) {
  if (path.starts_with("./")) path.remove_prefix(2);
  const std::string& root = project.root;
  const bool below = root != "." && path.size() > root.size() && path.starts_with(root) &&
                     (path[root.size()] == '/' || root.ends_with('/'));
  if (!below) return path;
  path.remove_prefix(root.size());
  if (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

bool is_sample(std::string_view relative_path) {
  for (const std::string_view part : ascii::split(path::folder(relative_path), '/')) {
    if (std::find(kSampleFolders.begin(), kSampleFolders.end(), part) != kSampleFolders.end()) {
      return true;
    }
  }
  return false;
}

std::vector<std::string_view> own_files(const Project& project,
                                        const std::vector<std::string>& paths) {
  std::vector<std::string_view> own;
  for (const std::string& path : paths) {
    const std::string_view relative = relative_to_root(project, path);
    if (!is_sample(relative)) own.push_back(relative);
  }
  return own;
}

Watched watched_by(const UpdateBot& bot) {
  Watched watched;
  if (bot.kind == UpdateBot::Kind::kDependabot) {
    for (const UpdateEntry& entry : bot.entries) {
      if (!is_active(entry)) continue;
      // The docker ecosystem reads Kubernetes manifests and Helm values too.
      if (entry.ecosystem == "docker") watched.dockerfiles = watched.manifests = true;
      if (entry.ecosystem == "docker-compose") watched.compose_files = true;
      if (entry.ecosystem == "helm") watched.manifests = true;
    }
    return watched;
  }
  if (!bot.enabled || !bot.docker_enabled) return watched;
  // A custom manager may look at anything.
  if (bot.docker_managers.empty()) return {true, true, true};
  for (const std::string_view manager : bot.docker_managers) {
    if (manager == "dockerfile") watched.dockerfiles = true;
    if (manager == "docker-compose") watched.compose_files = true;
    if (manager == "kubernetes" || manager == "helm-values") watched.manifests = true;
  }
  return watched;
}

Watched watched_in(const Project& project) {
  const bool runs_bot = std::any_of(project.workflows.begin(), project.workflows.end(),
                                    [](const auto& w) { return ci::runs_update_bot(w); });
  if (runs_bot) return {true, true, true};
  Watched watched;
  for (const UpdateBot& bot : project.bots) {
    const Watched one = watched_by(bot);
    watched.dockerfiles = watched.dockerfiles || one.dockerfiles;
    watched.compose_files = watched.compose_files || one.compose_files;
    watched.manifests = watched.manifests || one.manifests;
  }
  return watched;
}

}  // namespace plimsoll
