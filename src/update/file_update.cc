#include "update/file_update.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "archive/sha256.h"
#include "core/date.h"
#include "core/file_system.h"
#include "core/parallel.h"
#include "core/path.h"
#include "http/url.h"
#include "update/claimed_digest.h"
#include "update/download.h"
#include "update/feed_summary.h"
#include "update/kept_copy.h"
#include "update/osv_delta.h"
#include "update/part_file.h"
#include "update/repository.h"

namespace plimsoll::update {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 4ULL << 30U;
constexpr std::size_t kMostList = 256U << 20U;
constexpr std::size_t kMostRecord = 64U << 20U;
constexpr std::size_t kMostRecords = 1000;
constexpr std::size_t kFewRecords = 100;
/// A request costs about as much as so many bytes of the whole archive.
constexpr std::size_t kCostOfRecord = 16U << 10U;
constexpr std::size_t kRecordsAtOnce = 8;

/// A place that has the file.
struct Source {
  std::string place;  ///< an address, or the path of a file
  bool is_folder = false;
  bool is_repository = false;
  std::string digest;  ///< that it must have, as a list of the mirror says; "" without a list
};

/// What came from a place, and lies beside our copy.
struct Candidate {
  KeptCopy about;
  std::size_t records = 0;  ///< that a delta changed; 0: it is a whole new file
};

class FileUpdate {
 public:
  FileUpdate(const FeedFile& file, const FileRules& rules, Web& web, Progress& progress)
      : file_(file),
        rules_(rules),
        web_(web),
        progress_(progress),
        copy_(path::join(rules.folder, file.path())),
        part_(path::join(rules.folder, ".part/" + file.path())) {}

  FileReport run() {
    look_at_copy();
    report_.file = file_;
    for (const Source& source : sources()) {
      auto candidate = ask(source);
      if (candidate) candidate = check(source, *std::move(candidate));
      if (candidate && !*candidate) {
        report_.outcome = FileOutcome::kUnchanged;
        return std::move(report_);
      }
      if (candidate) {
        const auto kept = keep(**candidate);
        if (kept) return std::move(report_);
        candidate = tl::unexpected(kept.error());
      }
      Error error = candidate.error();
      if (error.path.empty()) error.path = source.place;
      report_.problems.push_back(std::move(error));
    }
    return std::move(report_);
  }

 private:
  /// Nothing: our copy is the newest.
  using Found = Result<std::optional<Candidate>>;

  void look_at_copy() {
    const auto sums = sums_of_file(copy_);
    if (!sums) return;
    const auto about = read_about(copy_);
    if (!about) return;
    const bool is_it = about->digest == sums->sha256;
    // A run was killed between writing what is known of the new file and moving it there.
    const bool is_before = about->before == sums->sha256;
    if (!is_it && !is_before) return;
    ours_ = *about;
    ours_->digest = sums->sha256;
    if (!is_it) {
      ours_->address.clear();
      ours_->etag.clear();
      ours_->last_modified.clear();
      ours_->list_etag.clear();
    }
    report_.copy = copy_;
  }

  [[nodiscard]] std::vector<Source> sources() {
    std::vector<Source> all;
    for (const Mirror& mirror : rules_.mirrors) {
      const std::string name = file_.path();
      Source source{.place = mirror.base + (mirror.is_folder ? name : escape_path(name)),
                    .is_folder = mirror.is_folder};
      if (mirror.digests) {
        const auto listed = mirror.digests->find(name);
        if (listed == mirror.digests->end()) {
          report_.problems.push_back(
              fail(ErrorCode::kNotFound, "its SHA256SUMS does not have this file", source.place)
                  .value());
          continue;
        }
        source.digest = listed->second;
      }
      all.push_back(std::move(source));
    }
    if (rules_.only_mirrors) return all;
    for (std::string& address : file_.addresses()) {
      all.push_back({.place = std::move(address), .is_repository = file_.is_in_repository()});
    }
    return all;
  }

  [[nodiscard]] bool came_from(const Source& source) const {
    return ours_ && ours_->address == source.place;
  }

  Found ask(const Source& source) {
    if (ours_ && !source.digest.empty() && source.digest == ours_->digest) return still_newest();
    std::error_code error;
    fs::create_directories(fs::path(part_).parent_path(), error);
    fs::create_directories(fs::path(copy_).parent_path(), error);
    if (error) {
      return fail(ErrorCode::kEnvironment, "cannot make the folder: " + error.message(),
                  rules_.folder);
    }
    if (source.is_folder) return copy_from(source);
    if (file_.feed->has_deltas && source.digest.empty() && came_from(source)) {
      auto found = ask_for_changes(source);
      if (!is_whole_wanted_) return found;
    }
    return source.is_repository ? ask_repository(source) : ask_for_whole(source);
  }

