// Prints how fast the audit is, beside the limits it is held against. Asserts nothing: machines are
// noisy, so read ratios of one run. The part alone is for a profiler.

#include <fmt/format.h>
#include <lzma.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "advisory/import.h"
#include "advisory/match.h"
#include "archive/zip_archive.h"
#include "check/engine.h"
#include "check/view.h"
#include "core/parallel.h"
#include "parse/dockerfile.h"
#include "parse/node.h"
#include "secret/secret_scan.h"

extern char** environ;

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Of all threads of this process: unlike the clock on the wall, it does not count what other
/// processes take.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<std::unique_ptr<SourceFile>> read_folder(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::unique_ptr<SourceFile>> files;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    files.push_back(std::make_unique<SourceFile>(path.filename(), std::move(text)));
  }
  return files;
}

std::size_t bytes_of(const std::vector<std::unique_ptr<SourceFile>>& files) {
  std::size_t bytes = 0;
  for (const auto& file : files) bytes += file->text().size();
  return bytes;
}

/// Median seconds of one call, over at least `rounds` calls.
double median(int rounds, const std::function<void()>& work) {
  std::vector<double> times;
  work();  // warm
  for (int i = 0; i < rounds; ++i) {
    const auto start = Clock::now();
    work();
    times.push_back(seconds_since(start));
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

void row(const std::string& work, const std::string& figure, const std::string& target) {
  fmt::print("| {:<48} | {:>24} | {:<22} |\n", work, figure, target);
}

struct ProcessCost {
  double seconds = 0;
  long peak_kib = 0;
};

ProcessCost run_process(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1 /* O_WRONLY */, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1 /* O_WRONLY */, 0);
  const auto start = Clock::now();
  pid_t child = 0;
  ProcessCost cost;
  if (posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ) == 0) {
    rusage usage{};
    int status = 0;
    wait4(child, &status, 0, &usage);
    cost = {seconds_since(start), usage.ru_maxrss};
  }
  posix_spawn_file_actions_destroy(&actions);
  return cost;
}

ProcessCost median_process(const std::vector<std::string>& arguments, int rounds) {
  std::vector<ProcessCost> costs;
  run_process(arguments);
  for (int i = 0; i < rounds; ++i) costs.push_back(run_process(arguments));
  std::sort(costs.begin(), costs.end(),
            [](const ProcessCost& a, const ProcessCost& b) { return a.seconds < b.seconds; });
  return costs[costs.size() / 2];
}

void bench_dockerfiles(const fs::path& corpus) {
  const auto files = read_folder(corpus / "dockerfiles");
  const double megabytes = static_cast<double>(bytes_of(files)) / 1e6;
  const double parse = median(7, [&] {
    for (const auto& file : files) (void)dockerfile::parse(*file);
  });
  row("parse Dockerfiles and their shell, 1 core", fmt::format("{:.0f} MB/s", megabytes / parse),
      "");
  const check::RuleOptions options{.today = Date{2026, 11, 21}};
  const auto judge = [&](std::size_t i) {
    const dockerfile::Dockerfile parsed = dockerfile::parse(*files[i]);
    check::Verdict verdict;
    verdict.subject.id = files[i]->path();
    check::judge(check::view_of(parsed, {}), options, verdict);
  };
  for (const std::size_t jobs : {std::size_t{1}, std::size_t{2}}) {
    const double before = processor_seconds();
    const double time = median(15, [&] { parallel_for(files.size(), jobs, judge); });
    const double per_round = (processor_seconds() - before) / 16;  // one round warms up
    row(fmt::format("audit Dockerfiles, warm, {} thread{}", jobs, jobs == 1 ? "" : "s"),
        fmt::format("{:.0f} files/s", static_cast<double>(files.size()) / time),
        jobs == 2 ? ">= 20000 files/s" : "");
    row("  per second of processor time",
        fmt::format("{:.0f} files", static_cast<double>(files.size()) / per_round), "");
  }
}

void bench_yaml(const fs::path& corpus) {
  for (const char* folder : {"compose", "kubernetes"}) {
    const auto files = read_folder(corpus / folder);
    const double time = median(5, [&] {
      for (const auto& file : files) (void)parse_yaml(*file);
    });
    row(fmt::format("parse {} YAML, 1 core", folder),
        fmt::format("{:.1f} MB/s", static_cast<double>(bytes_of(files)) / 1e6 / time), "");
  }
}

