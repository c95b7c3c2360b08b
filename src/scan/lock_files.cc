#include "scan/lock_files.h"

#include <algorithm>
#include <thread>
#include <tuple>
#include <utility>

#include "core/limits.h"
#include "core/parallel.h"
#include "image/package_files.h"
#include "image/package_reader.h"
#include "image/purl.h"
#include "scan/lock_installs.h"

namespace plimsoll::scan {
namespace {

const image::PackageFiles& lock_readers() {
  static const image::PackageFiles kFiles = [] {
    std::vector<const image::PackageReader*> readers;
    for (const image::PackageReader* reader : image::all_package_readers()) {
      // Sums of every version that was ever looked at: most of them are in nothing.
      const bool lists_sums =
          reader->kind == "go-sum" || reader->kind == "gradle-verification-metadata";
      const bool is_lock = reader->presence == image::Presence::kLocked && !lists_sums;
      // Who pins has no other lock.
      if (is_lock || reader->kind == "requirements-txt") readers.push_back(reader);
    }
    return image::PackageFiles(readers);
  }();
  return kFiles;
}

struct Reading {
  LockFile file;
  std::vector<Package> packages;
  std::vector<Incomplete> incomplete;
  std::size_t bytes = 0;
};

Reading read(const FileSystem& files, const std::string& path) {
  const image::PackageReader& reader = *lock_readers().reader_of(path);
  Reading reading;
  reading.file = {.path = path, .kind = std::string(reader.kind)};
  auto bytes = files.read(path, limits::kLockFileBytes);
  if (!bytes) {
    const bool is_too_large = bytes.error().code == ErrorCode::kTooLarge;
    reading.incomplete.push_back(
        {is_too_large ? "limit" : "read", path, bytes.error().message, "", false});
    return reading;
  }
  reading.bytes = bytes->size();
  image::PackageReading packages = image::read_packages(reader, path, *std::move(bytes));
  for (const Error& problem : packages.problems) {
    reading.incomplete.push_back({problem.code == ErrorCode::kLimit ? "limit" : "parse", path,
                                  "its packages could not be read: " + problem.message, "", false});
  }
  for (Package& package : packages.packages) package.purl = image::purl_of(package);
  reading.file.packages = packages.packages.size();
  reading.packages = std::move(packages.packages);
  return reading;
}

Incomplete beyond(const std::string& path, const char* limit, std::size_t value) {
  return {"limit", path, limit, std::to_string(value), false};
}

class ReadingAll {
 public:
  ReadingAll(const Inputs& inputs, std::size_t jobs, std::vector<Incomplete>& incomplete)
      : inputs_(inputs), jobs_(jobs), incomplete_(incomplete) {}

  /// As many at a time as there are threads, so that the limits are seen in time. Where it stops
  /// does not depend on their number.
  LockFiles run() {
    const std::vector<Candidate>& all = inputs_.discovery().lock_files;
    const std::size_t count = std::min(all.size(), limits::kLockFiles);
    const std::size_t threads =
        jobs_ > 0 ? jobs_ : std::max<std::size_t>(1, std::thread::hardware_concurrency());
    for (std::size_t begin = 0; begin < count && !is_full_; begin += threads) {
      std::vector<Reading> some(std::min(threads, count - begin));
      parallel_for(some.size(), jobs_,
                   [&](std::size_t i) { some[i] = read(inputs_.files(), all[begin + i].path); });
      for (Reading& each : some) take(std::move(each));
    }
    if (all.size() > limits::kLockFiles && !is_full_) {
      incomplete_.push_back(
          beyond(all[limits::kLockFiles].path, "lock files of one run", limits::kLockFiles));
    }
    const auto key = [](const Package& package) {
      return std::tie(package.ecosystem, package.name, package.version, package.path, package.line);
    };
    std::stable_sort(locks_.packages.begin(), locks_.packages.end(),
                     [&key](const Package& a, const Package& b) { return key(a) < key(b); });
    return std::move(locks_);
  }

 private:
  void take(Reading reading) {
    if (is_full_) return;
    bytes_ += reading.bytes;
    if (bytes_ > limits::kLockBytes) {
      return stop(beyond(reading.file.path, "bytes of all lock files", limits::kLockBytes));
    }
    if (locks_.packages.size() + reading.packages.size() > limits::kLockPackages) {
      return stop(beyond(reading.file.path, "packages of all lock files", limits::kLockPackages));
    }
    locks_.packages.insert(locks_.packages.end(), std::make_move_iterator(reading.packages.begin()),
                           std::make_move_iterator(reading.packages.end()));
    incomplete_.insert(incomplete_.end(), std::make_move_iterator(reading.incomplete.begin()),
                       std::make_move_iterator(reading.incomplete.end()));
    locks_.files.push_back(std::move(reading.file));
  }

  void stop(Incomplete why) {
    is_full_ = true;
    incomplete_.push_back(std::move(why));
  }

  const Inputs& inputs_;
  std::size_t jobs_;
  std::vector<Incomplete>& incomplete_;
  LockFiles locks_;
  std::size_t bytes_ = 0;
  bool is_full_ = false;
};

}  // namespace

const LockFile* LockFiles::find(std::string_view path) const {
  const auto found = std::lower_bound(
      files.begin(), files.end(), path,
      [](const LockFile& file, std::string_view wanted) { return file.path < wanted; });
  return found != files.end() && found->path == path ? &*found : nullptr;
}

bool is_lock_file(std::string_view path) {
  return lock_readers().reader_of(path) != nullptr;
}

LockFiles read_lock_files(const Inputs& inputs, const Model& model, std::size_t jobs,
                          std::vector<Incomplete>& incomplete) {
  if (inputs.discovery().lock_files.empty()) return {};
  LockFiles locks = ReadingAll(inputs, jobs, incomplete).run();
  find_installs(inputs, model, locks, incomplete);
  return locks;
}

}  // namespace plimsoll::scan
