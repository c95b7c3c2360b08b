#include <algorithm>
#include <string>
#include <string_view>

#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "port-name-invalid",
    .title = "A port has a name that Kubernetes refuses",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "kube-linter:invalid-target-ports",
    .why = "The API server refuses the object.",
    .fix_note =
        "At most 15 lower case letters, digits and single dashes, with a letter among them.",
    .sources =
        "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports",
};

/// IANA_SVC_NAME, RFC 6335 section 5.1.
bool is_port_name(std::string_view name) {
  constexpr std::size_t kMostBytes = 15;
  if (name.empty() || name.size() > kMostBytes || name.starts_with('-') || name.ends_with('-')) {
    return false;
  }
  if (name.find("--") != std::string_view::npos) return false;
  const bool fits = std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
  });
  return fits && std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

void judge(const Node* name, const kubernetes::Object& object, Sink& sink) {
  if (name == nullptr || name->str().empty() || manifest::is_template(name->str())) return;
  if (is_port_name(name->str())) return;
  sink.report(Place{object.file, name->span},
              "'" + std::string(name->str()) + "' is no name for a port");
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  for (const Workload* container : pod.containers) {
    for (const Node* port : manifest::elements(container->node->find("ports"))) {
      judge(port->find("name"), *pod.object, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "too long",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      ports:\n"
                "        - {name: «administration-http», containerPort: 80}\n"}},
    {.name = "not in lower case",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      ports:\n"
                "        - {name: «Http_1», containerPort: 80}\n"}},
    {.name = "short",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      ports:\n"
                "        - {name: http-1, containerPort: 80}\n"}},
    {.name = "none",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      ports:\n"
                "        - {containerPort: 80}\n"}},
};

}  // namespace

const Rule& port_name_invalid() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
