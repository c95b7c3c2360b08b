#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "image/binary/elf_file.h"
#include "image/package_reader.h"

namespace plimsoll::image {

/// What a Go program says of itself. Source: debug/buildinfo of the Go distribution, and
/// runtime/debug.BuildInfo for the lines.
struct GoBuildInfo {
  std::string version;  ///< "go1.22.1"
  std::string modules;  ///< lines of words between tabs; "" when it was built without modules
};

inline constexpr std::string_view kGoMagic{"\xff Go buildinf:", 14};
/// A larger one is not read.
inline constexpr std::uint64_t kMostGoBuildInfo = 4U << 20U;

/// Whether a header stands here and not just its first bytes, which Go's own tools hold too.
[[nodiscard]] bool is_go_header(std::string_view bytes);
/// @param bytes  from the header on; at most kMostGoBuildInfo of them are read
/// @param file   for programs of Go before 1.18, whose header points elsewhere
[[nodiscard]] std::optional<GoBuildInfo> read_go_build_info(std::string_view bytes,
                                                            const ElfFile& file);
/// Looks for the header, too: in its own section, else in what is writable.
[[nodiscard]] std::optional<GoBuildInfo> find_go_build_info(const ElfFile& file);

/// Of a program for another system, which is no ELF file.
/// @error kNotFound  it has no header
/// @error kLimit  Go before 1.18 made it, whose header points to where only that system's loader
///                puts things
[[nodiscard]] Result<GoBuildInfo> find_go_build_info(std::string_view program);

/// The module that the program is of; "" where nothing says it.
[[nodiscard]] std::string_view main_module_of(const GoBuildInfo& info);

/// The main module, what it was built with, and "stdlib". A main module has the version that was
/// stamped, else what `-ldflags "-X main.version=…"` says, else none: "(devel)" and v0.0.0-… tell
/// nothing that advisories could be compared with.
void add_go_packages(const GoBuildInfo& info, PackageList& list);

}  // namespace plimsoll::image
