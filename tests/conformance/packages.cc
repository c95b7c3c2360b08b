// How many of the shared package inventories are read as the tools they come from read them.
// usage: conformance_packages FOLDER [--differences] [--min PERCENT] [--optional] [KIND…]
//   FOLDER/KIND/NNN/expected.json holds (name, version) rows, and alternatives of other tools
// Where tools differ by habit an inventory agrees without those rows, and the table says so:
// development, the project itself, commits of Git, packages of another ecosystem. What differs
// else is a known difference with its reason, or fails.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "archive/decompress.h"
#include "core/ascii.h"
#include "image/package_reader.h"
#include "image/purl.h"
#include "package_differences.h"

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
  auto stream = archive::decompress(archive::memory_stream(bytes), {.most_bytes = 256U << 20U});
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
  if (version == "unknown") return;
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

/// Rows that one tool lists and another does not.
struct Habit {
  std::string_view what;
  unsigned bit;
};
constexpr Habit kHabits[] = {
    {"packages for developing", 1},
    {"the project itself", 2},
    {"commits as versions", 4},
    {"packages of another ecosystem", 8},
};
constexpr unsigned kAllHabits = 15;

bool is_commit(std::string_view version) {
  return version.size() == 40 &&
         std::all_of(version.begin(), version.end(), [](char c) { return ascii::is_hex(c); });
}

/// Name and version that the file gives to the project it belongs to: npm's locks, and the package
/// of uv.lock that comes from its own folder.
std::pair<std::string, std::string> project_of(const std::string& bytes) {
  const Json root = Json::parse(bytes, nullptr, false);
  if (root.is_object())
    return {root.value("name", Json()).dump(), root.value("version", Json()).dump()};
  for (const char* mark : {"source = { virtual = \".\" }", "source = { editable = \".\" }"}) {
    const std::size_t at = bytes.find(mark);
    if (at == std::string::npos) continue;
    const std::string before = bytes.substr(0, at);
    const auto value = [&before](std::string_view key) -> std::string {
      const std::size_t begin = before.rfind(key);
      if (begin == std::string::npos) return {};
      const std::size_t from = begin + key.size();
      return '"' + before.substr(from, before.find('"', from) - from) + '"';
    };
    return {value("\nname = \""), value("\nversion = \"")};
  }
  return {};
}

/// One inventory: what the tools list, and what we read.
class Inventory {
 public:
  Inventory(const image::PackageReader& reader, const fs::path& folder)
      : expected_(Json::parse(bytes_of(folder / "expected.json"))) {
    if (expected_["ecosystem"].is_string()) ecosystem_ = expected_["ecosystem"];
    // A row with the type of a package URL has the name as in the URL, without namespace.
    for (const Json& row : expected_["packages"]) bare_ = bare_ || row.contains("purl_type");
    std::vector<std::string> inputs;
    if (expected_["input"].is_array()) {
      expected_["input"].get_to(inputs);
    } else {
      inputs.push_back(expected_["input"]);
    }
    for (const std::string& input : inputs) {
      const std::string kept = bytes_of(folder / input);
      const std::string bytes = expected_.value("compressed", false) ? decompressed(kept) : kept;
      project_ = project_of(bytes);
      auto reading = image::read_packages(reader, path_of(expected_, input), bytes);
      packages_.insert(packages_.end(), reading.packages.begin(), reading.packages.end());
      problems_.insert(problems_.end(), reading.problems.begin(), reading.problems.end());
    }
  }

  [[nodiscard]] bool agrees(unsigned without) const {
    const Rows rows = found(without);
    if (rows == wanted(expected_["packages"], without)) return true;
    for (const Json& alternative : expected_.value("alternatives", Json::array())) {
      if (rows == wanted(alternative["packages"], without)) return true;
    }
    return false;
  }
  void print_difference(const fs::path& folder) const {
    ::print_difference(folder, wanted(expected_["packages"], 0), found(0), problems_);
  }

 private:
  [[nodiscard]] Rows wanted(const Json& packages, unsigned without) const {
    Rows rows = rows_of(packages, ecosystem_);
    std::erase_if(rows, [&](const auto& row) {
      const bool is_project =
          Json(row.first).dump() == project_.first && Json(row.second).dump() == project_.second;
      return ((without & 2) != 0 && is_project) || ((without & 4) != 0 && is_commit(row.second));
    });
    return rows;
  }
  [[nodiscard]] Rows found(unsigned without) const {
    Rows rows;
    for (const Package& package : packages_) {
      if ((without & 1) != 0 && package.dev) continue;
      if ((without & 4) != 0 && is_commit(package.version)) continue;
      if ((without & 8) != 0 && package.ecosystem != ecosystem_) continue;
      const auto url = parse_purl(package.purl);
      add_row(rows, ecosystem_, bare_ && url ? url->name : package.name, package.version);
    }
    return rows;
  }

