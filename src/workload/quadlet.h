#pragma once

#include <optional>
#include <string_view>

#include "core/finding.h"
#include "core/source_file.h"
#include "workload/workload.h"

/// Podman Quadlet: *.container unit files → Workload.
/// Source: docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html.
namespace plimsoll::quadlet {

[[nodiscard]] bool is_quadlet_name(std::string_view file_name);  ///< "*.container"
/// nullopt when there is no [Container] section.
[[nodiscard]] std::optional<Workload> read(const SourceFile& file);

}  // namespace plimsoll::quadlet
