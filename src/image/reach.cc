#include "image/reach.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::image {
namespace {

/// What runs the packages of a language: the names that its interpreters begin with.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kInterpreters{{
    {"npm", "node"},
    {"PyPI", "python"},
    {"Maven", "java"},
    {"RubyGems", "ruby"},
    {"Packagist", "php"},
    {"NuGet", "dotnet"},
    {"Hex", "beam"},
    {"CRAN", "R"},
    {"Julia", "julia"},
    {"Pub", "dart"},
}};

std::string_view interpreter_of(std::string_view ecosystem) {
  for (const auto& [name, interpreter] : kInterpreters) {
    if (ascii::iequals(name, ecosystem)) return interpreter;
  }
  return {};
}

/// "python3.11" is Python, "pythonista" is not.
bool is_program(std::string_view path, std::string_view name) {
  const std::string_view file = path::name(path);
  if (!file.starts_with(name)) return false;
  const std::string_view rest = file.substr(name.size());
  return rest.empty() || rest.find_first_not_of("0123456789.-_") == std::string_view::npos ||
         rest.starts_with(".smp");
}

bool loads(const Inventory& inventory, std::string_view path) {
  const std::string real = inventory.tree.real_path(path);
  return !real.empty() && inventory.loadable.paths.contains(real);
}

bool loads_program(const Inventory& inventory, std::string_view name) {
  const auto& paths = inventory.loadable.paths;
  return std::any_of(paths.begin(), paths.end(),
                     [name](const std::string& path) { return is_program(path, name); });
}

bool is_library(std::string_view path) {
  const std::string_view name = path::name(path);
  return name.ends_with(".so") || ascii::contains(name, ".so.");
}

bool is_in_use(const Package& package, const Inventory& inventory) {
  const std::vector<std::string>& seen = inventory.image.in_use;
  if (seen.empty()) return false;
  const auto is_seen = [&](std::string_view path) {
    const std::string real = '/' + inventory.tree.real_path(path);
    return std::binary_search(seen.begin(), seen.end(), real);
  };
  // A part of an archive of Java: "app.jar!/lib/x.jar".
  const std::string_view path = package.path;
  return is_seen(path.substr(0, path.find("!/"))) ||
         std::any_of(package.files.begin(), package.files.end(), is_seen);
}

}  // namespace

std::string tier_of(const Package& package, const Inventory& inventory) {
  constexpr const char* kLoadable = "loadable";
  constexpr const char* kNot = "not-in-execute-path";
  if (is_in_use(package, inventory)) return "in-use";
  if (loads(inventory, package.path)) return kLoadable;  // a program tells what it is made of
  bool has_programs = false;
  for (const std::string& file : package.files) {
    if (loads(inventory, file)) return kLoadable;
    has_programs = has_programs || is_library(file) || ascii::contains(file, "bin/");
  }
  const bool is_certain = inventory.loadable.is_complete;
  if (const std::string_view interpreter = interpreter_of(package.ecosystem);
      !interpreter.empty()) {
    if (loads_program(inventory, interpreter)) return kLoadable;
    return is_certain ? kNot : "present";
  }
  // Data that a program reads is in no list of what is loaded.
  const bool is_of_program = package.ecosystem == "Go" || package.ecosystem == "crates.io";
  return is_certain && (has_programs || is_of_program) ? kNot : "present";
}

}  // namespace plimsoll::image
