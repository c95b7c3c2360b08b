#include "check/pulled_image.h"
#include "check/rule.h"
#include "check/trusted_registry.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-registry-untrusted",
    .title = "The image comes from a registry that is not on the list",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kNone,
    .aliases = "trivy:KSV-0125",
    .why =
        "The list of trusted registries says where images are scanned and signed; one from "
        "elsewhere has seen none of that.",
    .fix_note = "Mirror the image into a trusted registry, or put its registry on the list.",
    .sources = "https://kubernetes.io/docs/concepts/containers/images/",
};

void check(const Workload& workload, Sink& sink) {
  const std::vector<std::string>& trusted = sink.options().trusted_registries;
  if (trusted.empty()) return;
  const auto reference = pulled_image(workload);
  if (!reference || is_trusted_registry(trusted, reference->registry)) return;
  sink.report(image_place(workload), "the registry '" + reference->registry + "' is not trusted");
}

constexpr Example kExamples[] = {
    {.name = "another registry",
     .before = "services:\n"
               "  a:\n"
               "    image: «quay.io/a/b:1»\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: «untrusted.example/a:1»\n"},
    {.name = "on the list",
     .before = "services:\n"
               "  a:\n"
               "    image: ghcr.io/a/b:1\n"
               "  b:\n"
               "    image: a/b:1\n"},
    {.name = "not known",
     .before = "services:\n"
               "  a:\n"
               "    image: ${REGISTRY}/a:1\n"},
};

}  // namespace

const Rule& container_registry_untrusted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
