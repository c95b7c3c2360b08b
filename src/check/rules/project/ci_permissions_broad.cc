#include "check/remedy.h"
#include "check/rule.h"
#include "parse/yaml_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-permissions-broad",
    .title = "The job's token may do more than it needs",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .aliases = "zizmor:excessive-permissions",
    .why =
        "Any action and any dependency of the job can use its token; one that may write can push "
        "code and replace images.",
    .fix_note =
        "Write 'permissions: contents: read' at the top and give single jobs what they need "
        "beyond that.",
    .sources =
        "https://docs.github.com/en/actions/reference/workflows-and-actions/"
        "workflow-syntax#permissions https://docs.zizmor.sh/audits/#excessive-permissions",
};

bool says_permissions(const Node& node, const ci::Workflow& workflow, Sink& sink) {
  const Node* const permissions = node.find("permissions");
  if (permissions == nullptr) return false;
  if (permissions->str() == "write-all") {
    sink.report(Place{workflow.file, permissions->span}, "the token may write everything");
  }
  return true;
}

void check(const ci::Workflow& workflow, Sink& sink) {
  if (workflow.system != ci::System::kGitHub || workflow.root->find("jobs") == nullptr) return;
  const bool at_the_top = says_permissions(*workflow.root, workflow, sink);
  for (const ci::Job& job : workflow.jobs) {
    if (says_permissions(*job.node, workflow, sink) || at_the_top) continue;
    // What the token may do is then the repository's or organisation's setting.
    Finding& finding =
        sink.report(job.place, "job '" + std::string(job.name) + "' does not limit its token");
    finding.severity = Severity::kLow;
    remedy(finding, "let the token read the repository only",
           yaml::put(*workflow.file, *workflow.root, {"permissions", "contents"},
                     yaml::NewNode::of("read")),
           FixSafety::kUnsafe);
  }
}

constexpr Example kExamples[] = {
    {.name = "everything",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "permissions: «write-all»\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{run: make}]\n"},
    {.name = "nothing is said",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  «test»:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{run: make}]\n"},
    {.name = "least",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "permissions: {contents: read}\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{run: make}]\n"},
};

}  // namespace

const Rule& ci_permissions_broad() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
