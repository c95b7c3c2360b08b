#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "workload/kubernetes_reader.h"

namespace plimsoll::kubernetes {
namespace {

constexpr std::array<std::string_view, 3> kContainerLists = {"containers", "initContainers",
                                                             "ephemeralContainers"};

bool ends_by_itself(std::string_view kind) {
  return kind == "Job" || kind == "CronJob";
}

Value<std::string> service_account(Reader& reader, const Node* spec) {
  Value<std::string> account = reader.text(spec, "serviceAccountName");
  if (account.origin == Origin::kDefault) account = reader.text(spec, "serviceAccount");
  if (account.is_known() && account.value.empty()) account = {.value = "default"};
  return account;
}

void read_pod_fields(Reader& reader, Pod& pod) {
  pod.host_network = reader.boolean(pod.spec, "hostNetwork");
  pod.host_pid = reader.boolean(pod.spec, "hostPID");
  pod.host_ipc = reader.boolean(pod.spec, "hostIPC");
  pod.share_process_namespace = reader.boolean(pod.spec, "shareProcessNamespace");
  pod.automount_token = reader.tristate(pod.spec, "automountServiceAccountToken");
  pod.service_account = service_account(reader, pod.spec);
  const Node* os = child(child(pod.spec, "os"), "name");
  pod.windows = os != nullptr && os->str() == "windows";
}

/// A host namespace switch in the words that Docker has for it.
Value<std::string> namespace_mode(const Value<bool>& host, std::string_view otherwise = {}) {
  Value<std::string> mode;
  mode.origin = host.origin;
  mode.place = host.place;
  if (host.is_set()) mode.value = host.value ? "host" : otherwise;
  return mode;
}

Items host_aliases(Reader& reader, const Node* spec) {
  Items hosts;
  const Node::Entry* entry = present(spec, "hostAliases");
  if (entry == nullptr) return hosts;
  hosts.origin = entry->value->is_sequence() ? Origin::kSet : Origin::kUnknown;
  hosts.place = reader.place(*entry);
  for (const Node* alias : elements(spec, "hostAliases")) {
    const Node* ip = child(alias, "ip");
    for (const Node* name : elements(alias, "hostnames")) {
      std::string host = reader.copy(name->str()) + ':';
      if (ip != nullptr) host += reader.copy(ip->str());
      reader.add(hosts, std::move(host), reader.place(*name));
    }
  }
  return hosts;
}

PodSettings read_settings(Reader& reader, const Pod& pod) {
  PodSettings settings;
  settings.network_mode = namespace_mode(pod.host_network);
  settings.pid_mode = namespace_mode(pod.host_pid);
  settings.ipc_mode = namespace_mode(pod.host_ipc);
  settings.userns_mode = namespace_mode(reader.boolean(pod.spec, "hostUsers"), "private");
  settings.restart = read_restart(reader, pod.spec);
  settings.extra_hosts = host_aliases(reader, pod.spec);
  settings.resources = read_resources(reader, child(pod.spec, "resources"));
  settings.one_shot = ends_by_itself(pod.object->kind);
  read_pod_security(reader, pod, settings);
  read_volumes(reader, pod, settings);
  return settings;
}

/// Gives each container of a pod a name that no other has, so that ids stay unique.
class ContainerNames {
 public:
  std::string unique(const std::string& name) {
    if (uses_.try_emplace(name, 1).second) return name;
    std::string candidate;
    do {
      candidate = name + '~' + std::to_string(++uses_[name]);
    } while (!uses_.try_emplace(candidate, 1).second);
    return candidate;
  }

 private:
  std::unordered_map<std::string, std::size_t> uses_;
};

std::string written_name(Reader& reader, const Node& container, std::string_view list,
                         std::size_t index) {
  const Node* name = child(&container, "name");
  if (name != nullptr && !name->str().empty()) return reader.copy(name->str());
  return std::string(list) + '[' + std::to_string(index) + ']';
}

/// A list that is none is a problem; an absent one is not.
void check_list(Reader& reader, const Node* spec, std::string_view list) {
  const Node::Entry* entry = present(spec, list);
  if (entry == nullptr || entry->value->is_sequence()) return;
  reader.problem(ErrorCode::kInvalid, reader.place(*entry).span, std::string(list) + " is no list");
}

void read_containers(Reader& reader, Pod& pod, const PodSettings& settings, std::string_view list,
                     ContainerNames& names) {
  check_list(reader, pod.spec, list);
  std::size_t index = 0;
  for (const Node* container : elements(pod.spec, list)) {
    const std::size_t position = index++;
    if (!container->is_mapping()) {
      if (!reader.charge(sizeof(TreeProblem))) return;
      reader.problem(ErrorCode::kInvalid, container->span,
                     "an element of " + std::string(list) + " is no container");
      continue;
    }
    ContainerEntry entry{.node = container, .list = list};
    entry.name = written_name(reader, *container, list, position);
    entry.unique_name = names.unique(entry.name);
    const Workload* workload = read_container(reader, pod, settings, std::move(entry));
    if (workload == nullptr) return;
    pod.containers.push_back(workload);
  }
}

}  // namespace

void read_pod(Reader& reader, const Object& object, const Node& owner) {
  if (!reader.charge(sizeof(Pod))) return;
  Pod& pod = reader.out().pods.emplace_back();
  pod.object = &object;
  pod.spec = child(&owner, "spec");
  pod.metadata = child(&owner, "metadata");
  pod.place = object.place;
  read_pod_fields(reader, pod);
  const PodSettings settings = read_settings(reader, pod);
  ContainerNames names;
  for (const std::string_view list : kContainerLists) {
    read_containers(reader, pod, settings, list, names);
  }
}

}  // namespace plimsoll::kubernetes
