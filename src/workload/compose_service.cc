#include "workload/compose_service.h"

#include <string>
#include <utility>

#include "workload/compose_values.h"

namespace plimsoll::compose {
namespace {

/// command and entrypoint are replaced as a whole, and null goes back to the image's.
std::vector<std::string> words(Reader& reader, const Setting& setting) {
  std::vector<std::string> words;
  if (!setting.exists()) return words;
  for (const Layer& word : reader.elements(Setting(setting.layers().front()))) {
    words.push_back(reader.text(word).value);
  }
  return words;
}

/// Attributes that may be a list of names or a mapping by name.
Items names(Reader& reader, const Setting& setting) {
  Items items;
  const Layer* const strongest = setting.strongest();
  if (strongest == nullptr) return items;
  items.place = strongest->place();
  items.origin = origin_of(*strongest);
  for (Pair& pair : reader.pairs(setting, "")) {
    items.items.push_back({std::move(pair.name), pair.place});
  }
  return items;
}

void read_dependencies(Reader& reader, const Setting& setting, Workload& workload) {
  for (Pair& pair : reader.pairs(setting, "")) {
    Dependency dependency;
    dependency.service = std::move(pair.name);
    const Setting details(pair.layer);
    dependency.condition = reader.string(details.at("condition")).value;
    const Value<bool> required = reader.boolean(details.at("required"));
    dependency.required = !required.is_set() || required.value;
    dependency.place = pair.place;
    workload.depends_on.push_back(std::move(dependency));
  }
}

void read_namespaces(Reader& reader, const Setting& service, Workload& workload) {
  workload.network_mode = reader.string(service.at("network_mode"));
  workload.pid_mode = reader.string(service.at("pid"));
  workload.ipc_mode = reader.string(service.at("ipc"));
  workload.uts_mode = reader.string(service.at("uts"));
  workload.userns_mode = reader.string(service.at("userns_mode"));
  workload.cgroup_mode = reader.string(service.at("cgroup"));
  workload.cgroup_parent = reader.string(service.at("cgroup_parent"));
}

void read_files(Reader& reader, const Setting& service, Workload& workload) {
  workload.read_only = reader.boolean(service.at("read_only"));
  workload.tmpfs = read_tmpfs(reader, service);
  workload.mounts = read_mounts(reader, service, workload.tmpfs);
  workload.volumes_from = reader.items(service.at("volumes_from"));
  workload.secrets = read_secrets(reader, service);
}

void append(Items& items, Items more) {
  if (!items.is_set()) {
    items = std::move(more);
    return;
  }
  if (more.origin == Origin::kUnknown) items.origin = Origin::kUnknown;
  items.items.insert(items.items.end(), std::make_move_iterator(more.items.begin()),
                     std::make_move_iterator(more.items.end()));
}

void read_network(Reader& reader, const Setting& service, Workload& workload) {
  workload.ports = read_ports(reader, service);
  workload.networks = names(reader, service.at("networks"));
  workload.extra_hosts = reader.joined_pairs(service.at("extra_hosts"), "=:", ':');
  workload.links = reader.items(service.at("links"));
  append(workload.links, reader.items(service.at("external_links")));
}

void read_process(Reader& reader, const Setting& service, Workload& workload) {
  const Setting command = service.at("command");
  workload.command = words(reader, command);
  workload.entrypoint = words(reader, service.at("entrypoint"));
  if (const Layer* const layer = command.strongest()) workload.command_place = layer->place();
  workload.user = reader.string(service.at("user"));
  workload.group_add = reader.items(service.at("group_add"));
}

}  // namespace

void read_service(Reader& reader, const Setting& service, Workload& workload) {
  workload.image = reader.string(service.at("image"));
  workload.pull_policy = reader.string(service.at("pull_policy"));
  workload.platform = reader.string(service.at("platform"));
  workload.labels = reader.joined_pairs(service.at("labels"));
  read_build(reader, service, workload);
  read_process(reader, service, workload);
  read_security(reader, service, workload);
  read_namespaces(reader, service, workload);
  read_files(reader, service, workload);
  read_resources(reader, service, workload);
  read_lifecycle(reader, service, workload);
  read_network(reader, service, workload);
  read_environment(reader, service, workload);
  read_dependencies(reader, service.at("depends_on"), workload);
}

}  // namespace plimsoll::compose
