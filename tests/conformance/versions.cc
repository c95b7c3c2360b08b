// How far versions are ordered as the tools do that the test vectors come from.
// usage: conformance_versions FOLDER [--differences] [--min PERCENT] [--optional] [SCHEME…]
//   FOLDER/SCHEME.tsv: a, op, b, source; `<=` in sorted lists that may hold equals
//   FOLDER/ranges.tsv: scheme, range, version, true or false
//
// Where two sources contradict each other, or one itself, the pair is in kContradictions with the
// reason why it is not followed, and not counted.

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/ascii.h"
#include "version/order.h"

namespace {

using namespace plimsoll;
namespace fs = std::filesystem;

struct Options {
  std::string folder;
  std::set<std::string> schemes;
  bool differences = false;
  bool optional = false;
  double min = 0;
};

struct Count {
  int agreed = 0;
  int total = 0;
  int contradictions = 0;
};

struct Contradiction {
  std::string_view scheme;
  std::string_view range;
  std::string_view version;
  std::string_view reason;
};

constexpr std::array<Contradiction, 0> kContradictions{};

bool agrees(std::string_view op, std::weak_ordering order) {
  if (op == "<") return order < 0;
  if (op == "=") return order == 0;
  if (op == ">") return order > 0;
  return op == "<=" && order <= 0;
}

char sign_of(std::weak_ordering order) {
  return order < 0 ? '<' : (order > 0 ? '>' : '=');
}

struct Pair {
  std::string a, op, b;
};

std::vector<std::vector<std::string>> rows_of(const fs::path& path) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("# ")) continue;
    auto& row = rows.emplace_back();
    for (const std::string_view cell : ascii::split(line, '\t')) row.emplace_back(cell);
  }
  return rows;
}

/// Of comparing all pairs, both ways; a scheme with few pairs is compared again and again.
double comparisons_per_second(const version::Order& order, const std::vector<Pair>& pairs) {
  using Clock = std::chrono::steady_clock;
  constexpr int kAtLeast = 200'000;
  int count = 0;
  int sum = 0;
  const auto start = Clock::now();
  while (count < kAtLeast) {
    for (const Pair& pair : pairs) sum += order.compare(pair.a, pair.b) < 0 ? 1 : 0;
    count += static_cast<int>(pairs.size());
  }
  const std::chrono::duration<double> seconds = Clock::now() - start;
  return sum < 0 ? 0 : count / seconds.count();
}

Count judge_order(const Options& options, const version::Order& order, const fs::path& path) {
  Count count;
  std::vector<Pair> pairs;
  for (const auto& row : rows_of(path)) {
    if (row.size() < 3) continue;
    pairs.push_back({row[0], row[1], row[2]});
    ++count.total;
    const auto found = order.compare(row[0], row[2]);
    if (agrees(row[1], found)) {
      ++count.agreed;
    } else if (options.differences) {
      std::cout << "  - " << row[0] << ' ' << row[1] << ' ' << row[2] << ": here "
                << sign_of(found) << '\n';
    }
  }
  std::printf("%-17s %5d/%-5d %12.0f comparisons/s\n", std::string(order.name).c_str(),
              count.agreed, count.total, comparisons_per_second(order, pairs));
  return count;
}

const Contradiction* find_contradiction(std::string_view scheme, std::string_view range,
                                        std::string_view version) {
  for (const Contradiction& each : kContradictions) {
    if (each.scheme == scheme && each.range == range && each.version == version) return &each;
  }
  return nullptr;
}

/// A range may hold tabs. In some rows of npm and PyPI the version stands before the range.
Result<bool> contains(const version::Order& order, std::string_view range,
                      std::string_view version) {
  const bool swapped = is_range(order, version) && !version.empty() && order.is_valid(range);
  return swapped ? version::contains(order, version, range)
                 : version::contains(order, range, version);
}

Count judge_ranges(const Options& options, const fs::path& path) {
  std::map<std::string, Count> counts;
  for (const auto& row : rows_of(path)) {
    if (row.size() < 4) continue;
    if (!options.schemes.empty() && !options.schemes.contains(row[0])) continue;
    const version::Order* order = version::find_order(row[0]);
    std::string range = row[1];
    for (std::size_t i = 2; i + 2 < row.size(); ++i) range += '\t' + row[i];
    const std::string& version = row[row.size() - 2];
    Count& count = counts[row[0]];
    if (find_contradiction(row[0], range, version) != nullptr) {
      ++count.contradictions;
      continue;
    }
    ++count.total;
    if (order == nullptr) continue;
    const auto found = contains(*order, range, version);
    if (found && *found == (row.back() == "true")) {
      ++count.agreed;
    } else if (options.differences) {
      std::cout << "  - " << row[0] << " '" << range << "' has '" << version << "': "
                << row.back() << ", here "
                << (found ? (*found ? "true" : "false") : found.error().message.c_str()) << '\n';
    }
  }
  Count sum;
  for (const auto& [scheme, count] : counts) {
    std::printf("ranges %-10s %5d/%-5d %6d contradict each other\n", scheme.c_str(), count.agreed,
                count.total, count.contradictions);
    sum.agreed += count.agreed;
    sum.total += count.total;
  }
  return sum;
}

Options options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--differences") {
      options.differences = true;
    } else if (words[i] == "--optional") {
      options.optional = true;
    } else if (words[i] == "--min" && i + 1 < words.size()) {
      options.min = std::stod(words[++i]);
    } else if (options.folder.empty()) {
      options.folder = words[i];
    } else {
      options.schemes.insert(words[i]);
    }
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = options_of({argv + 1, argv + argc});
  if (!fs::exists(options.folder)) {
    std::cerr << "skipped: no vectors of versions at '" << options.folder << "'\n";
    return options.optional ? 0 : 5;
  }
  Count sum;
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(options.folder)) files.insert(entry.path());
  for (const fs::path& path : files) {
    const std::string scheme = path.stem().string();
    if (path.extension() != ".tsv") continue;
    if (!options.schemes.empty() && scheme != "ranges" && !options.schemes.contains(scheme)) {
      continue;
    }
    const version::Order* order = version::find_order(scheme);
    if (scheme != "ranges" && order == nullptr) {
      std::cerr << "no order of that name: " << scheme << '\n';
      return 1;
    }
    std::cout << std::flush;
    const Count count = scheme == "ranges" ? judge_ranges(options, path)
                                           : judge_order(options, *order, path);
    std::fflush(stdout);
    sum.agreed += count.agreed;
    sum.total += count.total;
  }
  const double percent = sum.total == 0 ? 0 : 100.0 * sum.agreed / sum.total;
  std::printf("%d of %d, %.2f %%\n", sum.agreed, sum.total, percent);
  return percent >= options.min ? 0 : 1;
}
