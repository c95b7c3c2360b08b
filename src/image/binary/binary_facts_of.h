#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "image/binary/binary_facts.h"
#include "image/binary/elf_file.h"

namespace plimsoll::image {

/// What an ELF file tells, without what classifiers find in it.
/// @param path       for packages and problems
/// @param is_whole   `bytes` are all of it
/// @param go_offset  where a Go program's build information is, if that is known already
[[nodiscard]] BinaryFacts binary_facts_of(const FileRanges& bytes, const std::string& path,
                                          bool is_whole,
                                          std::optional<std::uint64_t> go_offset = std::nullopt);

}  // namespace plimsoll::image
