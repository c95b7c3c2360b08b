#include "image/binary/go_build_info.h"

#include <algorithm>
#include <vector>

#include "core/ascii.h"
#include "image/binary/find_bytes.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kHeader = 32;
constexpr std::size_t kAlignment = 16;
constexpr unsigned kBigEndian = 1;
constexpr unsigned kInline = 2;
constexpr std::size_t kSentinel = 16;  // around the lines of modules
constexpr std::size_t kLongestVersion = 256;
constexpr std::size_t kLongestFlag = 512;
constexpr std::size_t kMostWritable = 8;

/// A length of seven bits a byte, then so many bytes.
std::optional<std::string_view> take_text(std::string_view& bytes) {
  std::uint64_t size = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (bytes.empty()) return std::nullopt;
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    size |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte >= 0x80) continue;
    if (size > bytes.size()) return std::nullopt;
    const std::string_view text = bytes.substr(0, static_cast<std::size_t>(size));
    bytes.remove_prefix(text.size());
    return text;
  }
  return std::nullopt;
}

bool is_go_version(std::string_view text) {
  return text.size() <= kLongestVersion && (text.starts_with("go1") || text.starts_with("devel "));
}

std::string_view unframed(std::string_view modules) {
  if (modules.size() < 2 * kSentinel + 1 || modules[modules.size() - kSentinel - 1] != '\n') {
    return {};
  }
  return modules.substr(kSentinel, modules.size() - 2 * kSentinel);
}

/// Go before 1.18: a pointer to the version's string header and one to the modules'.
std::optional<GoBuildInfo> read_pointers(std::string_view bytes, const ElfFile& file) {
  const std::size_t word = static_cast<unsigned char>(bytes[14]);
  if (word != 4 && word != 8) return std::nullopt;
  const auto order = (static_cast<unsigned char>(bytes[15]) & kBigEndian) != 0 ? ByteOrder::kBig
                                                                               : ByteOrder::kLittle;
  const auto number = [&](std::string_view from, std::size_t at) {
    const std::uint64_t first = number_at(from, at, 4, order);
    if (word == 4) return first;
    const std::uint64_t second = number_at(from, at + 4, 4, order);
    return order == ByteOrder::kBig ? first << 32U | second : second << 32U | first;
  };
  const auto text = [&](std::uint64_t pointer) -> std::string_view {
    const std::string_view header = file.memory(pointer, 2 * word);
    if (header.size() < 2 * word) return {};
    const std::uint64_t size = number(header, word);
    if (size > kMostGoBuildInfo) return {};
    const std::string_view found = file.memory(number(header, 0), size);
    return found.size() == size ? found : std::string_view();
  };
  const std::string_view version = text(number(bytes, 16));
  if (!is_go_version(version)) return std::nullopt;
  return GoBuildInfo{.version = std::string(version),
                     .modules = std::string(unframed(text(number(bytes, 16 + word))))};
}

/// "v0.0.0-20240102150405-0123456789ab": made up of a commit.
bool tells_nothing(std::string_view version) {
  return version.empty() || version == "(devel)" || version.starts_with("v0.0.0-");
}

/// "v1.2.3", "1.2.3-rc.1": with at least two dots, so no date and no branch.
bool is_proper_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  std::size_t dots = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t start = at;
    while (at < text.size() && ascii::is_digit(text[at])) ++at;
    if (at == start || at - start > 5) return false;
    if (at == text.size() || text[at] != '.' || dots == 2) break;
    ++dots;
    ++at;
  }
  if (dots != 2) return false;
  const std::string_view rest = text.substr(at);
  if (!rest.empty() && rest[0] != '-' && rest[0] != '+') return false;
  return rest.size() <= 40 && text.substr(0, at) != "0.0.0" &&
         std::all_of(rest.begin(), rest.end(),
                     [](char c) { return ascii::is_alnum(c) || c == '-' || c == '+' || c == '.'; });
}

/// What `-X main.version=v1.2.3` says: of the package main, or of one named "version".
std::string version_of_flags(std::string_view flags) {
  constexpr std::string_view kNames[] = {"version", "appversion", "buildversion", "gitversion",
                                         "fullversion"};
  std::string found;
  for (std::size_t at = flags.find("-X"); at != std::string_view::npos;
       at = flags.find("-X", at + 2)) {
    std::string_view rest = flags.substr(at + 2, kLongestFlag);
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == '=' || rest[0] == '"' ||
                             rest[0] == '\'' || rest[0] == '\\')) {
      rest.remove_prefix(1);
    }
    const std::string_view word = rest.substr(0, rest.find_first_of(" \"'\\"));
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view variable = word.substr(0, equals);
    const std::size_t dot = variable.rfind('.');
    if (dot == std::string_view::npos) continue;
    const std::string name = ascii::lower(variable.substr(dot + 1));
    if (std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames)) continue;
    const std::string_view package = variable.substr(0, dot);
    if (package != "main" && !package.ends_with("/version") && !package.ends_with("/main"))
      continue;
    const std::string_view value = word.substr(equals + 1);
    if (!is_proper_version(value)) continue;
    std::string version = (value[0] == 'v' ? "" : "v") + std::string(value);
    // Two that differ: a version of something else is among them.
    if (!found.empty() && found != version) return {};
    found = std::move(version);
  }
  return found;
}

/// "1.22.1" of "go1.22.1 X:nocoverageredesign"; "" of what was built between releases.
std::string_view release_of(std::string_view version) {
  if (!version.starts_with("go")) return {};
  version.remove_prefix(2);
  return version.substr(0, version.find_first_of(" -+"));
}

