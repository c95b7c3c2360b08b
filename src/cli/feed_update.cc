#include "cli/feed_update.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <utility>

#include "advisory/database.h"
#include "cli/database.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "core/ascii.h"
#include "core/date.h"
#include "report/painter.h"
#include "update/update.h"

namespace plimsoll::cli {
namespace {

constexpr const char* kMirrorVariable = "PLIMSOLL_FEED_MIRROR";
constexpr std::size_t kNamesTold = 3;

std::string variable(std::string_view name) {
  const char* const value = std::getenv(std::string(name).c_str());
  return value == nullptr ? "" : value;
}

Exit refuse(const Error& error) {
  complain(error.to_line());
  return error.code == ErrorCode::kUsage ? Exit::kUsage : Exit::kEnvironment;
}

Result<std::vector<update::FeedFile>> chosen(const UpdateFlags& flags) {
  return update::choose({.feeds = flags.feeds, .ecosystems = flags.ecosystems});
}

Result<std::vector<update::Mirror>> mirrors_of(const UpdateFlags& flags) {
  std::vector<std::string> texts = flags.mirrors;
  if (texts.empty()) {
    const std::string value = variable(kMirrorVariable);
    for (const std::string_view each : ascii::split(value, ' ')) {
      if (!each.empty()) texts.emplace_back(each);
    }
  }
  std::vector<update::Mirror> mirrors;
  for (const std::string& text : texts) {
    auto mirror = update::parse_mirror(text, flags.insecure);
    if (!mirror) return tl::unexpected(mirror.error());
    mirrors.push_back(*std::move(mirror));
  }
  if (flags.only_mirrors && mirrors.empty()) {
    return fail(ErrorCode::kUsage, "--only-mirror wants a --mirror to ask");
  }
  return mirrors;
}

/// "osv npm", "kev".
std::string name_of(const update::FeedFile& file) {
  std::string name(file.feed->name);
  if (file.feed->files.size() > 1) name += ' ' + std::string(file.file->ecosystem);
  return name;
}

std::string cause_of(const update::FileReport& report) {
  std::string cause;
  for (const Error& problem : report.problems) {
    const std::string line = problem.to_line();
    if (ascii::contains(cause, line)) continue;
    cause += (cause.empty() ? "" : "; ") + line;
  }
  return cause;
}

/// "osv npm, osv Go, osv PyPI and 20 more".
std::string names_text(const std::vector<const update::FileReport*>& reports) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kNamesTold, reports.size()); ++i) {
    text += (i == 0 ? "" : ", ") + name_of(reports[i]->file);
  }
  if (reports.size() > kNamesTold) text += fmt::format(" and {} more", reports.size() - kNamesTold);
  return text;
}

bool has_failed(const update::FileReport& report) {
  return report.outcome == update::FileOutcome::kFailed;
}

/// One line for each cause, and what it means for the database.
void tell_failures(const std::vector<update::FileReport>& reports) {
  std::map<std::pair<std::string, bool>, std::vector<const update::FileReport*>> causes;
  for (const update::FileReport& report : reports) {
    if (has_failed(report)) causes[{cause_of(report), report.copy.empty()}].push_back(&report);
  }
  for (const auto& [cause, failed] : causes) {
    const char* const lost =
        cause.second
            ? (failed.size() == 1 ? "the database is without it" : "the database is without them")
            : (failed.size() == 1 ? "the copy from before is used"
                                  : "the copies from before are used");
    complain(fmt::format("{}: {}; {}", names_text(failed), cause.first, lost));
  }
}

/// A place that offers what it must not is told even where another one had it.
void tell_refusals(const std::vector<update::FileReport>& reports) {
  for (const update::FileReport& report : reports) {
    if (has_failed(report)) continue;
    for (const Error& problem : report.problems) {
      if (problem.code != ErrorCode::kInvalid) continue;
      complain(fmt::format("{}: {}; it was taken from elsewhere", name_of(report.file),
                           problem.to_line()));
    }
  }
}

