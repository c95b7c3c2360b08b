#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "workload/workload.h"

namespace plimsoll::check {

/// A single port number; nothing for ranges, "" and what is no port.
[[nodiscard]] std::optional<std::uint16_t> port_number(std::string_view text);

/// Published, and on every interface of the host.
[[nodiscard]] bool on_all_interfaces(const Port& port);
/// Whoever reaches the host reaches some port of the workload.
[[nodiscard]] bool reachable_from_outside(const Workload& workload);

/// What listens on a port that no stranger should reach: "PostgreSQL", "the Docker API". "" for all
/// other ports. SSH is none of them: it asks for credentials, and Git servers publish it.
[[nodiscard]] std::string_view sensitive_service(const Port& port);
/// HTTP and HTTPS, under the numbers that people give them.
[[nodiscard]] bool is_web_port(const Port& port);

}  // namespace plimsoll::check