  Found still_newest() {
    KeptCopy about = *ours_;
    about.checked = to_string(today());
    if (auto written = write_about(copy_, about); !written) {
      return tl::unexpected(written.error());
    }
    return std::nullopt;
  }

  Found copy_from(const Source& source) {
    const auto sums = sums_of_file(source.place);
    if (!sums) return tl::unexpected(sums.error());
    if (ours_ && ours_->digest == sums->sha256) return still_newest();
    std::error_code error;
    fs::copy_file(source.place, part_, fs::copy_options::overwrite_existing, error);
    if (error) return fail(ErrorCode::kEnvironment, "cannot copy: " + error.message());
    const auto copied = sums_of_file(part_);
    if (!copied) return tl::unexpected(copied.error());
    progress_.bytes += fs::file_size(part_, error);
    return Candidate{.about = {.address = source.place, .digest = copied->sha256}};
  }

  Found ask_for_whole(const Source& source) {
    DownloadRequest request{
        .address = source.place, .part = part_, .may_be_packed = file_.feed->is_packed_on_the_way};
    if (came_from(source)) {
      request.etag = ours_->etag;
      request.last_modified = ours_->last_modified;
    }
    auto got = download(web_, request, progress_.bytes);
    if (!got) return tl::unexpected(std::move(got.error()));
    if (got->is_unchanged) return still_newest();
    return Candidate{.about = {.address = source.place,
                               .etag = got->etag,
                               .last_modified = got->last_modified,
                               .digest = got->digest}};
  }

  /// The list of a repository's files says which one has the advisories, and what its digest is.
  Found ask_repository(const Source& source) {
    const auto found = find_updateinfo(web_, source.place, ours_ ? &*ours_ : nullptr);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return still_newest();
    const Updateinfo& there = **found;
    if (ours_ && ours_->digest == there.digest) {
      ours_->address = there.repomd;
      ours_->list_etag = there.etag;
      return still_newest();
    }
    const auto got = download(web_, {.address = there.address, .part = part_}, progress_.bytes);
    if (!got) return tl::unexpected(got.error());
    if (got->digest != there.digest) {
      std::error_code error;
      fs::remove(part_, error);
      return fail(ErrorCode::kInvalid, "it is not what its repository says that its digest is");
    }
    return Candidate{.about = {.address = there.repomd,
                               .last_modified = got->last_modified,
                               .list_etag = there.etag,
                               .digest = got->digest}};
  }

  /// Only what changed since our copy, where that is less than the whole. Where the list or a
  /// record is no use the whole is.
  Found ask_for_changes(const Source& source) {
    is_whole_wanted_ = false;
    const std::string base = source.place.substr(0, source.place.rfind('/') + 1);
    std::vector<std::string> headers{"Accept-Encoding: identity"};
    if (!ours_->list_etag.empty()) headers.push_back("If-None-Match: " + ours_->list_etag);
    auto answer = web_.get(base + "modified_id.csv", headers);
    if (!answer) return without_changes(answer.error());
    if ((*answer)->status() == 304) return still_newest();
    const auto list = body_of(**answer, kMostList);
    if (!list) return without_changes(list.error());
    const auto archive = DiskFileSystem().read(copy_, kMostBytes);
    if (!archive) return tl::unexpected(archive.error());
    const auto what = difference(*archive, *list);
    if (!what) return without_changes(what.error());
    if (what->is_older && !rules_.allow_older) {
      return fail(ErrorCode::kInvalid,
                  "its list of records is older than our copy (--allow-older takes it)");
    }
    const std::size_t count = what->changed.size();
    // A list that was cut off would take away what is only missing in it.
    const bool is_doubtful = what->gone.size() * 10 > what->files + kFewRecords;
    if (what->is_older || is_doubtful || count > kMostRecords ||
        count * kCostOfRecord > archive->size()) {
      is_whole_wanted_ = true;
      return std::nullopt;
    }
    const std::string tag = (*answer)->header("ETag");
    answer->reset();
    if (count == 0 && what->gone.empty()) {
      ours_->list_etag = tag;
      return still_newest();
    }
    const auto records = fetch_records(base, what->changed);
    if (!records) return without_changes(records.error());
    const auto merged = merge(*archive, *records, what->gone);
    if (!merged) return without_changes(merged.error());
    PartFile part(part_, "");
    if (auto begun = part.restart(""); !begun) return tl::unexpected(begun.error());
    if (auto put = part.append(*merged); !put) return tl::unexpected(put.error());
    if (auto finished = part.finish(); !finished) return tl::unexpected(finished.error());
    // The rest stays what is known of the archive that ours was made from: where its server has no
    // newer one, there is nothing to fetch.
    Candidate candidate{.about = *ours_, .records = count + what->gone.size()};
    candidate.about.list_etag = tag;
    candidate.about.digest = archive::sha256_of(*merged);
    return candidate;
  }