struct Module {
  std::string_view path;
  std::string_view version;
};

bool is_local(std::string_view path) {
  return path.starts_with("./") || path.starts_with("../") || path.starts_with('/');
}

/// "github.com/a/b" and not "command-line-arguments" or "cmd/go".
bool is_remote(std::string_view path) {
  return ascii::contains(path.substr(0, path.find('/')), ".") && !is_local(path);
}

/// What stands in for a module; a folder of the builder stands for the same at no known version.
Module replaced(const Module& module, const Module& by) {
  return is_local(by.path) ? Module{module.path, {}} : by;
}

bool is_inline(std::string_view header) {
  return (static_cast<unsigned char>(header[15]) & kInline) != 0;
}

/// Go since 1.18: both texts stand behind the header.
std::optional<GoBuildInfo> read_inline(std::string_view bytes) {
  bytes.remove_prefix(kHeader);
  const auto version = take_text(bytes);
  if (!version || !is_go_version(*version)) return std::nullopt;
  const auto modules = take_text(bytes);
  if (!modules) return std::nullopt;
  return GoBuildInfo{.version = std::string(*version), .modules = std::string(unframed(*modules))};
}

}  // namespace

bool is_go_header(std::string_view bytes) {
  if (bytes.size() < kHeader || !bytes.starts_with(kGoMagic)) return false;
  const auto flags = static_cast<unsigned char>(bytes[15]);
  if (flags > (kBigEndian | kInline)) return false;
  if ((flags & kInline) == 0) return bytes[14] == 4 || bytes[14] == 8;
  return std::all_of(bytes.begin() + 16, bytes.begin() + kHeader, [](char c) { return c == 0; });
}

std::optional<GoBuildInfo> read_go_build_info(std::string_view bytes, const ElfFile& file) {
  bytes = bytes.substr(0, kMostGoBuildInfo);
  if (!is_go_header(bytes)) return std::nullopt;
  return is_inline(bytes) ? read_inline(bytes) : read_pointers(bytes, file);
}

std::optional<GoBuildInfo> find_go_build_info(const ElfFile& file) {
  constexpr std::uint32_t kWritable = 2;
  if (auto info = read_go_build_info(file.section(".go.buildinfo"), file)) return info;
  std::size_t looked = 0;
  for (const ElfFile::Segment& segment : file.segments()) {
    if (segment.type != ElfFile::kLoad || (segment.flags & kWritable) == 0) continue;
    // Programs have one or two; a header may name the same bytes thousands of times.
    if (++looked > kMostWritable) break;
    const std::string_view bytes = file.memory(segment.address, segment.size);
    for (std::size_t at = find_bytes(bytes, kGoMagic); at != std::string_view::npos;
         at = find_bytes(bytes, kGoMagic, at + 1)) {
      if ((segment.offset + at) % kAlignment != 0) continue;
      if (auto info = read_go_build_info(bytes.substr(at), file)) return info;
    }
  }
  return std::nullopt;
}

Result<GoBuildInfo> find_go_build_info(std::string_view program) {
  bool is_old = false;
  for (std::size_t at = find_bytes(program, kGoMagic); at != std::string_view::npos;
       at = find_bytes(program, kGoMagic, at + 1)) {
    const std::string_view bytes = program.substr(at, kMostGoBuildInfo);
    if (at % kAlignment != 0 || !is_go_header(bytes)) continue;
    if (!is_inline(bytes)) {
      is_old = true;
    } else if (auto info = read_inline(bytes)) {
      return *std::move(info);
    }
  }
  if (!is_old) return fail(ErrorCode::kNotFound, "no program of Go");
  return fail(ErrorCode::kLimit,
              "a program for another system by Go before 1.18: its modules are not read");
}

std::string_view main_module_of(const GoBuildInfo& info) {
  std::string_view command;
  for (const std::string_view line : ascii::split(info.modules, '\n')) {
    const std::vector<std::string_view> words = ascii::split(line, '\t');
    if (words.size() > 1 && words[0] == "mod") return words[1];
    if (words.size() > 1 && words[0] == "path") command = words[1];
  }
  // Without modules the path of the command is all there is: "github.com/docker/cli/cmd/docker".
  return is_remote(command) ? command.substr(0, command.find("/cmd/")) : std::string_view();
}

void add_go_packages(const GoBuildInfo& info, PackageList& list) {
  if (const auto release = release_of(info.version); !release.empty()) list.add("stdlib", release);
  std::string_view main_version;
  std::string_view flags;
  std::vector<Module> modules;
  for (const std::string_view line : ascii::split(info.modules, '\n')) {
    const std::vector<std::string_view> words = ascii::split(line, '\t');
    if (words[0] == "build" && words.size() > 1 && words[1].starts_with("-ldflags=")) {
      flags = line.substr(line.find('=') + 1);
    }
    if (words.size() < 3) continue;
    const Module module{words[1], words[2]};
    if (words[0] == "mod") main_version = module.version;
    if (words[0] == "dep") modules.push_back(module);
    if (words[0] == "=>" && !modules.empty()) modules.back() = replaced(modules.back(), module);
  }
  if (const std::string_view main = main_module_of(info); !main.empty()) {
    const std::string_view clean = main_version.substr(0, main_version.find("+dirty"));
    list.add(main, tells_nothing(clean) ? version_of_flags(flags) : std::string(clean));
  }
  for (const Module& module : modules) {
    list.add(module.path, module.version == "(devel)" ? std::string_view() : module.version);
  }
}

}  // namespace plimsoll::image
