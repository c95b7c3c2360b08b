#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/package.h"
#include "core/result.h"

namespace plimsoll::image {

/// What one executable, library, or script tells.
struct BinaryFacts {
  bool is_elf = false;
  std::uint32_t machine = 0;  ///< as ELF numbers them
  bool is_64 = false;
  bool is_dynamic = false;
  /// False where the dynamic linker's table could not be read whole.
  bool is_understood = false;
  bool opens_libraries = false;  ///< it imports dlopen()
  bool starts_programs = false;  ///< it can run others, or nothing tells
  std::string interpreter;       ///< PT_INTERP; of a script what stands behind "#!"
  std::string soname;
  std::vector<std::string> needed;       ///< names of libraries
  std::vector<std::string> run_paths;    ///< folders that are searched for them; "$ORIGIN/../lib"
  bool run_paths_are_inherited = false;  ///< DT_RPATH: they hold for what it loads, too
  std::string build_id;                  ///< hexadecimal
  std::vector<Package> packages;         ///< that it was made of, or that it is
  std::vector<Error> problems;           ///< why something may be missing
};

using Binaries = std::map<std::string, BinaryFacts, std::less<>>;  ///< by path

}  // namespace plimsoll::image
