#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "image/binary/binary_facts_of.h"
#include "image/binary/elf_file.h"

/// Any bytes as an executable: views stay inside of them, and nothing takes long.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll::image;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto is_inside = [&bytes](std::string_view view) {
    return view.empty() || (view.data() >= bytes.data() &&
                            view.data() + view.size() <= bytes.data() + bytes.size());
  };
  const auto file = ElfFile::parse(FileRanges(bytes));
  if (file) {
    if (!is_inside(file->interpreter())) PL_BUG("an interpreter from elsewhere");
    if (!is_inside(file->note("GNU", 3))) PL_BUG("a note from elsewhere");
    for (const ElfFile::Section& section : file->sections()) {
      if (!is_inside(section.name)) PL_BUG("a name from elsewhere");
    }
    if (const auto dynamic = file->dynamic()) {
      for (const std::string_view name : dynamic->needed) {
        if (name.empty() || !is_inside(name)) PL_BUG("a library from elsewhere");
      }
    }
  }
  for (const bool is_whole : {true, false}) {
    const BinaryFacts facts = binary_facts_of(FileRanges(bytes), "a/file", is_whole);
    if (facts.is_elf != file.has_value()) PL_BUG("an ELF file for one reader alone");
    for (const plimsoll::Package& package : facts.packages) {
      if (package.name.empty() || package.path != "a/file") PL_BUG("a package nobody can place");
    }
    for (const plimsoll::Error& problem : facts.problems) {
      if (problem.message.empty() || problem.path != "a/file") PL_BUG("a problem of no file");
    }
  }
  return 0;
}
