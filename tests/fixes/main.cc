// How much of real files `plimsoll fix` mends, and whether every invariant holds.
// usage: fixes CORPUS [--list] [--left] [--optional] [--min MODE PERCENT]…

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "fixes/proof.h"

namespace {

using namespace plimsoll;

struct Row {
  std::size_t files = 0;
  std::size_t changed = 0;
  std::size_t before = 0;
  std::size_t after = 0;
  std::size_t refused = 0;
  std::size_t violations = 0;
  double score_before = 0;
  double score_after = 0;
  double seconds = 0;
  std::map<std::string, std::size_t> left;  ///< by rule and reason
};

std::vector<std::string> files_of(const std::filesystem::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// How long all processors together take for the fixes alone, each file on its own.
double seconds_of(const std::vector<std::string>& files, fixes::Mode mode) {
  const DiskFileSystem disk;
  std::atomic<std::size_t> next = 0;
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> threads(std::max(1U, std::thread::hardware_concurrency()));
  for (std::thread& thread : threads) {
    thread = std::thread([&] {
      for (std::size_t i = next++; i < files.size(); i = next++) {
        scan::FixOptions options = fixes::options_of(mode, {files[i]});
        options.audit.jobs = 1;
        (void)scan::plan_fixes(disk, options);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Each file on its own: files of different projects must not be joined.
Row measure(const std::vector<std::string>& files, fixes::Mode mode, bool list) {
  const DiskFileSystem disk;
  Row row;
  row.seconds = seconds_of(files, mode);
  std::size_t scored = 0;
  for (const std::string& file : files) {
    scan::FixOptions options = fixes::options_of(mode, {file});
    options.audit.jobs = 1;
    const scan::FixPlan plan = scan::plan_fixes(disk, options);
    ++row.files;
    row.changed += plan.files.empty() ? 0U : 1U;
    row.before += plan.findings_before;
    row.after += plan.findings_after;
    row.refused += plan.refused;
    for (const scan::Unfixed& left : plan.left) {
      if (left.severity >= Severity::kLow) {
        ++row.left[std::string(left.rule) + ": " + left.reason];
      }
    }
    if (plan.before.known && plan.after.known) {
      row.score_before += plan.before.percent;
      row.score_after += plan.after.percent;
      ++scored;
    }
    for (const std::string& wrong : fixes::violations(disk, plan, options)) {
      ++row.violations;
      if (list) std::cout << fixes::to_string(mode) << ": " << wrong << '\n';
    }
  }
  if (scored > 0) {
    row.score_before /= static_cast<double>(scored);
    row.score_after /= static_cast<double>(scored);
  }
  return row;
}

int share(const Row& row) {
  if (row.before == 0) return 100;
  return static_cast<int>((row.before - std::min(row.before, row.after)) * 100 / row.before);
}

void print(const std::string& form, fixes::Mode mode, const Row& row) {
  std::printf("%-12s %-19s %5zu %7zu %8zu %8zu %6d %% %8zu %10zu %6.1f → %5.1f %9.0f\n",
              form.c_str(), std::string(fixes::to_string(mode)).c_str(), row.files, row.changed,
              row.before, row.after, share(row), row.refused, row.violations, row.score_before,
              row.score_after, static_cast<double>(row.files) / std::max(row.seconds, 1e-9));
}

/// The rules whose findings stay and why, most first.
void print_left(const Row& row) {
  std::vector<std::pair<std::size_t, std::string_view>> order;
  for (const auto& [why, count] : row.left) order.emplace_back(count, why);
  std::sort(order.rbegin(), order.rend());
  for (const auto& [count, why] : order) std::cout << "  " << count << ' ' << why << '\n';
}

void add(Row& all, const Row& row) {
  all.files += row.files;
  all.changed += row.changed;
  all.before += row.before;
  all.after += row.after;
  all.refused += row.refused;
  all.violations += row.violations;
  all.seconds += row.seconds;
  const double part = static_cast<double>(row.files);
  all.score_before += row.score_before * part;
  all.score_after += row.score_after * part;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  bool list = false;
  bool left = false;
  bool optional = false;
  std::map<std::string, int> least;  // by mode
  std::string corpus;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--min" && i + 2 < words.size()) {
      least[words[i + 1]] = std::stoi(words[i + 2]);
      i += 2;
    } else if (word == "--list") {
      list = true;
    } else if (word == "--left") {
      left = true;
    } else if (word == "--optional") {
      optional = true;
    } else {
      corpus = word;
    }
  }
  if (!std::filesystem::exists(corpus)) {
    std::cerr << "skipped: no corpus at '" << corpus << "'\n";
    return optional ? 0 : 5;
  }
  std::printf("%-12s %-19s %5s %7s %8s %8s %8s %8s %10s %14s %9s\n", "form", "mode", "files",
              "changed", "findings", "left", "mended", "refused", "violations", "mean score",
              "files/s");
  std::size_t violations = 0;
  for (const fixes::Mode mode : {fixes::Mode::kSafe, fixes::Mode::kValues, fixes::Mode::kUnsafe}) {
    Row all;
    for (const char* form : {"dockerfiles", "compose", "kubernetes"}) {
      const Row row = measure(files_of(std::filesystem::path(corpus) / form), mode, list);
      print(form, mode, row);
      if (left) print_left(row);
      add(all, row);
    }
    if (all.files > 0) {
      all.score_before /= static_cast<double>(all.files);
      all.score_after /= static_cast<double>(all.files);
    }
    print("all", mode, all);
    violations += all.violations;
    const auto wanted = least.find(std::string(fixes::to_string(mode)));
    if (wanted != least.end() && share(all) < wanted->second) {
      std::cout << wanted->first << ": less than " << wanted->second << " % are mended\n";
      ++violations;
    }
  }
  return violations == 0 ? 0 : 1;
}