std::string summary_of(const std::vector<update::FileReport>& reports, std::uint64_t bytes) {
  std::size_t fetched = 0;
  std::size_t added = 0;
  std::size_t records = 0;
  std::size_t unchanged = 0;
  for (const update::FileReport& report : reports) {
    using Outcome = update::FileOutcome;
    fetched += report.outcome == Outcome::kFetched ? 1U : 0U;
    added += report.outcome == Outcome::kAdded ? 1U : 0U;
    unchanged += report.outcome == Outcome::kUnchanged ? 1U : 0U;
    records += report.records;
  }
  std::string text = fmt::format("{} file{} of feeds: {} fetched", reports.size(),
                                 reports.size() == 1 ? "" : "s", fetched);
  if (added > 0) text += fmt::format(", {} brought up to date by {} records", added, records);
  text += fmt::format(", {} unchanged", unchanged);
  const auto failed = std::count_if(reports.begin(), reports.end(), has_failed);
  if (failed > 0) text += fmt::format(", {} failed", failed);
  return text + ", " + report::size_text(bytes);
}

/// Whether the database is of today and of these copies as they are now.
bool is_current(const std::string& database, const std::vector<std::string>& copies) {
  struct stat made {};
  if (::stat(database.c_str(), &made) != 0) return false;
  const auto opened = advisory::Database::open(database);
  if (!opened) return false;
  const advisory::DatabaseStatus status = opened->status();
  std::set<std::string> sources;
  for (const advisory::DatabaseSource& source : status.sources) {
    if (source.path != "built in") sources.insert(source.path);
  }
  return status.made == to_string(today()) &&
         sources == std::set<std::string>(copies.begin(), copies.end()) &&
         std::all_of(copies.begin(), copies.end(), [&made](const std::string& copy) {
           struct stat about {};
           return ::stat(copy.c_str(), &about) == 0 &&
                  std::pair(about.st_mtim.tv_sec, about.st_mtim.tv_nsec) <
                      std::pair(made.st_mtim.tv_sec, made.st_mtim.tv_nsec);
         });
}

Exit make_database(const std::vector<update::FileReport>& reports, const std::string& database,
                   bool quiet) {
  const std::vector<std::string> copies = update::copies_of(reports);
  const bool is_all_failed = std::all_of(reports.begin(), reports.end(), has_failed);
  if (copies.empty() || is_all_failed) {
    std::set<std::string> causes;
    for (const update::FileReport& report : reports) causes.insert(cause_of(report));
    std::string told = causes.empty() ? std::string() : *causes.begin();
    if (causes.size() > 1) told += fmt::format("; and {} other causes", causes.size() - 1);
    complain(fmt::format("no feed could be fetched ({}); the database stays as it is", told));
    return Exit::kEnvironment;
  }
  tell_failures(reports);
  const bool is_whole = std::none_of(reports.begin(), reports.end(), has_failed);
  const Exit fetched = is_whole ? Exit::kClean : Exit::kEnvironment;
  const bool is_same = std::none_of(reports.begin(), reports.end(), [](const auto& report) {
    return report.outcome == update::FileOutcome::kFetched ||
           report.outcome == update::FileOutcome::kAdded;
  });
  if (is_same && is_current(database, copies)) {
    if (!quiet) complain(database + ": nothing changed");
    return fetched;
  }
  const ProgressLine line([] { return std::string("making the database"); }, quiet);
  return worse(fetched, import_feeds(copies, database, quiet));
}

}  // namespace

