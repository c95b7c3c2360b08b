#include "check/pulled_image.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-image-not-pinned",
    .title = "The image is not pinned to a digest",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "checkov:CKV_K8S_43 compose-lint:CL-0019",
    .why =
        "A tag can be pushed again: what was tested and what runs may be different images under "
        "one name.",
    .fix_note =
        "Add the digest behind the tag, and let an update bot move both; without a bot a pinned "
        "image only grows old.",
    .sources = "https://kubernetes.io/docs/concepts/containers/images/#image-names",
};

void check(const Workload& workload, Sink& sink) {
  const auto reference = pulled_image(workload);
  if (!reference || !reference->digest.empty()) return;
  sink.report(image_place(workload),
              "the image '" + reference->familiar_name() + "' is not pinned to a digest");
}

constexpr Example kExamples[] = {
    {.name = "a tag",
     .before = "services:\n"
               "  a:\n"
               "    image: «nginx:1.27»\n"},
    {.name = "a digest",
     .before =
         "services:\n"
         "  a:\n"
         "    image: "
         "nginx:1.27@sha256:0000000000000000000000000000000000000000000000000000000000000000\n"},
    {.name = "built here",
     .before = "services:\n"
               "  a:\n"
               "    build: .\n"
               "    image: app:1\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: «busybox:1.36»\n"},
};

}  // namespace

const Rule& container_image_not_pinned() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
