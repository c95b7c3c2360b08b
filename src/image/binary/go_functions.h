#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/package.h"
#include "image/binary/elf_file.h"

namespace plimsoll::image {

/// Fills Package::functions of the modules that a Go program was made of, also with functions that
/// were built into their callers: each as "import/path.Function" or "import/path.Type.Method", and
/// each import path as "import/path.*". Go's linker leaves out what is never called, and a stripped
/// program still has its names. Nothing is filled for a module none of whose functions is there by
/// its path, as the program may call it otherwise; nor where the program is of Go before 1.16 or
/// its names were made unreadable.
/// Source: debug/gosym and runtime/symtab.go of the Go distribution.
/// @param main      path of the main module, whose command's functions lose their path
/// @param packages  of this program, by ecosystem "Go"
void add_go_functions(const ElfFile& file, std::string_view main, std::vector<Package>& packages);

/// "golang.org/x/text/language.Decoder.Decode" of the linker's
/// "golang.org/x/text/language.(*Decoder).Decode". The end of the import path is in `path_size`; 0
/// of what is in no package.
struct GoFunction {
  std::string name;
  std::size_t path_size = 0;
};
[[nodiscard]] GoFunction go_function_of(std::string_view linked);

}  // namespace plimsoll::image