/// What an image holds: every so manyth file of this system, until there are `most` bytes.
template <class Read>
std::string installed_files(std::size_t most, const Read& read) {
  std::vector<fs::path> paths;
  for (const char* folder : {"/usr/bin", "/usr/lib", "/usr/share"}) {
    const auto options = fs::directory_options::skip_permission_denied;
    for (const auto& entry : fs::recursive_directory_iterator(folder, options)) {
      if (entry.is_regular_file() && !entry.is_symlink()) paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  constexpr std::size_t kStep = 97;  // far apart: neighbours are alike
  std::string text;
  for (std::size_t first = 0; first < kStep && text.size() < most; ++first) {
    for (std::size_t i = first; i < paths.size() && text.size() < most; i += kStep) {
      text += read(paths[i]).substr(0, most / 16);
    }
  }
  return text;
}

/// Bytes searched for secrets per second, on one core: files as images have them, this program's
/// executable, and words of our own sources, which have more keywords than anything else.
void bench_secrets(const std::string& executable) {
  const auto read = [](const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  };
  std::string text;
  constexpr std::size_t kBytes = 48U << 20U;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(PLIMSOLL_SOURCE_DIR "/src")) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) text += read(path);
  while (text.size() < kBytes) text.append(text, 0, kBytes - text.size());
  const secret::DetectorSet& detectors = secret::builtin_detectors();
  const auto measure = [&](const std::string& name, const std::string& bytes) {
    double time = 1e9;  // of the processor, so that other processes do not count
    for (int i = 0; i < 5; ++i) {
      const double start = processor_seconds();
      (void)secret::scan_text(detectors, "", bytes);
      time = std::min(time, processor_seconds() - start);
    }
    row(fmt::format("search {} for secrets, 1 core", name),
        fmt::format("{:.2f} GB/s", static_cast<double>(bytes.size()) / 1e9 / time), ">= 1 GB/s");
  };
  measure("installed files", installed_files(kBytes, read));
  measure("source text", text);
  measure("an executable", read(executable).substr(0, kBytes));
}

/// Keeps the packages of a release that records name: four of five with the version of the last
/// update that is told, the fifth with that of the first, as in an image that is not all new.
class Packages final : public advisory::FeedSink {
 public:
  void add(advisory::Advisory record) override {
    for (const advisory::Affected& affected : record.affected) {
      if (affected.ecosystem != "Debian:11" || affected.ranges.empty()) continue;
      const auto [known, is_new] = indices_.try_emplace(affected.package, all.size());
      if (!is_new) {
        if (known->second % 5 != 0) all[known->second].version = affected.ranges.front().fixed;
        continue;
      }
      all.push_back({.name = affected.package,
                     .version = affected.ranges.front().fixed,
                     .ecosystem = "Debian",
                     .purl = "pkg:deb/debian/" + affected.package});
    }
  }
  void add(advisory::KnownExploited) override {}
  void add(advisory::ExploitPrediction) override {}
  void add(advisory::ExploitStatus) override {}
  void skip(Error) override {}
  void made(std::string_view) override {}

  std::vector<Package> all;

 private:
  std::map<std::string, std::size_t> indices_;
};

std::vector<Package> packages_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string zip{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Packages packages;
  const auto entries = archive::zip_entries(zip);
  if (!entries) return {};
  for (const archive::ZipEntry& entry : *entries) {
    const auto bytes = archive::unzip(zip, entry, 1U << 24U);
    const std::string name(entry.path);
    const auto* format = bytes ? advisory::format_of(name, *bytes) : nullptr;
    if (format != nullptr) (void)format->read({.path = name, .bytes = *bytes}, packages);
  }
  return std::move(packages.all);
}

double compressed_megabytes(std::string_view bytes) {
  std::string out(lzma_stream_buffer_bound(bytes.size()), '\0');
  std::size_t size = 0;
  const lzma_ret done =
      lzma_easy_buffer_encode(LZMA_PRESET_DEFAULT | LZMA_PRESET_EXTREME, LZMA_CHECK_CRC32, nullptr,
                              reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(),
                              reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size());
  return done == LZMA_OK ? static_cast<double>(size) / 1e6 : 0;
}

