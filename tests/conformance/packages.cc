// How many of the shared package inventories are read as the tools they come from read them.
// usage: conformance_packages FOLDER [--differences] [--min PERCENT] [--optional] [KIND…]
//   FOLDER/KIND/NNN/expected.json holds (name, version) rows, and alternatives of other tools

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "image/decompress.h"
#include "image/package_reader.h"

namespace {

using namespace plimsoll;
namespace fs = std::filesystem;
using Json = nlohmann::json;
using Rows = std::set<std::pair<std::string, std::string>>;

struct Options {
  std::string folder;
  std::set<std::string> kinds;
  bool differences = false;
  bool optional = false;
  int min = 0;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Of a file that is kept as `x.xz`, what it was.
std::string decompressed(const std::string& bytes) {
  auto stream = image::decompress(image::memory_stream(bytes), {.most_bytes = 256U << 20U});
  std::string text;
  std::array<char, 64U << 10U> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  while (stream) {
    const auto count = (*stream)->read(buffer);
    if (!count || *count == 0) return text;
    text.append(buffer.data(), *count);
  }
  return text;
}

/// Where the file lay: some formats leave the name of a package to the folders above. A file that
/// was cut out of an archive keeps its folders; the others say where they come from.
std::string path_of(const Json& expected, const std::string& input) {
  const std::string original = expected["source"].value("original_file", "");
  return fs::path(original).filename() == fs::path(input).filename() ? original : input;
}

/// PEP 503.
std::string python_name(std::string_view name) {
  std::string out;
  for (const char c : ascii::lower(name)) {
    const bool separates = c == '-' || c == '_' || c == '.';
    if (!separates) out += c;
    if (separates && !out.ends_with('-')) out += '-';
  }
  return out;
}

/// A row without version may be there or not: dependencies by Git or folder, workspaces.
void add_row(Rows& rows, std::string_view ecosystem, std::string name, std::string version) {
  if (ecosystem == "Go" && version.starts_with('v')) version.erase(0, 1);
  if (ecosystem == "PyPI") name = python_name(name);
  if (!version.empty()) rows.emplace(std::move(name), std::move(version));
}

Rows rows_of(const Json& packages, std::string_view ecosystem) {
  Rows rows;
  for (const Json& each : packages) {
    add_row(rows, ecosystem, each.value("name", ""), each.value("version", ""));
  }
  return rows;
}

std::vector<fs::path> sorted(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void print_difference(const fs::path& folder, const Rows& expected, const Rows& found,
                      const std::vector<Error>& problems) {
  std::cout << folder.parent_path().filename().string() << '/' << folder.filename().string()
            << '\n';
  for (const auto& [name, version] : expected) {
    if (!found.contains({name, version})) std::cout << "  - " << name << ' ' << version << '\n';
  }
  for (const auto& [name, version] : found) {
    if (!expected.contains({name, version})) std::cout << "  + " << name << ' ' << version << '\n';
  }
  for (const Error& problem : problems) std::cout << "  ! " << problem.to_line() << '\n';
}

bool agrees(const image::PackageReader& reader, const fs::path& folder, const Options& options) {
  const Json expected = Json::parse(bytes_of(folder / "expected.json"));
  const std::string ecosystem =
      expected["ecosystem"].is_string() ? expected["ecosystem"].get<std::string>() : "";
  std::vector<std::string> inputs;
  if (expected["input"].is_array()) {
    expected["input"].get_to(inputs);
  } else {
    inputs.push_back(expected["input"]);
  }
  Rows found;
  std::vector<Error> problems;
  for (const std::string& input : inputs) {
    const bool is_compressed = expected.value("compressed", false);
    const std::string kept = bytes_of(folder / input);
    const auto reading = image::read_packages(reader, path_of(expected, input),
                                              is_compressed ? decompressed(kept) : kept);
    for (const Package& package : reading.packages) {
      add_row(found, ecosystem, package.name, package.version);
    }
    problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
  }
  const Rows wanted = rows_of(expected["packages"], ecosystem);
  if (found == wanted) return true;
  for (const Json& alternative : expected.value("alternatives", Json::array())) {
    if (found == rows_of(alternative["packages"], ecosystem)) return true;
  }
  if (options.differences) print_difference(folder, wanted, found, problems);
  return false;
}

Options options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--differences") {
      options.differences = true;
    } else if (words[i] == "--optional") {
      options.optional = true;
    } else if (words[i] == "--min" && i + 1 < words.size()) {
      options.min = std::stoi(words[++i]);
    } else if (options.folder.empty()) {
      options.folder = words[i];
    } else {
      options.kinds.insert(words[i]);
    }
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = options_of({argv + 1, argv + argc});
  if (!fs::exists(options.folder)) {
    std::cerr << "skipped: no package inventories at '" << options.folder << "'\n";
    return options.optional ? 0 : 5;
  }
  std::size_t all = 0;
  std::size_t good = 0;
  std::vector<std::string> lines;
  for (const fs::path& kind : sorted(options.folder)) {
    const std::string name = kind.filename().string();
    if (!options.kinds.empty() && !options.kinds.contains(name)) continue;
    const image::PackageReader* reader = image::find_package_reader(name);
    std::size_t cases = 0;
    std::size_t agreed = 0;
    for (const fs::path& folder : sorted(kind)) {
      ++cases;
      if (reader != nullptr && agrees(*reader, folder, options)) ++agreed;
    }
    all += cases;
    good += agreed;
    lines.push_back(name + '\t' + std::to_string(agreed) + '/' + std::to_string(cases) +
                    (reader == nullptr ? "\tno reader" : ""));
  }
  for (const std::string& line : lines) std::cout << line << '\n';
  const std::size_t percent = all == 0 ? 0 : good * 100 / all;
  std::cout << "all\t" << good << '/' << all << '\t' << percent << " %\n";
  return percent >= static_cast<std::size_t>(options.min) ? 0 : 1;
}
