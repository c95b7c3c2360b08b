#pragma once

#include <string>

#include "image/binary/elf_file.h"
#include "image/package_reader.h"

namespace plimsoll::image {

/// Crates that `cargo auditable` wrote into a program. Source:
/// https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md
/// @error kInvalid, kTooLarge  the section is there and cannot be read
[[nodiscard]] Result<void> add_rust_packages(const ElfFile& file, const std::string& path,
                                             PackageList& list);

/// The package of an operating system that a program was built as. Source:
/// https://uapi-group.org/specifications/specs/package_metadata_for_executable_files/
/// @error kInvalid  the note is there and cannot be read
[[nodiscard]] Result<void> add_noted_package(const ElfFile& file, const std::string& path,
                                             PackageList& list);

}  // namespace plimsoll::image