  Json expected_;
  std::string ecosystem_;
  bool bare_ = false;
  std::pair<std::string, std::string> project_;  // as JSON texts
  std::vector<Package> packages_;
  std::vector<Error> problems_;
};

/// What has to be left out for it to agree, as bits of habits; nothing when it differs anyway.
std::optional<unsigned> left_out(const Inventory& inventory) {
  std::vector<unsigned> choices;
  for (unsigned bits = 0; bits <= kAllHabits; ++bits) choices.push_back(bits);
  std::stable_sort(choices.begin(), choices.end(),
                   [](unsigned a, unsigned b) { return std::popcount(a) < std::popcount(b); });
  for (const unsigned bits : choices) {
    if (inventory.agrees(bits)) return bits;
  }
  return std::nullopt;
}

const KnownDifference* known_difference(std::string_view kind, std::string_view inventory) {
  const auto* const found = std::find_if(std::begin(kKnownDifferences), std::end(kKnownDifferences),
                                         [&](const KnownDifference& each) {
                                           return each.kind == kind && each.inventory == inventory;
                                         });
  return found == std::end(kKnownDifferences) ? nullptr : found;
}

/// How the inventories of one kind came out.
struct Count {
  std::size_t all = 0;
  std::size_t agreed = 0;
  std::size_t unexplained = 0;
  std::map<std::string, std::size_t> without;
  std::vector<std::string> known;  ///< lines that say why
  std::vector<std::string> stale;  ///< known ones that agree by now
};

Count compare(const fs::path& kind, const image::PackageReader* reader, const Options& options) {
  Count count;
  const std::string name = kind.filename().string();
  for (const fs::path& folder : sorted(kind)) {
    ++count.all;
    if (reader == nullptr) continue;
    const Inventory inventory(*reader, folder);
    const std::string number = folder.filename().string();
    const auto bits = left_out(inventory);
    const KnownDifference* known = known_difference(name, number);
    if (bits) {
      ++count.agreed;
      std::string what;
      for (const Habit& habit : kHabits) {
        if ((*bits & habit.bit) != 0)
          what += (what.empty() ? "" : " and ") + std::string(habit.what);
      }
      if (!what.empty()) ++count.without[what];
      if (known != nullptr) count.stale.push_back(name + '/' + number);
      continue;
    }
    if (options.differences) inventory.print_difference(folder);
    if (known != nullptr) {
      count.known.push_back(name + '/' + number + '\t' + std::string(known->reason));
    } else {
      ++count.unexplained;
    }
  }
  return count;
}

std::string line_of(const std::string& name, const Count& count, bool has_reader) {
  std::string line = name + '\t' + std::to_string(count.agreed) + '/' + std::to_string(count.all);
  if (!has_reader) return line + "\tno reader";
  for (const auto& [what, number] : count.without) {
    line += '\t' + std::to_string(number) + " without " + what;
  }
  if (!count.known.empty()) line += '\t' + std::to_string(count.known.size()) + " known to differ";
  if (count.unexplained > 0) line += '\t' + std::to_string(count.unexplained) + " DIFFER";
  return line;
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
  std::vector<std::string> reasons;
  std::vector<std::string> stale;
  for (const fs::path& kind : sorted(options.folder)) {
    const std::string name = kind.filename().string();
    if (!options.kinds.empty() && !options.kinds.contains(name)) continue;
    const image::PackageReader* reader = image::find_package_reader(name);
    const Count count = compare(kind, reader, options);
    all += count.all;
    good += count.agreed;
    lines.push_back(line_of(name, count, reader != nullptr));
    reasons.insert(reasons.end(), count.known.begin(), count.known.end());
    stale.insert(stale.end(), count.stale.begin(), count.stale.end());
  }
  for (const std::string& line : lines) std::cout << line << '\n';
  if (!reasons.empty()) std::cout << "\nknown differences:\n";
  for (const std::string& reason : reasons) std::cout << reason << '\n';
  for (const std::string& each : stale) {
    std::cout << each << "\tagrees: no known difference any more\n";
  }
  const std::size_t percent = all == 0 ? 0 : good * 100 / all;
  std::cout << "\nall\t" << good << '/' << all << '\t' << percent << " %, and " << reasons.size()
            << " known to differ\n";
  return percent >= static_cast<std::size_t>(options.min) && stale.empty() ? 0 : 1;
}
