#include <string>
#include <utility>

#include "workload/kubernetes_reader.h"

namespace plimsoll::kubernetes {
namespace {

/// Enough of a probe to tell two of them apart.
constexpr std::size_t kProbeBytes = 4096;

std::string_view kind_name(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::kApp: return "container";
    case ContainerKind::kInit: return "init container";
    case ContainerKind::kSidecar: return "sidecar container";
    case ContainerKind::kEphemeral: return "ephemeral container";
  }
  return "";
}

ContainerKind kind_of(const Node& container, std::string_view list) {
  if (list == "containers") return ContainerKind::kApp;
  if (list == "ephemeralContainers") return ContainerKind::kEphemeral;
  const Node* restart = child(&container, "restartPolicy");
  const bool stays = restart != nullptr && restart->str() == "Always";
  return stays ? ContainerKind::kSidecar : ContainerKind::kInit;
}

Place place_of_container(const Reader& reader, const Node& container) {
  for (const std::string_view key : {"name", "image"}) {
    if (const Node::Entry* entry = present(&container, key)) return reader.place(*entry);
  }
  if (!container.entries.empty()) return reader.place(*container.entries.front().key);
  return reader.place(container);
}

/// The API server's default: Always for :latest, written or implied, else IfNotPresent.
std::string_view default_pull_policy(std::string_view image) {
  const std::size_t digest = image.find('@');
  const std::string_view named = image.substr(0, digest);
  const std::size_t slash = named.rfind('/');
  const std::size_t colon = named.rfind(':');
  const bool tagged =
      colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash);
  const bool latest =
      tagged ? named.substr(colon + 1) == "latest" : digest == std::string_view::npos;
  return latest ? "Always" : "IfNotPresent";
}

Value<std::string> read_pull_policy(Reader& reader, const Node& container,
                                    const Value<std::string>& image) {
  Value<std::string> policy = reader.text(&container, "imagePullPolicy");
  if (policy.origin != Origin::kDefault && !(policy.is_set() && policy.value.empty())) {
    return policy;
  }
  policy = {};
  if (image.is_set()) policy.value = default_pull_policy(image.value);
  if (!image.is_known()) policy.origin = Origin::kUnknown;
  return policy;
}

/// The words of `command` or `args`; `$(VAR)` stays as written.
std::vector<std::string> read_words(Reader& reader, const Node* words) {
  std::vector<std::string> result;
  if (words == nullptr) return result;
  if (words->is_scalar()) result.push_back(reader.copy(words->text));
  if (!words->is_sequence()) return result;
  for (const Node* word : words->items) {
    if (!reader.charge(sizeof(std::string))) break;
    result.push_back(reader.copy(word->str()));
  }
  return result;
}

void read_command(Reader& reader, const Node& container, Workload& workload) {
  workload.entrypoint = read_words(reader, child(&container, "command"));
  workload.command = read_words(reader, child(&container, "args"));
  for (const std::string_view key : {"command", "args"}) {
    const Node::Entry* entry = present(&container, key);
    if (entry == nullptr) continue;
    workload.command_place = reader.place(*entry);
    break;
  }
}

Value<Probe> read_probe(Reader& reader, const Node& container, std::string_view key) {
  Value<Probe> probe;
  const Node::Entry* entry = present(&container, key);
  if (entry == nullptr) return probe;
  probe.origin = entry->value->is_mapping() ? Origin::kSet : Origin::kUnknown;
  // Of the key: the value is many lines.
  probe.place = reader.place(*entry->key);
  probe.value.node = entry->value;
  if (!reader.exhausted()) {
    probe.value.test.push_back(reader.copy(dump(*entry->value, kProbeBytes)));
  }
  return probe;
}

void read_host_access(Reader& reader, const PodSettings& settings, Workload& workload) {
  workload.network_mode = reader.inherit({}, settings.network_mode);
  workload.pid_mode = reader.inherit({}, settings.pid_mode);
  workload.ipc_mode = reader.inherit({}, settings.ipc_mode);
  workload.userns_mode = reader.inherit({}, settings.userns_mode);
  workload.extra_hosts = reader.inherit(settings.extra_hosts);
}

bool is_gpu(std::string_view resource) {
  return resource.ends_with("/gpu") || resource.starts_with("nvidia.com/") ||
         resource.starts_with("gpu.intel.com/");
}

Value<bool> read_gpu(const Reader& reader, const Node& container) {
  Value<bool> gpu;
  const Node* limits = child(child(&container, "resources"), "limits");
  if (limits == nullptr) return gpu;
  for (const Node::Entry& entry : limits->entries) {
    if (!is_gpu(entry.key->str()) || entry.value->is_null() || entry.value->str() == "0") continue;
    gpu = {.value = true, .origin = Origin::kSet, .place = reader.place(entry)};
  }
  return gpu;
}

