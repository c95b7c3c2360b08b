#include <string>
#include <utility>

#include "core/path.h"
#include "workload/kubernetes_reader.h"

namespace plimsoll::kubernetes {
namespace {

/// How one volume source maps to a mount.
struct SourceKind {
  std::string_view key;
  Mount::Type type;
  std::string_view source_key;  ///< what names the source, inside the mapping
  bool always_read_only;
};

constexpr SourceKind kSources[] = {
    {"hostPath", Mount::Type::kBind, "path", false},
    {"persistentVolumeClaim", Mount::Type::kVolume, "claimName", false},
    {"configMap", Mount::Type::kConfig, "name", true},
    {"secret", Mount::Type::kSecret, "secretName", true},
    {"projected", Mount::Type::kSecret, "", true},
    {"downwardAPI", Mount::Type::kConfig, "", true},
    {"emptyDir", Mount::Type::kVolume, "", false},
    {"ephemeral", Mount::Type::kVolume, "", false},
    {"image", Mount::Type::kOther, "reference", true},
    {"csi", Mount::Type::kOther, "driver", false},
    {"nfs", Mount::Type::kOther, "server", false},
};

const SourceKind* source_kind(const Node& volume, const Node*& source) {
  for (const SourceKind& kind : kSources) {
    source = child(&volume, kind.key);
    if (source != nullptr) return &kind;
  }
  return nullptr;
}

void read_empty_dir(Reader& reader, const Node& source, Volume& volume) {
  const Node* medium = child(&source, "medium");
  if (medium == nullptr || medium->str() != "Memory") return;
  volume.type = Mount::Type::kTmpfs;
  const Value<std::string> limit = reader.text(&source, "sizeLimit");
  if (limit.is_set()) volume.options = "size=" + limit.value;
}

/// A projected volume is a secret unless every part of it is known to be none.
bool projects_secrets(const Node& source) {
  const auto parts = elements(&source, "sources");
  for (const Node* part : parts) {
    const bool harmless = present(part, "configMap") != nullptr ||
                          present(part, "downwardAPI") != nullptr ||
                          present(part, "clusterTrustBundle") != nullptr;
    if (!harmless) return true;
  }
  return parts.empty();
}

/// Has a source that is in no table: some driver's volume, not the emptyDir of an empty entry.
bool has_other_source(const Node& volume) {
  for (const Node::Entry& entry : volume.entries) {
    if (entry.key->str() != "name" && !entry.value->is_null()) return true;
  }
  return false;
}

Volume read_volume(Reader& reader, const Node& node) {
  Volume volume;
  const Node* source = nullptr;
  const SourceKind* kind = source_kind(node, source);
  if (kind == nullptr) {
    if (has_other_source(node)) volume.type = Mount::Type::kOther;
    return volume;
  }
  volume.type = kind->type;
  volume.read_only = kind->always_read_only || reader.boolean(source, "readOnly").value;
  if (!kind->source_key.empty()) {
    Value<std::string> name = reader.text(source, kind->source_key);
    volume.known = name.is_known();
    volume.source = std::move(name.value);
  }
  if (kind->key == "emptyDir") read_empty_dir(reader, *source, volume);
  if (kind->key == "projected" && !projects_secrets(*source)) volume.type = Mount::Type::kConfig;
  return volume;
}

void add_volume(Reader& reader, std::string_view name, Volume volume, PodSettings& settings) {
  if (!reader.charge(name.size() + sizeof(Volume))) return;
  settings.volumes.insert_or_assign(name, std::move(volume));
}

/// A StatefulSet's claims are volumes that the pod spec does not list.
void read_claims(Reader& reader, const Node& object, PodSettings& settings) {
  for (const Node* claim : elements(child(&object, "spec"), "volumeClaimTemplates")) {
    const Node* name = child(child(claim, "metadata"), "name");
    if (name == nullptr) continue;
    Volume volume;
    volume.source = reader.copy(name->str());
    add_volume(reader, name->str(), std::move(volume), settings);
  }
}

std::string_view propagation(std::string_view written) {
  if (written == "HostToContainer") return "rslave";
  if (written == "Bidirectional") return "rshared";
  return {};
}

void add_sub_path(Reader& reader, const Node& node, Mount& mount) {
  if (present(&node, "subPathExpr") != nullptr) mount.known = false;
  const Value<std::string> sub_path = reader.text(&node, "subPath");
  if (!sub_path.is_known()) mount.known = false;
  if (!sub_path.is_set()) return;
  mount.options = "subpath=" + sub_path.value;
  if (mount.type == Mount::Type::kBind) mount.source = path::join(mount.source, sub_path.value);
}

void join_volume(Reader& reader, const Volume* volume, Mount& mount) {
  if (volume == nullptr) {
    mount.type = Mount::Type::kVolume;
    mount.known = false;
    return;
  }
  mount.type = volume->type;
  mount.source = reader.copy(volume->source);
  mount.options = reader.copy(volume->options);
  mount.known = volume->known;
  mount.read_only = volume->read_only;
}

Mount read_mount(Reader& reader, const Node& node, const PodSettings& settings) {
  Mount mount;
  const Value<std::string> name = reader.text(&node, "name");
  const Value<std::string> target = reader.text(&node, "mountPath");
  const auto found = settings.volumes.find(name.value);
  join_volume(reader, found == settings.volumes.end() ? nullptr : &found->second, mount);
  mount.volume = name.value;
  mount.target = target.value;
  mount.known = mount.known && name.is_known() && target.is_known();
  const Value<bool> read_only = reader.boolean(&node, "readOnly");
  mount.known = mount.known && read_only.is_known();
  mount.read_only = mount.read_only || read_only.value;
  if (const Node* mode = child(&node, "mountPropagation")) {
    mount.propagation = propagation(mode->str());
  }
  add_sub_path(reader, node, mount);
  mount.place = target.place.file != nullptr ? target.place : name.place;
  if (mount.place.file == nullptr) mount.place = reader.place(node);
  return mount;
}

}  // namespace

void read_volumes(Reader& reader, const Pod& pod, PodSettings& settings) {
  read_claims(reader, *pod.object->node, settings);
  for (const Node* node : elements(pod.spec, "volumes")) {
    const Node* name = child(node, "name");
    if (name != nullptr) add_volume(reader, name->str(), read_volume(reader, *node), settings);
  }
}

void read_mounts(Reader& reader, const Node& container, const PodSettings& settings,
                 Workload& workload) {
  for (const Node* node : elements(&container, "volumeMounts")) {
    if (!node->is_mapping()) continue;
    if (!reader.charge(sizeof(Mount))) return;
    Mount mount = read_mount(reader, *node, settings);
    if (mount.type == Mount::Type::kSecret && !mount.source.empty()) {
      reader.add(workload.secrets, reader.copy(mount.source), mount.place);
      workload.secrets.origin = Origin::kSet;
    }
    workload.mounts.push_back(std::move(mount));
  }
}

}  // namespace plimsoll::kubernetes
