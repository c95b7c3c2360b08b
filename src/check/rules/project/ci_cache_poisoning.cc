#include <algorithm>

#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-cache-poisoning",
    .title = "A release is built from a shared cache",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "zizmor:cache-poisoning",
    .why =
        "Every workflow of the default branch writes to the same cache; one that an attacker got "
        "into can leave something there that the next release takes in.",
    .fix_note = "Build releases from nothing: no actions/cache, 'cache: false', no type=gha.",
    .sources = "https://docs.zizmor.sh/audits/#cache-poisoning",
};

/// Runs for releases: on a release, or on pushed tags only.
bool releases(const ci::Workflow& workflow) {
  const auto& triggers = workflow.triggers;
  if (std::find(triggers.begin(), triggers.end(), "release") != triggers.end()) return true;
  const Node* const push = workflow.root->at({"on", "push"});
  return push != nullptr && push->find("tags") != nullptr && push->find("branches") == nullptr;
}

bool uses_cache(const ci::Step& step) {
  const std::string_view action = ci::action_name(step);
  if (action == "actions/cache" || action == "actions/cache/restore") return true;
  if (ascii::contains(ci::input(step, "cache-from"), "type=gha")) return true;
  const std::string_view cache = ascii::trim(ci::input(step, "cache"));
  return action.starts_with("actions/setup-") && !cache.empty() && cache != "false";
}

void check(const ci::Workflow& workflow, Sink& sink) {
  if (workflow.system != ci::System::kGitHub || !releases(workflow)) return;
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      if (uses_cache(step)) {
        sink.report(step.uses_place,
                    "this release takes in what other workflows left in the cache");
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a cache in a release",
     .file = ".github/workflows/release.yml",
     .before = "on: {push: {tags: ['v*']}}\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: «actions/cache@v4»\n"
               "        with: {path: x, key: y}\n"
               "      - uses: «docker/build-push-action@v6»\n"
               "        with: {push: true, cache-from: type=gha}\n"},
    {.name = "a test",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{uses: actions/cache@v4, with: {path: x, key: y}}]\n"},
};

}  // namespace

const Rule& ci_cache_poisoning() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