void declare(CLI::App& app, UpdateFlags& flags) {
  flags.folder = default_feeds();
  app.add_option("--feed", flags.feeds,
                 "Of `update`: only these feeds, also those that are not downloaded by themselves")
      ->delimiter(',')
      ->type_name("FEED,...");
  app.add_option("--ecosystem", flags.ecosystems,
                 "Of `update`: only the advisories of these (debian, alpine, npm, pypi, …), and "
                 "what is about all of them; `all` is every one")
      ->delimiter(',')
      ->type_name("ECOSYSTEM,...");
  app.add_option("--mirror", flags.mirrors,
                 "Of `update`: ask this web server or folder before the publishers; may be given "
                 "more than once. PLIMSOLL_FEED_MIRROR does the same, with blanks between")
      ->type_name("URL|FOLDER");
  app.add_flag("--only-mirror", flags.only_mirrors, "Of `update`: never ask the publishers");
  app.add_option("--feeds-dir", flags.folder,
                 "Of `update`: keep what is downloaded here instead of in the user's cache")
      ->type_name("FOLDER");
  app.add_flag("--allow-older", flags.allow_older,
               "Of `update`: take feeds that are older than what is kept");
  app.add_flag("--insecure", flags.insecure,
               "Of `update`: ask mirrors over plain HTTP too, and take certificates that nobody "
               "vouches for");
  app.add_flag("--list,--dry-run", flags.list,
               "Of `update`: download nothing, print the feeds that would be and their addresses");
}

Exit list_feeds(const UpdateFlags& flags, bool as_json) {
  const auto files = chosen(flags);
  if (!files) return refuse(files.error());
  using Json = nlohmann::ordered_json;
  Json json = Json::array();
  std::string text = fmt::format("{:<17} {:<14} {}\n", "FEED", "ECOSYSTEM", "ADDRESS");
  for (const update::FeedFile& file : *files) {
    const std::vector<std::string> addresses = file.addresses();
    json.push_back({{"feed", file.feed->name},
                    {"ecosystem", file.file->ecosystem},
                    {"covers", file.feed->covers},
                    {"licence", file.feed->licence},
                    {"kept", file.path()},
                    {"addresses", addresses}});
    text += fmt::format("{:<17} {:<14} {}\n", file.feed->name,
                        file.file->ecosystem.empty() ? "all" : file.file->ecosystem, addresses[0]);
  }
  const auto written = write_output(as_json ? json.dump(2) + '\n' : text, "");
  return written ? Exit::kClean : refuse(written.error());
}

Exit update_database(const UpdateFlags& flags, const std::string& database, bool quiet) {
  const auto files = chosen(flags);
  if (!files) return refuse(files.error());
  const auto mirrors = mirrors_of(flags);
  if (!mirrors) return refuse(mirrors.error());
  if (flags.folder.empty() || database.empty()) {
    complain("there is no home folder to keep feeds in (--feeds-dir and --db name places)");
    return Exit::kUsage;
  }
  // The database names its feeds by their paths, whoever reads it and wherever.
  std::error_code error;
  const std::string folder = std::filesystem::absolute(flags.folder, error).lexically_normal();
  const auto lock = update::FolderLock::take(folder, [quiet] {
    if (!quiet) complain("another update is running; this one waits for its end");
  });
  if (!lock) return refuse(lock.error());
  const update::UpdateOptions options{
      .folder = folder,
      .files = *files,
      .mirrors = *mirrors,
      .only_mirrors = flags.only_mirrors,
      .allow_older = flags.allow_older,
      .web = {.variable = variable,
              .sleep = [](std::chrono::seconds time) { std::this_thread::sleep_for(time); },
              .insecure = flags.insecure}};
  update::Progress progress;
  std::vector<update::FileReport> reports;
  {
    const ProgressLine line([&progress] { return progress_text(progress); }, quiet);
    reports = update::update_files(options, progress);
  }
  tell_refusals(reports);
  if (!quiet && !std::all_of(reports.begin(), reports.end(), has_failed)) {
    complain(summary_of(reports, progress.bytes));
  }
  return make_database(reports, database, quiet);
}

}  // namespace plimsoll::cli
