#include "check/rule.h"
#include "core/path.h"
#include "parse/ignore_file.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "environment-file-committed",
    .title = "An environment file can be committed",
    .severity = Severity::kLow,
    .control = Control::kNoSecrets,
    .points_at_secret = false,
    .fix_safety = FixSafety::kSafe,
    .why =
        "Environment files are where passwords end up, and one commit makes them public for as "
        "long as the repository exists.",
    .fix_note = "Safe: adds the file to .gitignore. Commit a sample without values instead.",
    .sources = "https://docs.docker.com/compose/how-tos/environment-variables/best-practices/",
};

/// Samples are there to be committed; Docker and editors have others that are no secrets.
bool is_sample(std::string_view name) {
  for (const std::string_view word : {"example", "sample", "template", "dist", "default", "test"}) {
    if (ascii::icontains(name, word)) return true;
  }
  return false;
}

void check(const Project& project, Sink& sink) {
  if (project.gitignore == nullptr || project.env_files.empty()) return;
  const IgnoreFile ignored = parse_ignore(*project.gitignore, IgnoreSyntax::kGit);
  const std::string_view root = path::folder(project.gitignore->path());
  for (const std::string& file : project.env_files) {
    std::string_view relative = file;
    if (root != ".") {
      if (!path::is_within(file, root)) continue;
      relative.remove_prefix(root.size() + (root.ends_with('/') ? 0U : 1U));
    }
    if (is_sample(path::name(relative)) || ignored.ignores(relative, false)) continue;
    Finding& finding =
        sink.report(Place{project.gitignore, {}}, "'" + std::string(relative) + "' is not ignored");
    if (relative.find_first_of("*?[\\!# ") != std::string_view::npos) continue;
    const std::string_view text = project.gitignore->text();
    const auto end = static_cast<std::uint32_t>(text.size());
    const std::string line = '/' + std::string(relative);
    finding.fix = Fix{
        .title = "ignore " + line,
        .edits = {{{end, end}, text.empty() || text.ends_with('\n') ? line + '\n' : '\n' + line}},
        .safety = FixSafety::kSafe,
        .advice = "git rm --cached " + std::string(relative) +
                  " if it is tracked already, and replace what it holds"};
  }
}

constexpr Example kExamples[] = {
    {.name = "not ignored",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- .env --\n"
               "DB_PASSWORD=x\n"
               "-- .gitignore --\n"
               "«»node_modules\n"},
    {.name = "ignored",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- .env --\n"
               "DB_PASSWORD=x\n"
               "-- .gitignore --\n"
               ".env\n"},
    {.name = "a sample",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- .env.example --\n"
               "DB_PASSWORD=\n"
               "-- .gitignore --\n"
               "node_modules\n"},
};

}  // namespace

const Rule& environment_file_committed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
