#include "image/binary/go_functions.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "core/ascii.h"
#include "core/fingerprint.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kMostFunctions = 1'000'000;
constexpr std::size_t kLongestName = 4'096;
constexpr std::string_view kStandardLibrary = "stdlib";

/// The names of all functions, each with a NUL at its end; "" where they are not at hand.
std::string_view names_of(const ElfFile& file) {
  constexpr std::uint64_t kGo116 = 0xfffffffa;
  constexpr std::uint64_t kGo118 = 0xfffffff0;
  constexpr std::uint64_t kGo120 = 0xfffffff1;
  constexpr std::size_t kFixed = 8;
  std::string_view table = file.section(".gopclntab");
  if (table.empty()) table = file.section(".data.rel.ro.gopclntab");
  const std::size_t word = file.is_64() ? 8 : 4;
  if (table.size() < kFixed + 8 * word) return {};
  const std::uint64_t magic = number_at(table, 0, 4, file.order());
  if (magic != kGo116 && magic != kGo118 && magic != kGo120) return {};
  const auto field = [&](std::size_t index) -> std::uint64_t {
    const std::size_t at = kFixed + index * word;
    if (word == 4) return number_at(table, at, 4, file.order());
    const std::uint64_t first = number_at(table, at, 4, file.order());
    const std::uint64_t second = number_at(table, at + 4, 4, file.order());
    return file.order() == ByteOrder::kBig ? first << 32U | second : second << 32U | first;
  };
  // How many functions, how many files, where the code begins (since 1.18), and then offsets.
  const std::size_t names_field = magic == kGo116 ? 2 : 3;
  const std::uint64_t begin = field(names_field);
  const std::uint64_t end = field(names_field + 1);
  if (begin >= end || end > table.size()) return {};
  return table.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

/// "%2e" in the last part of a path: the linker keeps dots for what follows it.
std::string unescaped(std::string_view path) {
  std::string text;
  text.reserve(path.size());
  const auto digit = [](char c) {
    return ascii::is_digit(c)                       ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : -1;
  };
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool is_escape =
        path[i] == '%' && i + 2 < path.size() && digit(path[i + 1]) >= 0 && digit(path[i + 2]) >= 0;
    if (!is_escape) {
      text += path[i];
      continue;
    }
    text += static_cast<char>(digit(path[i + 1]) * 16 + digit(path[i + 2]));
    i += 2;
  }
  return text;
}

/// Modules by what the import paths of their packages begin with.
class Modules {
 public:
  Modules(std::vector<Package>& packages, std::string_view main) {
    for (Package& package : packages) {
      if (package.ecosystem != "Go" || package.name == main) continue;
      by_path_.emplace(package.name, &package);
    }
  }

  /// Null for what is of none.
  [[nodiscard]] Package* module_of(std::string_view import) const {
    const std::string_view first = import.substr(0, import.find('/'));
    if (!ascii::contains(first, ".")) return find(kStandardLibrary);
    for (std::string_view path = import; !path.empty();) {
      if (Package* package = find(path)) return package;
      const std::size_t slash = path.rfind('/');
      path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
    return nullptr;
  }

  void finish() const {
    for (const auto& [path, package] : by_path_) {
      std::vector<std::uint64_t>& functions = package->functions;
      std::sort(functions.begin(), functions.end());
      functions.erase(std::unique(functions.begin(), functions.end()), functions.end());
    }
  }

 private:
  [[nodiscard]] Package* find(std::string_view path) const {
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : found->second;
  }

  std::map<std::string, Package*, std::less<>> by_path_;
};

}  // namespace

GoFunction go_function_of(std::string_view linked) {
  // Types that a generic function is made for: "Map[...]".
  std::string plain;
  std::size_t depth = 0;
  for (const char c : linked) {
    if (c == '[') ++depth;
    if (depth == 0 && c != '(' && c != ')' && c != '*') plain += c;
    if (c == ']' && depth > 0) --depth;
  }
  const std::size_t slash = plain.rfind('/');
  const std::size_t dot = plain.find('.', slash == std::string::npos ? 0 : slash);
  const bool is_in_package = dot != std::string::npos && dot > 0 && !plain.starts_with("go:") &&
                             !plain.starts_with("type:") && !plain.starts_with("type..");
  if (!is_in_package) return {std::move(plain), 0};
  std::string path = unescaped(std::string_view(plain).substr(0, dot));
  const std::size_t size = path.size();
  return {std::move(path) + plain.substr(dot), size};
}

void add_go_functions(const ElfFile& file, std::string_view main, std::vector<Package>& packages) {
  std::string_view names = names_of(file);
  if (names.empty()) return;
  const Modules modules(packages, main);
  std::size_t count = 0;
  bool has_start = false;
  std::string_view last_path;
  std::string last;
  Package* module = nullptr;
  while (!names.empty() && count < kMostFunctions) {
    const std::size_t end = std::min(names.find('\0'), names.size());
    const std::string_view name = names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
    if (name.empty() || name.size() > kLongestName) continue;
    ++count;
    has_start = has_start || name == "runtime.main";
    const GoFunction function = go_function_of(name);
    if (function.path_size == 0) continue;
    const std::string_view path = std::string_view(function.name).substr(0, function.path_size);
    if (path == "main") continue;
    if (path != last_path) {
      last = path;
      last_path = last;
      module = modules.module_of(path);
      if (module != nullptr) module->functions.push_back(short_fingerprint(last + ".*"));
    }
    if (module != nullptr) module->functions.push_back(short_fingerprint(function.name));
  }
  // Names that were made unreadable say nothing of what is missing among them.
  if (!has_start || count == kMostFunctions) {
    for (Package& package : packages) package.functions.clear();
    return;
  }
  modules.finish();
}

}  // namespace plimsoll::image
