#pragma once

#include "workload/run/argument.h"
#include "workload/workload.h"

/// What the value of one option says. Shared by run lines, quadlets and inspect's strings.
namespace plimsoll::run {

[[nodiscard]] inline Origin origin_of(const Argument& argument) {
  return argument.known() ? Origin::kSet : Origin::kUnknown;
}
[[nodiscard]] Value<std::string> text_value(const Argument& argument);
/// What Go's strconv.ParseBool takes ("true", "T", "1", …); anything else is kUnknown.
[[nodiscard]] Value<bool> bool_value(const Argument& argument);
[[nodiscard]] Value<std::int64_t> integer_value(const Argument& argument);

/// An entry whose text is not known makes the list unknown; it is kept all the same, as written.
void add_item(Items& items, const Argument& argument);
/// "CAP_NET_ADMIN,sys_time" as NET_ADMIN and SYS_TIME; unknown ones only mark the list.
void add_capabilities(Items& items, const Argument& argument);

/// -v [SOURCE:]TARGET[:OPTIONS]
[[nodiscard]] Mount read_volume(const Argument& argument);
/// --mount type=…,src=…,dst=…
[[nodiscard]] Mount read_mount(const Argument& argument);
/// --tmpfs TARGET[:OPTIONS]
[[nodiscard]] Mount read_tmpfs(const Argument& argument);
/// Puts it where its type belongs: Workload::tmpfs or ::mounts.
void add_mount(Workload& workload, Mount mount);

/// -p [[IP:]HOST:]CONTAINER[/PROTOCOL]
[[nodiscard]] Port read_publish(const Argument& argument);
/// --expose PORT[/PROTOCOL]
[[nodiscard]] Port read_expose(const Argument& argument);

/// NAME=value or NAME.
[[nodiscard]] EnvironmentVariable read_variable(const Argument& argument);

/// Keeps the raw entry and sets what it says: no-new-privileges, seccomp, apparmor, label,
/// systempaths, unmask.
void apply_security_option(Workload& workload, const Argument& argument);
/// A mode (host, none, container:x, …) or the name of a network.
void apply_network(Workload& workload, const Argument& argument);
/// A device's path, or the CDI name of a GPU.
void apply_device(Workload& workload, const Argument& argument);
/// max-size=…, max-file=…
void apply_log_option(Workload& workload, const Argument& argument);
/// A shell command, or "none".
void apply_health_command(Workload& workload, const Argument& argument);

}  // namespace plimsoll::run
