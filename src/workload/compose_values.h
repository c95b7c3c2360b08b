#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workload/compose_layers.h"
#include "workload/compose_reader.h"
#include "workload/workload.h"

/// Ports and mounts, in the short and the long syntax.
/// Texts are after interpolation; a ':' inside an unresolved ${…} is not a separator.
namespace plimsoll::compose {

/// [IP:][HOST:]CONTAINER[/PROTOCOL]; HOST and CONTAINER may be ranges, IP may be [IPv6].
[[nodiscard]] Port parse_port(std::string_view text);
/// [SOURCE:]TARGET[:OPTION,…]. The source is left as written.
[[nodiscard]] Mount parse_mount(std::string_view text);
/// TARGET[:OPTION,…].
[[nodiscard]] Mount parse_tmpfs(std::string_view text);
/// A path of the host rather than the name of a volume, as Compose tells them apart.
[[nodiscard]] bool is_host_path(std::string_view source);
/// `path` below `folder`; "~", drive letters and pipes stay as they are.
[[nodiscard]] std::string resolve_host_path(std::string_view folder, std::string_view path);

/// `ports:` and `expose:` of a service.
[[nodiscard]] std::vector<Port> read_ports(Reader& reader, const Setting& service);
/// `volumes:`, `configs:`, `secrets:`, `use_api_socket:`; those of type tmpfs go to `tmpfs`.
[[nodiscard]] std::vector<Mount> read_mounts(Reader& reader, const Setting& service,
                                             std::vector<Mount>& tmpfs);
/// `tmpfs:`.
[[nodiscard]] std::vector<Mount> read_tmpfs(Reader& reader, const Setting& service);
/// Names of `secrets:`.
[[nodiscard]] Items read_secrets(Reader& reader, const Setting& service);

}  // namespace plimsoll::compose
