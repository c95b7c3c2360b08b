#include "check/drift.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "parse/image_reference.h"

namespace plimsoll::check {
namespace {

/// Both say something that can be compared; a container that says nothing has the default.
template <class T>
bool comparable(const Value<T>& asked, const Value<T>& got) {
  return asked.is_set() && got.is_known();
}

template <class T>
bool differs(const Value<T>& asked, const Value<T>& got) {
  return comparable(asked, got) && asked.value != got.value;
}

bool image_differs(const Workload& service, const Workload& container) {
  if (service.build || !comparable(service.image, container.image)) return false;
  if (container.image.value.starts_with("sha256:")) return false;  // what it was called is lost
  const auto asked = parse_image_reference(service.image.value);
  auto got = parse_image_reference(container.image.value);
  if (!asked || !got) return false;
  return to_string(*asked) != to_string(*got);
}

/// A capability list, "ALL" and all.
bool lists_differ(const Items& asked, const Items& got) {
  if (!asked.is_set() || asked.origin == Origin::kUnknown || got.origin == Origin::kUnknown) {
    return false;
  }
  const auto names = [](const Items& items) {
    std::set<std::string> set;
    for (const Item& item : items.items) set.insert(ascii::upper(item.value));
    return set;
  };
  return names(asked) != names(got);
}

/// The engine writes out a seccomp profile, so only whether there is one can be compared.
bool seccomp_differs(const Value<std::string>& asked, const Value<std::string>& got) {
  return comparable(asked, got) && (asked.value == "unconfined") != (got.value == "unconfined");
}

bool security_options_differ(const Workload& service, const Workload& container) {
  return differs(service.no_new_privileges, container.no_new_privileges) ||
         seccomp_differs(service.seccomp, container.seccomp) ||
         differs(service.apparmor, container.apparmor) ||
         differs(service.selinux, container.selinux);
}

/// "service:db" became "container:<id>"; of the rest only the modes that are no networks.
bool network_differs(const Value<std::string>& asked, const Value<std::string>& got) {
  if (!comparable(asked, got)) return false;
  const auto joins = [](std::string_view mode) {
    return mode.starts_with("service:") || mode.starts_with("container:");
  };
  if (joins(asked.value)) return !joins(got.value);
  if (asked.value != "host" && asked.value != "none") return false;
  return asked.value != got.value;
}

bool host_namespace_differs(const Value<std::string>& asked, const Value<std::string>& got) {
  return comparable(asked, got) && asked.value == "host" && got.value != "host";
}

bool is_storage(const Mount& mount) {
  return mount.type == Mount::Type::kBind || mount.type == Mount::Type::kVolume;
}

/// Desktop engines put a folder of their virtual machine before the path.
bool same_source(std::string_view asked, std::string_view got) {
  return !asked.starts_with('/') || got.ends_with(path::normalize(asked));
}

bool mounts_differ(const Workload& service, const Workload& container) {
  std::set<std::string> targets;
  bool all_known = service.volumes_from.empty();
  bool some = false;
  for (const Mount& asked : service.mounts) {
    all_known = all_known && asked.known;
    if (!asked.known) continue;
    const std::string target = path::normalize(asked.target);
    targets.insert(target);
    if (!is_storage(asked)) continue;
    some = true;
    const auto got = std::find_if(
        container.mounts.begin(), container.mounts.end(),
        [&target](const Mount& mount) { return path::normalize(mount.target) == target; });
    if (got == container.mounts.end()) return true;
    if (!got->known) continue;
    if (got->type != asked.type || got->read_only != asked.read_only) return true;
    if (asked.type == Mount::Type::kBind && !same_source(asked.source, got->source)) return true;
  }
  if (!some || !all_known) return false;
  // A volume may be the image's own; a folder of the host is somebody's wish.
  return std::any_of(container.mounts.begin(), container.mounts.end(), [&](const Mount& got) {
    return got.known && got.type == Mount::Type::kBind &&
           !got.target.starts_with("/run/secrets/") &&
           !targets.contains(path::normalize(got.target));
  });
}

std::string_view address(const Port& port) {
  return port.host_ip == "0.0.0.0" || port.host_ip == "::" ? std::string_view{} : port.host_ip;
}

bool is_same(const Port& asked, const Port& got) {
  return asked.container_port == got.container_port &&
         ascii::iequals(asked.protocol, got.protocol) && address(asked) == address(got) &&
         (asked.host_port.empty() || asked.host_port == got.host_port);
}

bool ports_differ(const Workload& service, const Workload& container) {
  std::vector<const Port*> asked;
  for (const Port& port : service.ports) {
    if (!port.published) continue;
    const bool is_range =
        ascii::contains(port.container_port, "-") || ascii::contains(port.host_port, "-");
    if (!port.known || is_range) return false;
    asked.push_back(&port);
  }
  if (asked.empty()) return false;
  std::size_t published = 0;
  for (const Port& got : container.ports) {
    if (!got.published) continue;
    if (!got.known) return false;
    ++published;
    if (std::none_of(asked.begin(), asked.end(),
                     [&got](const Port* port) { return is_same(*port, got); })) {
      return true;
    }
  }
  return published < asked.size();
}

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || at != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "512m", "1.5gb", "1073741824". Source: docker/go-units, RAMInBytes.
std::optional<double> bytes_of(std::string_view text) {
  static constexpr std::string_view kUnits = "kmgtp";
  if (!text.empty() && ascii::to_lower(text.back()) == 'b') text.remove_suffix(1);
  double factor = 1;
  if (!text.empty()) {
    const std::size_t unit = kUnits.find(ascii::to_lower(text.back()));
    if (unit != std::string_view::npos) {
      for (std::size_t i = 0; i <= unit; ++i) factor *= 1024;
      text.remove_suffix(1);
    }
  }
  const auto number = number_of(ascii::trim(text));
  return number ? std::optional(*number * factor) : std::nullopt;
}

/// 0 is no limit, and so is none.
bool amounts_differ(const Value<std::string>& asked, const Value<std::string>& got,
                    std::optional<double> (*read)(std::string_view)) {
  if (!comparable(asked, got)) return false;
  const auto wanted = read(asked.value);
  const auto given = got.value.empty() ? std::optional(0.0) : read(got.value);
  if (!wanted || !given || *wanted < 0) return false;
  static constexpr double kSame = 0.001;  // cpus are written with three places at most
  return std::abs(*wanted - *given) >= kSame;
}

bool pids_differ(const Value<std::int64_t>& asked, const Value<std::int64_t>& got) {
  const auto limit = [](std::int64_t value) { return value > 0 ? value : 0; };
  return comparable(asked, got) && limit(asked.value) != limit(got.value);
}

}  // namespace

std::vector<std::string_view> differences(const Workload& service, const Workload& container) {
  const Resources& asked = service.resources;
  const Resources& got = container.resources;
  const std::pair<bool, std::string_view> compared[] = {
      {image_differs(service, container), "image"},
      {differs(service.user, container.user), "user"},
      {differs(service.privileged, container.privileged), "privileged"},
      {lists_differ(service.cap_add, container.cap_add), "cap_add"},
      {lists_differ(service.cap_drop, container.cap_drop), "cap_drop"},
      {security_options_differ(service, container), "security_opt"},
      {network_differs(service.network_mode, container.network_mode), "network_mode"},
      {host_namespace_differs(service.pid_mode, container.pid_mode), "pid"},
      {host_namespace_differs(service.ipc_mode, container.ipc_mode), "ipc"},
      {host_namespace_differs(service.userns_mode, container.userns_mode), "userns_mode"},
      {differs(service.read_only, container.read_only), "read_only"},
      {mounts_differ(service, container), "volumes"},
      {ports_differ(service, container), "ports"},
      {amounts_differ(asked.memory_limit, got.memory_limit, bytes_of), "mem_limit"},
      {amounts_differ(asked.cpu_limit, got.cpu_limit, number_of), "cpus"},
      {pids_differ(asked.pids_limit, got.pids_limit), "pids_limit"},
  };
  std::vector<std::string_view> names;
  for (const auto& [differ, name] : compared) {
    if (differ) names.push_back(name);
  }
  return names;
}

}  // namespace plimsoll::check
