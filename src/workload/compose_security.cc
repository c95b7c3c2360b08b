#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/ascii.h"
#include "workload/compose_service.h"

namespace plimsoll::compose {
namespace {

Items capabilities(Reader& reader, const Setting& setting) {
  Items items = reader.items(setting);
  for (Item& item : items.items) {
    item.value = ascii::upper(item.value);
    if (item.value.starts_with("CAP_")) item.value.erase(0, 4);
  }
  return items;
}

/// What one entry of security_opt decides: "seccomp:unconfined" and "seccomp=unconfined" are one.
void apply_option(std::string_view option, Origin origin, const Place& place, Workload& workload) {
  const std::size_t separator = find_separator(option, ":=");
  const std::string_view name = option.substr(0, separator);
  const bool has_value = separator != std::string_view::npos;
  const std::string_view value = has_value ? option.substr(separator + 1) : std::string_view{};
  const auto set = [&](Value<std::string>& field) { field = {std::string(value), origin, place}; };
  if (name == "no-new-privileges") {
    workload.no_new_privileges = {!has_value || value == "true", origin, place};
  } else if (name == "seccomp") {
    set(workload.seccomp);
  } else if (name == "apparmor") {
    set(workload.apparmor);
  } else if (name == "label") {
    set(workload.selinux);
  } else if (name == "systempaths" && value == "unconfined") {
    set(workload.proc_mount);
  }
}

/// An entry that cannot be read may be any of the options, so none of them is known to be absent.
void mark_unset_unknown(const Place& place, Workload& workload) {
  const auto mark_unknown = [&](auto& field) {
    if (field.is_set()) return;
    field.origin = Origin::kUnknown;
    field.place = place;
  };
  mark_unknown(workload.no_new_privileges);
  mark_unknown(workload.seccomp);
  mark_unknown(workload.apparmor);
  mark_unknown(workload.selinux);
  mark_unknown(workload.proc_mount);
}

void read_security_options(Reader& reader, const Setting& setting, Workload& workload) {
  workload.security_options = reader.items(setting);
  std::optional<Place> unread;
  for (const Layer& element : reader.elements(setting)) {
    const Text option = reader.text(element);
    if (option.value.starts_with("${")) unread = element.place();
    apply_option(option.value, origin_of(element, option.known), element.place(), workload);
  }
  if (unread) mark_unset_unknown(*unread, workload);
}

std::string long_device(Reader& reader, const Layer& element) {
  const Setting entry(element);
  std::string source = reader.string(entry.at("source")).value;
  std::string target = reader.string(entry.at("target")).value;
  const std::string permissions = reader.string(entry.at("permissions")).value;
  if (!target.empty()) source += ':' + target;
  if (!permissions.empty()) source += (target.empty() ? ":" : "") + (':' + permissions);
  return source;
}

/// "SOURCE:TARGET:PERMISSIONS"; a later device on the same target replaces the earlier one.
Items read_devices(Reader& reader, const Setting& setting) {
  Items devices;
  const Layer* const strongest = setting.strongest();
  if (strongest == nullptr) return devices;
  devices.place = strongest->place();
  devices.origin = origin_of(*strongest);
  std::unordered_map<std::string, std::size_t> by_target;
  for (const Layer& element : reader.elements(setting)) {
    Text text = element.node->is_mapping() ? Text{long_device(reader, element), true, {}}
                                           : reader.text(element);
    if (!text.known) devices.origin = Origin::kUnknown;
    const std::vector<std::string_view> fields = split_fields(text.value, ':');
    const std::string target(fields.size() > 1 ? fields[1] : fields[0]);
    const auto [at, is_new] = by_target.try_emplace(target, devices.items.size());
    if (is_new) devices.items.emplace_back();
    devices.items[at->second] = {std::move(text.value), element.place()};
  }
  return devices;
}

bool asks_for_gpu(Reader& reader, const Setting& request) {
  for (const Layer& capability : reader.elements(request.at("capabilities"))) {
    if (reader.text(capability).value == "gpu") return true;
  }
  return reader.string(request.at("driver")).value == "nvidia";
}

Value<bool> read_gpu(Reader& reader, const Setting& service) {
  Value<bool> gpu;
  const Setting gpus = service.at("gpus");
  if (const Layer* const layer = gpus.strongest()) {
    mark(gpu, *layer);
    gpu.value = layer->node->is_scalar() || !layer->node->items.empty();
    return gpu;
  }
  const Setting devices = service.at({"deploy", "resources", "reservations", "devices"});
  for (const Layer& request : reader.elements(devices)) {
    if (!asks_for_gpu(reader, Setting(request))) continue;
    mark(gpu, request);
    gpu.value = true;
  }
  return gpu;
}

}  // namespace

void read_security(Reader& reader, const Setting& service, Workload& workload) {
  workload.privileged = reader.boolean(service.at("privileged"));
  workload.cap_add = capabilities(reader, service.at("cap_add"));
  workload.cap_drop = capabilities(reader, service.at("cap_drop"));
  read_security_options(reader, service.at("security_opt"), workload);
  workload.sysctls = reader.joined_pairs(service.at("sysctls"));
  workload.devices = read_devices(reader, service.at("devices"));
  workload.device_cgroup_rules = reader.items(service.at("device_cgroup_rules"));
  workload.gpu = read_gpu(reader, service);
}

}  // namespace plimsoll::compose