  Found without_changes(const Error& error) {
    if (error.code == ErrorCode::kEnvironment) return tl::unexpected(error);
    is_whole_wanted_ = true;
    return std::nullopt;
  }

  Result<std::string> body_of(http::Response& answer, std::size_t most) {
    auto body = read_claimed_body(answer, most);
    if (body) progress_.bytes += body->size();
    return body;
  }

  Result<std::map<std::string, std::string>> fetch_records(const std::string& base,
                                                           const std::vector<std::string>& ids) {
    std::vector<Result<std::string>> bodies(ids.size());
    parallel_for(ids.size(), kRecordsAtOnce, [&](std::size_t i) {
      auto answer =
          web_.get(base + http::escape_query(ids[i]) + ".json", {"Accept-Encoding: identity"});
      if (!answer) {
        bodies[i] = tl::unexpected(std::move(answer.error()));
      } else if ((*answer)->status() != 200) {
        bodies[i] = fail(ErrorCode::kEnvironment, "it gives a part of a record");
      } else {
        bodies[i] = body_of(**answer, kMostRecord);
      }
    });
    std::map<std::string, std::string> records;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!bodies[i]) {
        return tl::unexpected(std::move(bodies[i].error()).in("asking for " + ids[i]));
      }
      records.emplace(ids[i], *std::move(bodies[i]));
    }
    return records;
  }

  /// Whether what came may take the place of ours.
  Found check(const Source& source, std::optional<Candidate> candidate) {
    if (!candidate) return candidate;
    KeptCopy& about = candidate->about;
    const auto refuse = [this](std::string why) {
      std::error_code error;
      fs::remove(part_, error);
      return fail(ErrorCode::kInvalid, std::move(why));
    };
    if (!source.digest.empty() && about.digest != source.digest) {
      return refuse("it is not what the mirror's SHA256SUMS says");
    }
    const auto summary = summarize(part_, file_.feed->format);
    if (!summary) {
      std::string why = summary.error().message;
      return refuse(std::move(why));
    }
    about.made = summary->made;
    if (ours_ && !rules_.allow_older) {
      const bool says_when = !about.made.empty() && !ours_->made.empty();
      const std::string& theirs = says_when ? about.made : about.last_modified;
      const std::string& own = says_when ? ours_->made : ours_->last_modified;
      if (is_before(theirs, own)) {
        return refuse("it is of " + theirs + ", and older than our copy of " + own +
                      " (--allow-older takes it)");
      }
    }
    return candidate;
  }

  Result<void> keep(Candidate candidate) {
    KeptCopy& about = candidate.about;
    std::error_code error;
    about.bytes = fs::file_size(part_, error);
    about.fetched = to_string(today());
    about.checked = about.fetched;
    about.before = ours_ ? ours_->digest : "";
    if (auto written = write_about(copy_, about); !written) return written;
    if (std::rename(part_.c_str(), copy_.c_str()) != 0) {
      return fail(ErrorCode::kEnvironment, std::string("cannot write: ") + std::strerror(errno),
                  copy_);
    }
    report_.outcome = candidate.records > 0 ? FileOutcome::kAdded : FileOutcome::kFetched;
    report_.records = candidate.records;
    report_.copy = copy_;
    return {};
  }

  const FeedFile& file_;
  const FileRules& rules_;
  Web& web_;
  Progress& progress_;
  std::string copy_;
  std::string part_;
  std::optional<KeptCopy> ours_;
  bool is_whole_wanted_ = false;
  FileReport report_;
};

}  // namespace

FileReport update_file(const FeedFile& file, const FileRules& rules, Web& web, Progress& progress) {
  return FileUpdate(file, rules, web, progress).run();
}

}  // namespace plimsoll::update
