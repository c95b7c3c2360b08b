#include <algorithm>
#include <iterator>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ingress-annotation-injection",
    .title = "An Ingress annotation that leaves its place in the configuration",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases = "trivy:KCV-0093",
    .why =
        "ingress-nginx before 1.12.1 copies these values into its configuration as they are: "
        "a value with a line break or a brace runs code in the controller (CVE-2025-1097, "
        "-1098, -24514).",
    .fix_note = "Write a plain URL or name, and update the controller to 1.11.5, 1.12.1 or later.",
    .sources = "https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/",
};

constexpr std::string_view kPrefix = "nginx.ingress.kubernetes.io/";
constexpr std::string_view kCopied[] = {"auth-url", "auth-tls-match-cn", "mirror-target",
                                        "mirror-host"};

/// Characters that neither a URL nor a common name has, but configuration has.
bool leaves_its_place(std::string_view value) {
  return std::any_of(value.begin(), value.end(), [](char c) {
    constexpr std::string_view kBreaking = "|;#{}<>\"'`\\^";
    return ascii::is_space(c) || kBreaking.find(c) != std::string_view::npos;
  });
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Ingress") return;
  for (const Node::Entry& entry : manifest::entries(object.at({"metadata", "annotations"}))) {
    const std::string_view key = entry.key->str();
    if (!key.starts_with(kPrefix)) continue;
    const std::string_view name = key.substr(kPrefix.size());
    if (std::find(std::begin(kCopied), std::end(kCopied), name) == std::end(kCopied)) continue;
    const std::string_view value = ascii::trim(entry.value->str());
    if (manifest::is_template(value) || !leaves_its_place(value)) continue;
    sink.report(Place{object.file, entry.value->span},
                "characters that end the value in the controller's configuration");
  }
}

constexpr Example kExamples[] = {
    {.name = "a brace",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/auth-url: "
               "«\"http://a.example/#;}load_module x\"»}}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
    {.name = "a plain address",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/auth-url: "
               "\"https://a.example/oauth2/auth?a=b&c=$host\"}}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
    {.name = "another annotation",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web, annotations: "
               "{nginx.ingress.kubernetes.io/cors-allow-headers: \"a; b\"}}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
};

}  // namespace

const Rule& ingress_annotation_injection() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
