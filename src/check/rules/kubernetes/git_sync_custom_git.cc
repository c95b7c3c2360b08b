#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "git-sync-custom-git",
    .title = "git-sync runs a program of its configuration",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .aliases = "checkov:CKV_K8S_159",
    .why =
        "git-sync executes whatever GITSYNC_GIT (or --git) names: with a path in a volume, "
        "that is what was put there.",
    .fix_note = "Leave it out: the image brings git.",
    .sources =
        "https://www.akamai.com/blog/security-research/kubernetes-gitsync-command-injection-defcon",
};

bool is_git_sync(const Workload& container) {
  return ascii::contains(container.image.value, "git-sync");
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  for (const Workload* container : pod.containers) {
    for (const std::string_view name : {"GITSYNC_GIT", "GIT_SYNC_GIT"}) {
      const EnvironmentVariable* const variable = container->variable(name);
      if (variable == nullptr) continue;
      sink.report(variable->place, "git-sync runs this in place of git").about(container->id);
    }
    if (!is_git_sync(*container)) continue;
    for (const Node* word : manifest::elements(manifest::child(container->node, "args"))) {
      if (!word->str().starts_with("--git=") && !word->str().starts_with("-git=")) continue;
      sink.report(Place{pod.object->file, word->span}, "git-sync runs this in place of git")
          .about(container->id);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "by argument",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  containers: [{name: a, image: registry.k8s.io/git-sync/git-sync:v4.2.3, args: "
               "[«--git=/tmp/x»]}]\n"},
    {.name = "a repository",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  containers: [{name: a, image: registry.k8s.io/git-sync/git-sync:v4.2.3, env: "
               "[{name: GITSYNC_REPO, value: https://github.com/a/b}]}]\n"},
};

}  // namespace

const Rule& git_sync_custom_git() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
