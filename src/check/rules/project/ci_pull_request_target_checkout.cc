#include <algorithm>
#include <array>

#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-pull-request-target-checkout",
    .title = "A stranger's code is checked out where secrets are",
    .severity = Severity::kHigh,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .aliases =
        "zizmor:dangerous-triggers semgrep:pull-request-target-code-checkout "
        "semgrep:workflow-run-target-code-checkout",
    .why =
        "pull_request_target and workflow_run give the job a token that may write and the "
        "repository's secrets; code of the pull request that is built there can take both.",
    .fix_note =
        "Build the pull request's code under 'pull_request', and hand results to a second "
        "workflow that never runs it.",
    .sources = "https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/",
};

/// Parts of a ref or repository that lead to the pull request's own code.
constexpr std::array kHeads = std::to_array<std::string_view>(
    {"github.event.pull_request.head.", "github.head_ref", "github.event.workflow_run.head_",
     "refs/pull/", "github.event.pull_request.merge_commit_sha", "github.event.number"});

bool is_dangerous(const ci::Workflow& workflow) {
  return std::any_of(workflow.triggers.begin(), workflow.triggers.end(), [](std::string_view on) {
    return on == "pull_request_target" || on == "workflow_run";
  });
}

bool names_head(std::string_view text) {
  return std::any_of(kHeads.begin(), kHeads.end(),
                     [text](std::string_view head) { return ascii::contains(text, head); });
}

/// `gh pr checkout`, `git fetch origin pull/1/head`.
bool fetches_pull_request(const shell::Command& command) {
  const std::string_view program = command.name();
  const auto has = [&command](std::string_view part) {
    return std::any_of(command.begin(), command.end(), [part](const shell::Word& word) {
      return ascii::contains(word.value, part);
    });
  };
  if (program == "gh") return command.subcommand() == "pr" && has("checkout");
  return program == "git" && (has("pull/") || has("github.event.pull_request.head.")) &&
         (has("fetch") || has("checkout") || has("clone") || has("pull"));
}

void check(const ci::Workflow& workflow, Sink& sink) {
  if (workflow.system != ci::System::kGitHub || !is_dangerous(workflow)) return;
  constexpr std::string_view kMessage =
      "the pull request's code is checked out with secrets at hand";
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      if (ci::action_name(step) == "actions/checkout" && step.with != nullptr) {
        for (const std::string_view key : {"ref", "repository"}) {
          const Node* const value = step.with->find(key);
          if (value == nullptr || !names_head(value->str())) continue;
          sink.report(value->span, std::string(kMessage));
          break;
        }
      }
      if (!step.script.understood) continue;
      for (const shell::Command& command : step.script.commands) {
        if (fetches_pull_request(command)) {
          sink.report(step.source(command.span), std::string(kMessage));
        }
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "by ref",
     .file = ".github/workflows/pr.yml",
     .before = "on: pull_request_target\n"
               "jobs:\n"
               "  build:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: actions/checkout@v4\n"
               "        with:\n"
               "          ref: «${{ github.event.pull_request.head.sha }}»\n"
               "      - run: make\n"},
    {.name = "by command",
     .file = ".github/workflows/pr.yml",
     .before = "on: [pull_request_target]\n"
               "jobs:\n"
               "  build:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: «gh pr checkout 1» && make\n"},
    {.name = "the base branch",
     .file = ".github/workflows/pr.yml",
     .before = "on: pull_request_target\n"
               "jobs:\n"
               "  label:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: actions/checkout@v4\n"},
    {.name = "without secrets",
     .file = ".github/workflows/pr.yml",
     .before = "on: pull_request\n"
               "jobs:\n"
               "  build:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: actions/checkout@v4\n"
               "        with: {ref: '${{ github.head_ref }}'}\n"},
};

}  // namespace

const Rule& ci_pull_request_target_checkout() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
