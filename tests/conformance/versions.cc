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

/// A row of which another published source, or the tool itself as it is now, says the contrary.
struct Contradiction {
  std::string_view scheme;
  std::string_view first;  ///< a version, or a range
  std::string_view second;
  std::string_view reason;
};

constexpr std::string_view kOldMaven = "Maven said so until 3.6; 3.8.8, 3.9.11 and 4.0 do not";
constexpr std::string_view kWish =
    "of go-mvn-version; in Maven a bare version is a wish, as the rows of '1.0' say";
constexpr std::string_view kPrereleases =
    "with go-version's option to have pre-releases; without, as other rows say, they are left out";
constexpr std::string_view kWildcard =
    "of go-version, where 1.1-a names no version; '=4.1-alpha' does in other rows";
constexpr std::array<Contradiction, 7> kContradictions{{
    {"maven", "1.2.57.sec10", "1.2.57_noneautotype", kOldMaven},
    {"maven", "2-1", "2.0.0.a", kOldMaven},
    {"maven", "2", "1.0.0", kWish},
    {"maven", "2", "2.1.1", kWish},
    {"maven", "2", "3.4.5", kWish},
    {"semver", "<1", "1.0.0-alpha", kPrereleases},
    {"semver", "<=1.1-a", "0.1.0-alpha", kWildcard},
}};

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

const Contradiction* find_contradiction(std::string_view scheme, std::string_view first,
                                        std::string_view second) {
  for (const Contradiction& each : kContradictions) {
    if (each.scheme == scheme && each.first == first && each.second == second) return &each;
  }
  return nullptr;
}

void tell(const Options& options, std::string_view first, std::string_view second,
          std::string_view reason) {
  if (!options.differences) return;
  std::cout << "  ~ '" << first << "' and '" << second << "': " << reason << '\n';
}

Count judge_order(const Options& options, const version::Order& order, const fs::path& path) {
  Count count;
  std::vector<Pair> pairs;
  for (const auto& row : rows_of(path)) {
    if (row.size() < 3) continue;
    pairs.push_back({row[0], row[1], row[2]});
    if (const auto* known = find_contradiction(order.name, row[0], row[2])) {
      ++count.contradictions;
      tell(options, row[0], row[2], known->reason);
      continue;
    }
    ++count.total;
    const auto found = order.compare(row[0], row[2]);
    if (agrees(row[1], found)) {
      ++count.agreed;
    } else if (options.differences) {
      std::cout << "  - " << row[0] << ' ' << row[1] << ' ' << row[2] << ": here " << sign_of(found)
                << '\n';
    }
  }
  std::printf("%-17s %5d/%-5d %3d contradicted %12.0f comparisons/s\n",
              std::string(order.name).c_str(), count.agreed, count.total, count.contradictions,
              comparisons_per_second(order, pairs));
  return count;
}

/// A range may hold tabs. In some rows of npm and PyPI the version stands before the range.
Result<bool> judge(const version::Order& order, std::string_view range, std::string_view version) {
  const bool swapped = is_range(order, version) && !version.empty() && order.is_valid(range);
  return swapped ? version::contains(order, version, range)
                 : version::contains(order, range, version);
}

struct RangeRow {
  std::string scheme, range, version;
  bool want = false;

  [[nodiscard]] std::string question() const { return scheme + '\t' + range + '\t' + version; }
};

std::vector<RangeRow> range_rows_of(const Options& options, const fs::path& path) {
  std::vector<RangeRow> rows;
  for (const auto& row : rows_of(path)) {
    if (row.size() < 4) continue;
    if (!options.schemes.empty() && !options.schemes.contains(row[0])) continue;
    RangeRow& added = rows.emplace_back();
    added.scheme = row[0];
    added.range = row[1];
    for (std::size_t i = 2; i + 2 < row.size(); ++i) added.range += '\t' + row[i];
    added.version = row[row.size() - 2];
    added.want = row.back() == "true";
  }
  return rows;
}

/// What is answered both ways, by options of a library that the rows do not tell.
std::set<std::string> answered_both_ways(const std::vector<RangeRow>& rows) {
  std::map<std::string, bool> answers;
  std::set<std::string> both;
  for (const RangeRow& row : rows) {
    const auto [found, is_new] = answers.emplace(row.question(), row.want);
    if (!is_new && found->second != row.want) both.insert(row.question());
  }
  return both;
}

bool judge_range(const Options& options, const RangeRow& row) {
  const version::Order* order = version::find_order(row.scheme);
  if (order == nullptr) return false;
  const auto found = judge(*order, row.range, row.version);
  if (found && *found == row.want) return true;
  if (options.differences) {
    std::cout << "  - " << row.scheme << " '" << row.range << "' has '" << row.version
              << "': " << (row.want ? "true" : "false") << ", here "
              << (found ? (*found ? "true" : "false") : found.error().message.c_str()) << '\n';
  }
  return false;
}

Count judge_ranges(const Options& options, const fs::path& path) {
  const std::vector<RangeRow> rows = range_rows_of(options, path);
  const std::set<std::string> both = answered_both_ways(rows);
  std::map<std::string, Count> counts;
  for (const RangeRow& row : rows) {
    Count& count = counts[row.scheme];
    const auto* known = find_contradiction(row.scheme, row.range, row.version);
    if (known != nullptr || both.contains(row.question())) {
      ++count.contradictions;
      tell(options, row.range, row.version, known != nullptr ? known->reason : "both answers");
      continue;
    }
    ++count.total;
    if (judge_range(options, row)) ++count.agreed;
  }
  Count sum;
  for (const auto& [scheme, count] : counts) {
    std::printf("ranges %-10s %5d/%-5d %3d contradicted\n", scheme.c_str(), count.agreed,
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
    const Count count =
        scheme == "ranges" ? judge_ranges(options, path) : judge_order(options, *order, path);
    std::fflush(stdout);
    sum.agreed += count.agreed;
    sum.total += count.total;
  }
  const double percent = sum.total == 0 ? 0 : 100.0 * sum.agreed / sum.total;
  std::printf("%d of %d, %.2f %%\n", sum.agreed, sum.total, percent);
  return percent >= options.min ? 0 : 1;
}