/// A limit without a request is the request, too (API reference, ResourceRequirements).
void default_request(Reader& reader, const Value<std::string>& limit, Value<std::string>& request) {
  request = reader.inherit(std::move(request), limit);
}

void inherit_resources(Reader& reader, const Resources& of_pod, Resources& own) {
  own.memory_limit = reader.inherit(std::move(own.memory_limit), of_pod.memory_limit);
  own.memory_request = reader.inherit(std::move(own.memory_request), of_pod.memory_request);
  own.cpu_limit = reader.inherit(std::move(own.cpu_limit), of_pod.cpu_limit);
  own.cpu_request = reader.inherit(std::move(own.cpu_request), of_pod.cpu_request);
}

void identify(const Reader& reader, const Pod& pod, ContainerEntry entry, Workload& workload) {
  workload.form = Form::kKubernetes;
  workload.container_kind = kind_of(*entry.node, entry.list);
  workload.kind = kind_name(workload.container_kind);
  workload.id = pod.object->id + '/' + entry.unique_name;
  workload.name = std::move(entry.name);
  workload.file = &reader.file();
  workload.place = place_of_container(reader, *entry.node);
  workload.group_place = pod.place;
  workload.pod = &pod;
  workload.node = entry.node;
}

void fill(Reader& reader, const Node& container, const PodSettings& settings, Workload& workload) {
  workload.image = reader.text(&container, "image");
  workload.pull_policy = read_pull_policy(reader, container, workload.image);
  read_command(reader, container, workload);
  read_container_security(reader, container, settings, workload);
  read_host_access(reader, settings, workload);
  read_mounts(reader, container, settings, workload);
  workload.resources = read_resources(reader, child(&container, "resources"));
  inherit_resources(reader, settings.resources, workload.resources);
  workload.gpu = read_gpu(reader, container);
  workload.restart = reader.inherit(read_restart(reader, &container), settings.restart);
  const ContainerKind kind = workload.container_kind;
  workload.one_shot = settings.one_shot || kind == ContainerKind::kInit;
  workload.liveness = read_probe(reader, container, "livenessProbe");
  workload.readiness = read_probe(reader, container, "readinessProbe");
  workload.startup = read_probe(reader, container, "startupProbe");
  read_ports(reader, container, workload);
  read_environment(reader, container, workload);
}

}  // namespace

Value<std::string> read_restart(Reader& reader, const Node* mapping) {
  Value<std::string> restart = reader.text(mapping, "restartPolicy");
  if (!restart.is_set()) restart.value = "always";
  if (restart.value == "Always") restart.value = "always";
  if (restart.value == "OnFailure") restart.value = "on-failure";
  if (restart.value == "Never") restart.value = "no";
  return restart;
}

Resources read_resources(Reader& reader, const Node* resources) {
  Resources result;
  // A `resources` that is no mapping makes everything in it unknown.
  const bool readable = resources == nullptr || resources->is_mapping();
  const Node* limits = readable ? child(resources, "limits") : resources;
  const Node* requests = readable ? child(resources, "requests") : resources;
  result.memory_limit = reader.text(limits, "memory");
  result.memory_request = reader.text(requests, "memory");
  result.cpu_limit = reader.text(limits, "cpu");
  result.cpu_request = reader.text(requests, "cpu");
  result.ephemeral_limit = reader.text(limits, "ephemeral-storage");
  result.ephemeral_request = reader.text(requests, "ephemeral-storage");
  default_request(reader, result.memory_limit, result.memory_request);
  default_request(reader, result.cpu_limit, result.cpu_request);
  default_request(reader, result.ephemeral_limit, result.ephemeral_request);
  return result;
}

const Workload* read_container(Reader& reader, const Pod& pod, const PodSettings& settings,
                               ContainerEntry entry) {
  const std::size_t text = entry.name.size() + entry.unique_name.size() + pod.object->id.size();
  if (!reader.admit_container() || !reader.charge(sizeof(Workload) + text)) return nullptr;
  const Node& container = *entry.node;
  Workload& workload = reader.out().workloads.emplace_back();
  identify(reader, pod, std::move(entry), workload);
  fill(reader, container, settings, workload);
  if (!reader.exhausted()) return &workload;
  // Half a container would be judged by what it lacks.
  reader.out().workloads.pop_back();
  return nullptr;
}

}  // namespace plimsoll::kubernetes
