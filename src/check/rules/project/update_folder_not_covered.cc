#include <algorithm>
#include <set>

#include "check/rule.h"
#include "core/path.h"
#include "project/watched.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "update-folder-not-covered",
    .title = "Dependabot does not look into a folder with a Dockerfile",
    .severity = Severity::kLow,
    .control = Control::kBaseImageUpdates,
    .why =
        "Dependabot looks only into the folders it is given, not below them, so the base image "
        "of this Dockerfile grows old while the others are updated.",
    .fix_note = "Add the folder to 'directories', or write a glob such as \"/**/*\".",
    .sources =
        "https://docs.github.com/en/code-security/dependabot/working-with-dependabot/"
        "dependabot-options-reference#directories-or-directory--",
};

/// Where the entry says its folders.
Place folders_place(const UpdateBot& bot, const UpdateEntry& entry) {
  for (const std::string_view key : {"directories", "directory"}) {
    const Node::Entry* const folders = entry.node->find_entry(key);
    if (folders != nullptr) return {bot.file, folders->key->span};
  }
  return entry.place;
}

void check(const Project& project, Sink& sink) {
  const UpdateBot* watching = nullptr;
  std::vector<const UpdateEntry*> entries;
  for (const UpdateBot& bot : project.bots) {
    // Renovate looks everywhere.
    if (bot.kind == UpdateBot::Kind::kRenovate && watched_by(bot).dockerfiles) return;
    for (const UpdateEntry& entry : bot.entries) {
      if (entry.ecosystem != "docker" || !is_active(entry)) continue;
      watching = &bot;
      entries.push_back(&entry);
    }
  }
  if (entries.empty()) return;
  std::set<std::string_view> uncovered;
  for (const std::string_view path : own_files(project, project.dockerfiles)) {
    const std::string_view folder = path::folder(path);
    const bool covered = std::any_of(entries.begin(), entries.end(), [folder](const auto* entry) {
      return covers(*entry, folder);
    });
    if (!covered) uncovered.insert(folder);
  }
  if (uncovered.empty()) return;
  std::string message =
      "no entry covers the Dockerfile in '" + std::string(*uncovered.begin()) + "'";
  if (uncovered.size() > 1) {
    message += " and " + std::to_string(uncovered.size() - 1) + " more";
  }
  sink.report(folders_place(*watching, *entries.back()), std::move(message));
}

constexpr Example kExamples[] = {
    {.name = "only the root is covered",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- web/Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: docker\n"
               "    «directory»: /\n"
               "    schedule: {interval: weekly}\n"},
    {.name = "all are covered",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- images/web/Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "updates:\n"
               "  - package-ecosystem: docker\n"
               "    directories: [/, /images/*]\n"
               "    schedule: {interval: weekly}\n"},
};

}  // namespace

const Rule& update_folder_not_covered() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
