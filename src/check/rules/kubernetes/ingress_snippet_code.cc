#include <string>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ingress-snippet-code",
    .title = "An Ingress snippet that runs code or reads files",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .aliases = "checkov:CKV_K8S_152 checkov:CKV_K8S_154",
    .why =
        "Lua runs in the ingress controller, and alias or root serve its files: its service "
        "account token, which reads every Secret, is one of them (CVE-2021-25742).",
    .fix_note =
        "Take the snippet out, and set allow-snippet-annotations: \"false\" in the controller.",
    .sources = "https://nvd.nist.gov/vuln/detail/CVE-2021-25742",
};

/// Where the directive `word` (or one that begins with it, when it ends in '_') is in `text`.
bool has_directive(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if (at != 0 && ascii::is_name(text[at - 1])) continue;
    const std::size_t end = at + word.size();
    if (word.back() == '_' || (end < text.size() && ascii::is_space(text[end]))) return true;
  }
  return false;
}

std::string_view harm_of(std::string_view text) {
  for (const std::string_view code : {"lua_", "content_by_", "access_by_", "rewrite_by_", "set_by_",
                                      "header_filter_by_", "body_filter_by_", "log_by_"}) {
    if (has_directive(text, code)) return "runs Lua in the ingress controller";
  }
  for (const std::string_view files : {"alias", "root"}) {
    if (has_directive(text, files)) return "serves files of the ingress controller";
  }
  return {};
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Ingress") return;
  for (const Node::Entry& entry : manifest::entries(object.at({"metadata", "annotations"}))) {
    const std::string_view key = entry.key->str();
    if (!key.ends_with("-snippet") || !ascii::contains(key, "nginx")) continue;
    const std::string_view harm = harm_of(entry.value->str());
    if (!harm.empty()) sink.report(Place{object.file, entry.key->span}, std::string(harm));
  }
}

constexpr Example kExamples[] = {
    {.name = "Lua",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web, annotations: {«nginx.ingress.kubernetes.io/server-snippet»: "
               "\"content_by_lua 'x';\"}}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
    {.name = "alias",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web, annotations: {«nginx.ingress.kubernetes.io/server-snippet»: "
               "\"location /x { alias /var/run/secrets/; }\"}}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
    {.name = "a header",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/server-snippet: "
               "\"add_header X-Root x; set $aliased 1;\"}}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
};

}  // namespace

const Rule& ingress_snippet_code() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
