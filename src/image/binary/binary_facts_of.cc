#include "image/binary/binary_facts_of.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/ascii.h"
#include "image/binary/embedded_packages.h"
#include "image/binary/find_bytes.h"
#include "image/binary/go_build_info.h"
#include "image/binary/go_functions.h"

namespace plimsoll::image {
namespace {

constexpr std::uint32_t kBuildId = 3;
constexpr std::size_t kLongestBuildId = 64;

constexpr std::string_view kOpening[] = {"dlopen", "dlmopen"};
constexpr std::string_view kStarting[] = {
    "execl",   "execle",  "execlp",      "execv",        "execve", "execveat", "execvp",
    "execvpe", "fexecve", "posix_spawn", "posix_spawnp", "popen",  "system",   "wordexp"};

template <class Names>
bool holds(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes.substr(0, kLongestBuildId)) {
    const auto byte = static_cast<unsigned char>(c);
    text += {kDigits[byte >> 4U], kDigits[byte & 0xFU]};
  }
  return text;
}

void read_dynamic(const ElfFile& file, BinaryFacts& facts) {
  const auto dynamic = file.dynamic();
  facts.is_dynamic = dynamic.has_value();
  // What is linked whole tells nothing of the functions in it.
  facts.starts_programs = true;
  facts.is_understood = true;
  if (!dynamic) return;
  facts.is_understood = dynamic->is_whole && dynamic->imports.has_value();
  facts.soname = dynamic->soname;
  facts.needed.assign(dynamic->needed.begin(), dynamic->needed.end());
  // Where both are there, the older is not looked at.
  const bool inherited = dynamic->runpath.empty();
  const std::string_view paths = inherited ? dynamic->rpath : dynamic->runpath;
  facts.run_paths_are_inherited = inherited && !paths.empty();
  for (const std::string_view path : ascii::split(paths, ':')) {
    if (!path.empty()) facts.run_paths.emplace_back(path);
  }
  if (!dynamic->imports) {
    facts.opens_libraries = true;
    return;
  }
  // A program that is linked whole may still have a table for its own relocation.
  facts.starts_programs = dynamic->needed.empty() && dynamic->soname.empty();
  for (const std::string_view name : *dynamic->imports) {
    facts.opens_libraries = facts.opens_libraries || holds(kOpening, name);
    facts.starts_programs = facts.starts_programs || holds(kStarting, name);
  }
}

/// Go's linker leaves out what is not called, and keeps the names of all functions it puts in.
bool go_starts_programs(const ElfFile& file, const FileRanges& bytes) {
  std::string_view names = file.section(".gopclntab");
  if (names.empty()) names = file.section(".data.rel.ro.gopclntab");
  if (names.empty()) names = bytes.from(0, std::numeric_limits<std::uint64_t>::max());
  constexpr std::string_view kExec("syscall.Exec\0", 13);
  return find_bytes(names, "syscall.forkExec") != std::string_view::npos ||
         find_bytes(names, kExec) != std::string_view::npos;
}

void append(BinaryFacts& facts, PackageList list) {
  for (Package& package : std::move(list).finish()) facts.packages.push_back(std::move(package));
}

void tell(BinaryFacts& facts, Error problem, const std::string& path) {
  problem.path = path;
  facts.problems.push_back(std::move(problem));
}

void read_go(const ElfFile& file, const FileRanges& bytes, const std::string& path, bool is_whole,
             std::optional<std::uint64_t> go_offset, BinaryFacts& facts) {
  std::optional<GoBuildInfo> info;
  if (is_whole) {
    info = find_go_build_info(file);
  } else if (go_offset) {
    info = read_go_build_info(bytes.from(*go_offset, kMostGoBuildInfo), file);
    if (!info) {
      tell(facts, {ErrorCode::kLimit, "it is too large to read which Go modules it was made of"},
           path);
    }
  }
  if (!info) return;
  PackageList list("Go", path);
  add_go_packages(*info, list);
  append(facts, std::move(list));
  if (is_whole) add_go_functions(file, main_module_of(*info), facts.packages);
  const bool imports = facts.is_dynamic && !facts.needed.empty() && facts.starts_programs;
  facts.starts_programs = imports || !is_whole || go_starts_programs(file, bytes);
}

/// UPX leaves no sections, and its mark behind the program headers. The lists of modules and crates
/// are packed with all the rest, which is not unpacked here.
bool is_packed(const ElfFile& file, const FileRanges& bytes) {
  constexpr std::uint64_t kHeaders = 512;
  return file.sections().empty() &&
         find_bytes(bytes.from(0, kHeaders), "UPX!") != std::string_view::npos;
}

}  // namespace

BinaryFacts binary_facts_of(const FileRanges& bytes, const std::string& path, bool is_whole,
                            std::optional<std::uint64_t> go_offset) {
  BinaryFacts facts;
  const auto file = ElfFile::parse(bytes);
  if (!file) return facts;
  facts.is_elf = true;
  facts.machine = file->machine();
  facts.is_64 = file->is_64();
  facts.interpreter = file->interpreter();
  facts.build_id = hexadecimal(file->note("GNU", kBuildId));
  read_dynamic(*file, facts);
  read_go(*file, bytes, path, is_whole, go_offset, facts);
  if (is_packed(*file, bytes)) {
    tell(facts, {ErrorCode::kLimit, "packed by UPX: what it was made of is not read"}, path);
  }

  PackageList crates("crates.io", path);
  if (auto added = add_rust_packages(*file, path, crates); !added) {
    tell(facts, std::move(added.error()), path);
  }
  append(facts, std::move(crates));
  const auto& sections = file->sections();
  const bool has_crates =
      std::any_of(sections.begin(), sections.end(),
                  [](const ElfFile::Section& each) { return each.name == ".dep-v0"; });
  if (!is_whole && has_crates && file->section(".dep-v0").empty()) {
    tell(facts, {ErrorCode::kLimit, "it is too large to read which crates it was made of"}, path);
  }

  PackageList noted("", path);
  if (auto added = add_noted_package(*file, path, noted); !added) {
    tell(facts, std::move(added.error()), path);
  }
  append(facts, std::move(noted));
  return facts;
}

}  // namespace plimsoll::image
