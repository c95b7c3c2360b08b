#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "check/word_list.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "build-tools-in-image",
    .title = "The image has what software is built with",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .aliases = "cis-docker:4.3 dockle:CIS-DI-0003",
    .why =
        "Compilers and headers are hundreds of megabytes to pull and patch, and let an attacker "
        "build what he needs in place.",
    .fix_note =
        "Build in a stage of its own and copy the result, or remove the packages in the same RUN.",
    .sources = "https://docs.docker.com/build/building/multi-stage/",
};

// The tools first: what they need to build with comes along.
constexpr WordList kTools =
    "autoconf automake bison build-base build-essential cargo clang cmake flex g++ "
    "gcc gcc-c++ git git-core go golang golang-bin golang-go gradle llvm make maven mercurial "
    "meson ninja ninja-build openjdk-jdk patch rust rustc subversion";

/// Of what no package brought: unpacked archives of toolchains.
constexpr std::string_view kPrograms[] = {"gcc",   "clang", "make", "cmake", "go",
                                          "rustc", "cargo", "mvn",  "gradle"};

/// "gcc" of "gcc-12", "clang" of "clang-19".
std::string_view without_version(std::string_view name) {
  const std::size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == name.size()) return name;
  return ascii::is_digit(name[dash + 1]) ? name.substr(0, dash) : name;
}

bool is_tool(std::string_view name) {
  return kTools.has(without_version(name));
}

/// Headers and what else a compiler wants of a library.
bool is_for_compilers(std::string_view name) {
  return name.ends_with("-dev") || name.ends_with("-devel") || name.ends_with("-headers");
}

void add_unowned(const image::Inventory& image, std::vector<ImageItem>& found) {
  const OwnedPrograms owned(image);
  for (const std::string_view name : kPrograms) {
    auto program = find_program(image, name);
    if (program && !owned.owns(program->path)) {
      found.push_back({std::string(name), program->id.layer, '/' + program->path});
    }
  }
}

/// Each once: gcc brings gcc-12.
void add_package(const image::Inventory& image, const Package& package,
                 std::set<std::string_view>& known, std::vector<ImageItem>& into) {
  if (!known.insert(without_version(package.name)).second) return;
  // Looked for only where it is shown: there may be many packages, and many layers.
  const bool is_shown = into.size() < kMostShownItems;
  into.push_back(
      {package.name, is_shown ? layer_of(image, package.layer) : std::nullopt, package.version});
}

void check(const image::Inventory& image, Sink& sink) {
  std::vector<ImageItem> tools;
  std::vector<ImageItem> libraries;
  std::set<std::string_view> known;
  for (const Package& package : image.packages) {
    if (!image::is_distribution(package.ecosystem)) continue;
    if (is_tool(package.name)) {
      add_package(image, package, known, tools);
    } else if (is_for_compilers(package.name)) {
      add_package(image, package, known, libraries);
    }
  }
  add_unowned(image, tools);
  const std::size_t headers = libraries.size();
  std::string message = "the image has ";
  if (!tools.empty()) message += "the build tools " + name_items(tools);
  if (!tools.empty() && headers > 0) message += ", and ";
  if (headers == 1) message += "the development files of " + name_items(libraries);
  if (headers > 1) message += std::to_string(headers) + " packages of development files";
  std::move(libraries.begin(), libraries.end(), std::back_inserter(tools));
  if (tools.empty()) return;
  add_items(sink.report(Place{}, std::move(message)), image, "package", tools);
}

constexpr Example kExamples[] = {
    {.name = "a compiler",
     .before = "«config» {}\nlayer RUN apt-get install gcc\npackage Debian gcc 4:12.2.0-3\n"
               "package Debian gcc-12 12.2.0-14\npackage Debian libc6-dev 2.36-9\n"},
    {.name = "headers alone",
     .before = "«config» {}\nlayer RUN dnf install zlib-devel\npackage RPM zlib-devel 1.2.11\n"},
    {.name = "unpacked",
     .before = "«config» {\"Env\": [\"PATH=/usr/local/go/bin:/usr/bin\"]}\nlayer COPY go /\n"
               "-rwxr-xr-x 0:0 9 usr/local/go/bin/go\n"},
    {.name = "what compiled programs need, and a library of that name",
     .before = "config {}\nlayer ADD rootfs.tar /\npackage Debian gcc-12-base 12.2.0-14\n"
               "package Debian libgcc-s1 12.2.0-14\npackage Alpine musl 1.2.5\n"
               "package npm make 1.0.0\n"},
};

}  // namespace

const Rule& build_tools_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