/// Importing, opening and asking the database of advisories.
void bench_advisories(const fs::path& folder) {
  constexpr std::size_t kPackages = 500;
  constexpr std::size_t kLookUps = 1'000'000;
  if (!fs::exists(folder)) return;
  const Clock::time_point start = Clock::now();
  advisory::DatabaseBuilder builder;
  if (!advisory::import_path(folder.string(), builder)) return;
  const std::string bytes = builder.bytes("2026-01-01");
  row("import all of the shared advisories, 1 core", fmt::format("{:.1f} s", seconds_since(start)),
      "< 20 s");
  const auto database = advisory::Database::over(bytes, "bench");
  if (!database) return;
  row("  part of the file that is matched with",
      fmt::format("{:.1f} MB", static_cast<double>(database->bytes_to_match()) / 1e6), "<= 12 MB");
  // All but texts and sources stand before them.
  row("  the same, compressed (xz -6e)",
      fmt::format("{:.2f} MB", compressed_megabytes(
                                   std::string_view(bytes).substr(0, database->bytes_to_match()))),
      "<= 2 MB");
  const fs::path path = fs::temp_directory_path() / fmt::format("plimsoll-bench-{}", ::getpid());
  std::ofstream(path, std::ios::binary) << bytes;
  const double open = median(51, [&] { (void)advisory::Database::open(path.string()); });
  fs::remove(path);
  row("open it", fmt::format("{:.2f} ms", open * 1e3), "< 5 ms");
  std::vector<Package> packages = packages_of(folder / "Debian" / "all.zip");
  if (packages.size() < 100) return;
  std::size_t found = 0;
  const double looked = median(5, [&] {
    for (std::size_t i = 0; i < kLookUps; ++i) {
      const std::string_view release = i % 2 == 0 ? "Debian:11" : "Debian:10";
      if (database->has_package(release, packages[i % packages.size()].name)) ++found;
    }
  });
  row("look packages up, 1 core",
      fmt::format("{:.1f} million/s", static_cast<double>(kLookUps) / 1e6 / looked),
      found > 0 ? ">= 1 million/s" : "none found");
  while (packages.size() < kPackages) {
    packages.insert(packages.end(), packages.begin(),
                    packages.begin() + static_cast<std::ptrdiff_t>(
                                           std::min(packages.size(), kPackages - packages.size())));
  }
  packages.resize(kPackages);
  const double matched = median(21, [&] {
    (void)advisory::match(*database, packages, {"debian", "11"});
  });
  row(fmt::format("match {} packages of Debian 11", kPackages),
      fmt::format("{:.2f} ms", matched * 1e3), "< 2 ms");
}

void bench_processes(const fs::path& corpus, const std::string& executable) {
  const ProcessCost start = median_process({executable, "--version"}, 21);
  row("start: plimsoll --version", fmt::format("{:.1f} ms", start.seconds * 1e3), "< 10 ms");
  fs::path one;
  for (const auto& entry : fs::directory_iterator(corpus / "dockerfiles")) {
    if (entry.path().extension() == ".Dockerfile" && (one.empty() || entry.path() < one)) {
      one = entry.path();
    }
  }
  const ProcessCost single = median_process({executable, "audit", one.string()}, 21);
  row("audit one Dockerfile, as a process", fmt::format("{:.1f} ms", single.seconds * 1e3),
      "< 15 ms");
  std::vector<std::string> everything{executable, "audit"};
  for (const char* folder : {"dockerfiles", "compose", "kubernetes", "ci"}) {
    everything.push_back((corpus / folder).string());
  }
  const ProcessCost all = median_process(everything, 7);
  row("audit the whole corpus, as a process", fmt::format("{:.0f} ms", all.seconds * 1e3),
      "< 1000 ms");
  row("  peak memory of that", fmt::format("{} MB", all.peak_kib / 1024), "< 100 MB");
}

}  // namespace
}  // namespace plimsoll

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::fprintf(
        stderr,
        "usage: bench CORPUS-FOLDER EXECUTABLE [processes|dockerfiles|yaml|secrets|advisories]\n");
    return 2;
  }
  const std::string_view only = argc == 4 ? argv[3] : "";
  fmt::print("| work | figure | target |\n|---|---|---|\n");
  if (only.empty() || only == "processes") plimsoll::bench_processes(argv[1], argv[2]);
  if (only.empty() || only == "dockerfiles") plimsoll::bench_dockerfiles(argv[1]);
  if (only.empty() || only == "yaml") plimsoll::bench_yaml(argv[1]);
  if (only.empty() || only == "secrets") plimsoll::bench_secrets(argv[2]);
  if (only.empty() || only == "advisories") {
    plimsoll::bench_advisories(std::filesystem::path(argv[1]).parent_path() / "advisories");
  }
  return 0;
}
