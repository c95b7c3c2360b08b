#include "update/update.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>

#include "core/parallel.h"
#include "core/path.h"
#include "update/kept_copy.h"

namespace plimsoll::update {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFilesAtOnce = 4;

tl::unexpected<Error> unwritable(const std::string& folder, const std::string& why) {
  return fail(ErrorCode::kEnvironment, "cannot keep feeds there: " + why, folder);
}

/// Digests of all that is kept, so that the folder is a mirror for others as it is.
void write_sums(const std::string& folder) {
  std::string text;
  for (const PublicFeed& feed : public_feeds()) {
    for (const PublicFile& file : feed.files) {
      const std::string name = FeedFile{.feed = &feed, .file = &file}.path();
      const std::string copy = path::join(folder, name);
      constexpr std::string_view kKind = "sha256:";
      std::error_code error;
      const auto about = read_about(copy);
      if (!about || !about->digest.starts_with(kKind) || !fs::is_regular_file(copy, error))
        continue;
      text += about->digest.substr(kKind.size()) + "  " + name + '\n';
    }
  }
  (void)write_small_file(path::join(folder, "SHA256SUMS"), text);  // only others need it
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::string& folder,
                                    const std::function<void()>& on_wait) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return unwritable(folder, error.message());
  const std::string path = path::join(folder, ".lock");
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return unwritable(folder, std::strerror(errno));
  FolderLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
  on_wait();
  while (::flock(file, LOCK_EX) != 0) {
    if (errno != EINTR) return unwritable(folder, std::strerror(errno));
  }
  return lock;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

std::vector<FileReport> update_files(const UpdateOptions& options, Progress& progress) {
  Web web(options.web);
  std::vector<FileReport> reports(options.files.size());
  progress.files = options.files.size();
  std::vector<Mirror> mirrors;
  std::vector<Error> problems;
  for (Mirror mirror : options.mirrors) {
    if (auto read = read_digests(mirror, web); read) {
      mirrors.push_back(std::move(mirror));
    } else {
      problems.push_back(std::move(read.error()));  // it is not asked for what it may not vouch for
    }
  }
  const FileRules rules{.folder = options.folder,
                        .mirrors = mirrors,
                        .only_mirrors = options.only_mirrors,
                        .allow_older = options.allow_older};
  const auto update = [&](std::size_t i) {
    reports[i] = update_file(options.files[i], rules, web, progress);
    reports[i].problems.insert(reports[i].problems.begin(), problems.begin(), problems.end());
    ++progress.files_done;
  };
  // The first alone: the HTTP library is loaded by one thread.
  if (!reports.empty()) update(0);
  if (reports.size() > 1) {
    parallel_for(reports.size() - 1, kFilesAtOnce, [&](std::size_t i) { update(i + 1); });
  }
  write_sums(options.folder);
  return reports;
}

std::vector<std::string> copies_of(const std::vector<FileReport>& reports) {
  std::vector<std::string> copies;
  for (const FileReport& report : reports) {
    if (!report.copy.empty()) copies.push_back(report.copy);
  }
  return copies;
}

}  // namespace plimsoll::update
