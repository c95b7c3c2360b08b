#include "check/host_path.h"

#include <unordered_set>

#include "workload/kubernetes.h"

namespace plimsoll::check {
namespace {

bool is_of_host(const Mount& mount) {
  if (mount.type == Mount::Type::kBind) return true;
  // Windows: npipe.
  return mount.type == Mount::Type::kOther && mount.source.find("pipe") != std::string::npos;
}

void add_unmounted(const kubernetes::Pod& pod, std::vector<HostPath>& paths) {
  const Node* volumes = pod.spec == nullptr ? nullptr : pod.spec->find("volumes");
  if (volumes == nullptr || !volumes->is_sequence()) return;
  std::unordered_set<std::string_view> mounted;
  bool collected = false;
  for (const Node* volume : volumes->items) {
    const Node* path = volume->at({"hostPath", "path"});
    if (path == nullptr || !path->is_scalar()) continue;
    if (!collected) {
      for (const Workload* container : pod.containers) {
        for (const Mount& mount : container->mounts) mounted.insert(mount.volume);
      }
      collected = true;
    }
    const Node* name = volume->find("name");
    if (name != nullptr && mounted.contains(name->str())) continue;
    paths.push_back({.path = path->str(),
                     .target = {},
                     .mounted = false,
                     .place = {pod.object->file, path->span}});
  }
}

}  // namespace

std::vector<HostPath> host_paths(const Workload& workload) {
  std::vector<HostPath> paths;
  for (const Mount& mount : workload.mounts) {
    if (!is_of_host(mount)) continue;
    paths.push_back({.path = mount.source,
                     .target = mount.target,
                     .read_only = mount.read_only,
                     .known = mount.known,
                     .place = mount.place});
  }
  const kubernetes::Pod* pod = workload.pod;
  if (pod != nullptr && !pod->containers.empty() && pod->containers.front() == &workload) {
    add_unmounted(*pod, paths);
  }
  return paths;
}

}  // namespace plimsoll::check
