#include "cli/lock_findings.h"

#include <algorithm>
#include <utility>

#include "core/path.h"
#include "report/counts.h"

namespace plimsoll::cli {
namespace {

void leave_dev_out(scan::LockFiles& locks, std::vector<std::string>& notes) {
  const std::size_t count =
      std::erase_if(locks.packages, [](const Package& package) { return package.dev; });
  if (count == 0) return;
  notes.push_back(report::plural(count, "package") + " for development left out by --omit dev");
}

/// Why a package of a lock file is as near to what runs as it is; "" where nothing is known.
std::string use_of(const scan::LockFiles& locks, const Package& package) {
  const LockFile* const file = locks.find(package.path);
  if (file == nullptr) return {};
  std::string text = describe_use(*file, package.dev);
  if (text.empty() && locks.has_dockerfiles) {
    text = "no Dockerfile was seen to install " + file->path;
  }
  return text;
}

void add_subjects(const std::vector<LockFile>& files, report::Document& document) {
  for (const LockFile& file : files) {
    document.subjects.push_back({file.path, "lock-file", file.path, file.path});
  }
  std::stable_sort(document.subjects.begin(), document.subjects.end(),
                   [](const Subject& a, const Subject& b) { return a.id < b.id; });
}

}  // namespace

void declare(CLI::App& app, LockFlags& flags) {
  app.add_flag("--no-vulnerabilities", flags.none,
               "Leave lock files alone: no vulnerability is looked for");
  app.add_option("--omit", flags.omit,
                 "Leave out what lock files list for development only; it is judged otherwise, "
                 "with a lower priority")
      ->delimiter(',')
      ->allow_extra_args(false)  // what follows is a target
      ->check(CLI::IsMember({"dev"}).description(""))
      ->type_name("dev");
  declare(app, flags.vulnerabilities);
}

void add_lock_files(const LockFlags& flags, const config::Configuration& configuration,
                    scan::LockFiles locks, report::Document& document,
                    std::vector<std::string>& notes) {
  if (locks.files.empty()) return;
  if (!flags.omit.empty()) leave_dev_out(locks, notes);
  add_subjects(locks.files, document);
  document.packages = std::move(locks.packages);
  for (Package& package : document.packages) {
    const LockFile* const file = locks.find(package.path);
    if (file != nullptr) package.tier = tier_of(*file, package.dev);
  }
  const auto added = add_vulnerabilities(
      flags.vulnerabilities, {.configuration = configuration, .distribution = {}}, document, notes);
  for (Vulnerability& each : document.vulnerabilities) {
    std::string text = use_of(locks, document.packages[each.package]);
    if (!text.empty()) each.reasons.push_back(std::move(text));
  }
  document.lock_files = std::move(locks.files);
  if (added) return;
  // The rest of the report is as good as ever.
  const Error& error = added.error();
  document.incomplete.push_back({.stage = "vulnerabilities",
                                 .path = error.path,
                                 .limit = error.message,
                                 .value = {},
                                 .rejected = error.code != ErrorCode::kEnvironment,
                                 .environment = error.code == ErrorCode::kEnvironment});
}

}  // namespace plimsoll::cli
