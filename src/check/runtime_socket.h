#pragma once

#include <string_view>

#include "workload/workload.h"

/// The sockets through which a container engine is told what to do: whoever may write there is
/// root on the host. A read-only mount changes nothing, for the file is not what is written to.
namespace plimsoll::check {

/// "Docker", "containerd", …; "" when `path` is no engine's socket (or named pipe).
[[nodiscard]] std::string_view engine_of_socket(std::string_view path);

/// The image is a filter that stands between the socket and its users.
[[nodiscard]] bool is_socket_proxy(const Workload& workload);

}  // namespace plimsoll::check
