#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "security-option-unknown",
    .title = "No engine knows this security option",
    .severity = Severity::kInfo,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Docker refuses to start the container, so the protection that was meant is likely to be "
        "taken out again.",
    .fix_note =
        "Docker knows apparmor, credentialspec, label, no-new-privileges, seccomp and systempaths; "
        "Podman mask, unmask and proc-opts, too.",
    .sources =
        "https://docs.docker.com/engine/containers/run/#security-configuration "
        "https://docs.podman.io/en/latest/markdown/podman-run.1.html",
    .forms = kFormsEngine,
};

constexpr std::string_view kOptions[] = {
    "apparmor",    "credentialspec",   "label", "mask", "no-new-privileges", "proc-opts", "seccomp",
    "systempaths", "writable-cgroups", "unmask"};

bool is_known(std::string_view name) {
  for (const std::string_view option : kOptions) {
    if (name == option) return true;
  }
  return false;
}

void check(const Workload& workload, Sink& sink) {
  for (const Item& item : workload.security_options.items) {
    if (item.value.empty() || ascii::contains(item.value, "$")) continue;
    const std::size_t end = item.value.find_first_of("=:");
    const std::string_view name = std::string_view(item.value).substr(0, end);
    if (is_known(name)) continue;
    sink.report(item.place, "no security option is called '" + std::string(name) + "'");
  }
}

constexpr Example kExamples[] = {
    {.name = "misspelt",
     .before = "services:\n  web:\n    image: nginx:1.27\n"
               "    security_opt: [«no-new-priviledges:true»]\n"},
    {.name = "known ones",
     .before = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n"
               "      - no-new-privileges:true\n      - apparmor=docker-web\n"
               "      - label:type:x_t\n"},
};

}  // namespace

const Rule& security_option_unknown() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
