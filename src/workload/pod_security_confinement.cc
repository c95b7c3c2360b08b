#include "workload/pod_security_judge.h"

namespace plimsoll::kubernetes {
namespace {

constexpr auto kBaseline = SecurityProfile::kBaseline;
constexpr auto kRestricted = SecurityProfile::kRestricted;

void privileged(Judge& judge) {
  for (const Scope& container : judge.containers()) {
    if (judge.ask(container.context, "privileged") != Answer::kTrue) continue;
    judge.context_gap(kBaseline, container, "privileged", "must be false", container.context,
                      "privileged");
  }
}

/// The default set of container engines without NET_RAW.
constexpr std::array<std::string_view, 13> kBaselineCapabilities = {
    "AUDIT_WRITE",      "CHOWN",   "DAC_OVERRIDE", "FOWNER",  "FSETID", "KILL",      "MKNOD",
    "NET_BIND_SERVICE", "SETFCAP", "SETGID",       "SETPCAP", "SETUID", "SYS_CHROOT"};

/// True when a known element of the list is not allowed.
template <class Allowed>
bool holds_other(Judge& judge, const Node* mapping, std::string_view key, Allowed allowed) {
  bool other = false;
  for (const Node* element : judge.list(mapping, key)) {
    const auto text = judge.text(*element);
    if (text && !allowed(*text)) other = true;
  }
  return other;
}

void added_capabilities(Judge& judge) {
  for (const Scope& container : judge.containers()) {
    const Node* capabilities = child(container.context, "capabilities");
    const auto in_default_set = [](std::string_view name) {
      return is_one_of(name, kBaselineCapabilities);
    };
    const auto binds_ports = [](std::string_view name) { return name == "NET_BIND_SERVICE"; };
    if (holds_other(judge, capabilities, "add", in_default_set)) {
      judge.context_gap(kBaseline, container, "capabilities.add",
                        "must not go beyond the default capabilities without NET_RAW", capabilities,
                        "add");
    } else if (!judge.pod().windows && holds_other(judge, capabilities, "add", binds_ports)) {
      judge.context_gap(kRestricted, container, "capabilities.add",
                        "must hold nothing but NET_BIND_SERVICE", capabilities, "add");
    }
  }
}

constexpr std::string_view kAppArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

void apparmor_annotations(Judge& judge) {
  const Node* annotations = child(judge.pod().metadata, "annotations");
  if (annotations == nullptr) return;
  for (const Node::Entry& entry : annotations->entries) {
    const std::string_view key = entry.key->str();
    if (!key.starts_with(kAppArmorAnnotation) || entry.value->is_null()) continue;
    const auto value = judge.text(*entry.value);
    if (!value || value->empty() || *value == "runtime/default" || value->starts_with("localhost/"))
      continue;
    judge.gap(kBaseline, judge.prefix() + "metadata.annotations[" + shown(key) + ']',
              "must be runtime/default or localhost/*", place_of(judge.file(), entry));
  }
}

bool is_confined(std::string_view type) {
  return type == "RuntimeDefault" || type == "Localhost";
}

/// A gap when a profile is written and is not one that confines.
void confined_profile(Judge& judge, const Scope& scope, std::string_view key) {
  const Node* profile = child(scope.context, key);
  if (profile == nullptr) return;
  const auto type = judge.text(profile, "type");
  if (!type || is_confined(*type)) return;
  judge.context_gap(kBaseline, scope, std::string(key) + ".type",
                    "must be RuntimeDefault or Localhost", profile, "type");
}

void apparmor(Judge& judge) {
  judge.each_scope([&](const Scope& scope) { confined_profile(judge, scope, "appArmorProfile"); });
  apparmor_annotations(judge);
}

constexpr std::array<std::string_view, 5> kSelinuxTypes = {"", "container_t", "container_init_t",
                                                           "container_kvm_t", "container_engine_t"};

void selinux(Judge& judge) {
  judge.each_scope([&](const Scope& scope) {
    const Node* options = child(scope.context, "seLinuxOptions");
    const auto type = judge.text(options, "type");
    if (type && !is_one_of(*type, kSelinuxTypes)) {
      judge.context_gap(kBaseline, scope, "seLinuxOptions.type",
                        "must be container_t, container_init_t, container_kvm_t or "
                        "container_engine_t",
                        options, "type");
    }
    for (const std::string_view key : {"user", "role"}) {
      const auto text = judge.text(options, key);
      if (!text || text->empty()) continue;
      judge.context_gap(kBaseline, scope, "seLinuxOptions." + std::string(key), "must not be set",
                        options, key);
    }
  });
}

void proc_mount(Judge& judge) {
  // An unmasked /proc of a user namespace is harmless enough for baseline, never for restricted.
  const SecurityProfile blocks = judge.in_user_namespace() ? kRestricted : kBaseline;
  for (const Scope& container : judge.containers()) {
    if (present(container.context, "procMount") == nullptr) continue;
    const auto mount = judge.text(container.context, "procMount");
    if (!mount || *mount == "Default") continue;
    judge.context_gap(blocks, container, "procMount", "must be Default", container.context,
                      "procMount");
  }
}

void privilege_escalation(Judge& judge) {
  if (judge.pod().windows) return;
  for (const Scope& container : judge.containers()) {
    const Answer answer = judge.ask(container.context, "allowPrivilegeEscalation");
    if (answer == Answer::kFalse || answer == Answer::kUnknown) continue;
    judge.context_gap(kRestricted, container, "allowPrivilegeEscalation", "must be false",
                      container.context, "allowPrivilegeEscalation");
  }
}

void run_as_non_root(Judge& judge) {
  if (judge.in_user_namespace()) return;
  const Scope& pod = judge.pod_scope();
  const Answer of_pod = judge.ask(pod.context, "runAsNonRoot");
  // One pod-level setting serves every container that says nothing.
  bool pod_must_say = of_pod == Answer::kFalse;
  for (const Scope& container : judge.containers()) {
    const Answer answer = judge.ask(container.context, "runAsNonRoot");
    if (answer == Answer::kAbsent && of_pod == Answer::kAbsent) pod_must_say = true;
    if (answer != Answer::kFalse) continue;
    judge.context_gap(kRestricted, container, "runAsNonRoot", "must be true", container.context,
                      "runAsNonRoot");
  }
  if (!pod_must_say) return;
  judge.context_gap(kRestricted, pod, "runAsNonRoot", "must be true", pod.context, "runAsNonRoot");
}

void run_as_user(Judge& judge) {
  if (judge.in_user_namespace()) return;
  judge.each_scope([&](const Scope& scope) {
    if (judge.integer(scope.context, "runAsUser") != 0) return;
    judge.context_gap(kRestricted, scope, "runAsUser", "must not be 0", scope.context, "runAsUser");
  });
}

void seccomp(Judge& judge) {
  judge.each_scope([&](const Scope& scope) { confined_profile(judge, scope, "seccompProfile"); });
  const Scope& pod = judge.pod_scope();
  const bool pod_says = present(pod.context, "seccompProfile") != nullptr;
  // A profile of the pod that is wrong is a gap already, and mending it serves the containers.
  if (judge.pod().windows || pod_says || judge.is_opaque(pod.context)) return;
  const auto& containers = judge.containers();
  const bool all_say = std::all_of(containers.begin(), containers.end(), [&](const Scope& scope) {
    return judge.is_opaque(scope.context) || present(scope.context, "seccompProfile") != nullptr;
  });
  if (all_say) return;
  judge.gap(kRestricted, pod.path + ".securityContext.seccompProfile.type",
            "must be RuntimeDefault or Localhost", pod.place);
}

/// What `capabilities.drop` says of ALL. The admission plug-in knows no other spelling.
Answer drops_all(Judge& judge, const Scope& container) {
  if (judge.is_opaque(container.context)) return Answer::kUnknown;
  const Node* capabilities = child(container.context, "capabilities");
  if (judge.is_opaque(capabilities)) return Answer::kUnknown;
  const Node* drop = child(capabilities, "drop");
  Answer answer = drop == nullptr || drop->is_sequence() ? Answer::kFalse : Answer::kUnknown;
  const auto elements = judge.list(capabilities, "drop");
  for (const Node* element : elements) {
    if (text_of(*element) == "ALL") return Answer::kTrue;
  }
  for (const Node* element : elements) {
    if (!judge.text(*element)) answer = Answer::kUnknown;
  }
  return answer;
}

void dropped_capabilities(Judge& judge) {
  if (judge.pod().windows) return;
  for (const Scope& container : judge.containers()) {
    if (drops_all(judge, container) != Answer::kFalse) continue;
    judge.context_gap(kRestricted, container, "capabilities.drop", "must be [ALL]",
                      child(container.context, "capabilities"), "drop");
  }
}

}  // namespace

void judge_confinement(Judge& judge) {
  privileged(judge);
  apparmor(judge);
  selinux(judge);
  proc_mount(judge);
  seccomp(judge);
  privilege_escalation(judge);
  run_as_non_root(judge);
  run_as_user(judge);
  added_capabilities(judge);
  dropped_capabilities(judge);
}

}  // namespace plimsoll::kubernetes
