#include <algorithm>

#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-action-unpinned",
    .title = "An action is not pinned to a commit",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .aliases = "zizmor:unpinned-uses semgrep:third-party-action-not-pinned-to-commit-sha",
    .why =
        "A tag or branch of somebody else's repository can be moved, as happened to "
        "tj-actions/changed-files; what it then points to runs with your secrets.",
    .fix_note =
        "Write the commit's 40 digits with the version as a comment, and let an update bot "
        "move it.",
    .sources =
        "https://docs.github.com/en/actions/reference/security/secure-use "
        "https://docs.zizmor.sh/audits/#unpinned-uses",
};

bool is_commit(std::string_view version) {
  return (version.size() == 40 || version.size() == 64) &&
         std::all_of(version.begin(), version.end(), ascii::is_hex);
}

void check(const ci::Workflow& workflow, Sink& sink) {
  if (workflow.system != ci::System::kGitHub) return;
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      const std::string_view uses = step.uses;
      if (uses.empty() || uses.starts_with("./") || uses.starts_with("docker://")) continue;
      const std::size_t at = uses.find('@');
      if (at == std::string_view::npos || ascii::contains(uses, "${{")) continue;
      if (is_commit(uses.substr(at + 1))) continue;
      Finding& finding =
          sink.report(step.uses_place, "action '" + std::string(uses) + "' is not a commit");
      // Whoever runs the workflows can change them anyway.
      if (uses.starts_with("actions/") || uses.starts_with("github/")) {
        finding.severity = Severity::kInfo;
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "tags",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: «actions/checkout@v4»\n"
               "      - uses: «docker/login-action@v3»\n"},
    {.name = "a called workflow",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  call:\n"
               "    uses: «example/ci/.github/workflows/x.yml@main»\n"},
    {.name = "commits, local actions and images",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v4\n"
               "      - uses: ./.github/actions/x\n"
               "      - uses: docker://alpine:3.20\n"},
};

}  // namespace

const Rule& ci_action_unpinned() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
