#include "check/image_tag.h"
#include "check/pulled_image.h"
#include "check/rule.h"
#include "workload/newer_release.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-image-latest",
    .title = "The image is whatever 'latest' is",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0013 checkov:CKV_K8S_14 compose-lint:CL-0004 "
        "dclint:service-image-require-explicit-tag cis-docker:5.28 kube-score:container-image-tag "
        "kube-linter:latest-tag polaris:tagNotSpecified",
    .why =
        "The tag moves: the next pull, or the next node, takes another version, and nobody can "
        "say which one runs today or go back to the one before.",
    .fix_note = "Choose the version that you tested, and keep it current with an update bot.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions "
        "https://kubernetes.io/docs/concepts/containers/images/",
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.image.is_known()) {
    if (!workload.build) sink.unknown("the image is not known");
    return;
  }
  const auto reference = pulled_image(workload);
  if (!reference || !reference->digest.empty()) return;
  const std::string& tag = reference->tag;
  if (!tag.empty() && tag != "latest") return;
  const std::string name = reference->familiar_name();
  Finding& finding = sink.report(
      image_place(workload), tag.empty() ? "'" + name + "' without a tag is whatever 'latest' is"
                                         : "the image '" + name + "' is whatever 'latest' is");
  offer_tag(workload, *reference, current_tag(*reference, sink.options().today), finding);
}

constexpr Example kExamples[] = {
    {.name = "latest",
     .before = "services:\n"
               "  a:\n"
               "    image: «nginx:latest»\n",
     .after = "services:\n"
              "  a:\n"
              "    image: nginx:1.31\n"},
    {.name = "no tag",
     .before = "services:\n"
               "  a:\n"
               "    image: «ghcr.io/a/b»\n"},
    {.name = "a registry with a port",
     .before = "services:\n"
               "  a:\n"
               "    image: «registry.example.com:5000/a»\n"},
    {.name = "by the default of a variable",
     .before = "services:\n"
               "  a:\n"
               "    image: «nginx:${TAG:-latest}»\n"},
    {.name = "a version",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"},
    {.name = "a digest decides",
     .before =
         "services:\n"
         "  a:\n"
         "    image: "
         "nginx:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000\n"},
    {.name = "built here",
     .before = "services:\n"
               "  a:\n"
               "    build: .\n"
               "    image: app:latest\n"},
    {.name = "built by the service beside it",
     .before = "services:\n"
               "  a:\n"
               "    build: .\n"
               "    image: app\n"
               "  b:\n"
               "    image: app\n"},
    {.name = "decided elsewhere",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:${TAG}\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: «busybox»\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run -d «nginx»\n",
     .after = "docker run -d nginx:1.31\n"},
    {.name = "built by hand",
     .file = "run.sh",
     .before = "docker build -t app .\n"
               "docker run -d app\n"},
};

}  // namespace

const Rule& container_image_latest() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
