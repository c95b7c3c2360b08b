#include <string>
#include <utility>

#include "core/ascii.h"
#include "workload/kubernetes_reader.h"

namespace plimsoll::kubernetes {
namespace {

// Dead since Kubernetes 1.27, but people still write them and older clusters still obey.
constexpr std::string_view kSeccompPod = "seccomp.security.alpha.kubernetes.io/pod";
constexpr std::string_view kSeccompContainer = "container.seccomp.security.alpha.kubernetes.io/";
constexpr std::string_view kAppArmor = "container.apparmor.security.beta.kubernetes.io/";

/// A seccompProfile or appArmorProfile.
Value<std::string> read_profile(Reader& reader, const Node* context, std::string_view key) {
  const Node::Entry* entry = present(context, key);
  if (entry == nullptr) return reader.text(context, key);
  Value<std::string> profile = reader.text(entry->value, "type");
  if (profile.value == "Unconfined") profile.value = "unconfined";
  if (profile.value == "Localhost") {
    Value<std::string> path = reader.text(entry->value, "localhostProfile");
    if (path.origin != Origin::kDefault) profile = std::move(path);
  }
  return profile;
}

/// What an annotation says: runtime/default, docker/default, unconfined, localhost/<profile>.
Value<std::string> read_annotation(Reader& reader, const Node::Entry* entry) {
  Value<std::string> profile;
  if (entry == nullptr) return profile;
  profile.place = reader.place(*entry);
  const auto text = text_of(*entry->value);
  profile.origin = text ? Origin::kSet : Origin::kUnknown;
  if (!text) return profile;
  const bool is_default = *text == "runtime/default" || *text == "docker/default";
  const std::string_view name =
      text->starts_with("localhost/") ? text->substr(std::string_view("localhost/").size()) : *text;
  profile.value = is_default ? "RuntimeDefault" : reader.copy(name);
  return profile;
}

const Node::Entry* annotation(const PodSettings& settings, std::string_view prefix,
                              std::string_view name) {
  if (settings.annotations.empty()) return nullptr;
  const auto found = settings.annotations.find(std::string(prefix).append(name));
  return found == settings.annotations.end() ? nullptr : found->second;
}

void index_annotations(Reader& reader, const Pod& pod, PodSettings& settings) {
  const Node* annotations = child(pod.metadata, "annotations");
  if (annotations == nullptr) return;
  for (const Node::Entry& entry : annotations->entries) {
    const std::string_view key = entry.key->str();
    const bool about_security =
        key == kSeccompPod || key.starts_with(kSeccompContainer) || key.starts_with(kAppArmor);
    if (!about_security || entry.value->is_null()) continue;
    if (!reader.charge(key.size() + 2 * sizeof(entry))) return;
    settings.annotations[key] = &entry;
  }
}

/// "type:container_t,user:…": the part that matters first.
Value<std::string> read_selinux(Reader& reader, const Node* context) {
  const Node* options = child(context, "seLinuxOptions");
  if (options == nullptr) return reader.text(context, "seLinuxOptions");
  Value<std::string> result;
  for (const std::string_view key : {"type", "user", "role", "level"}) {
    const Value<std::string> part = reader.text(options, key);
    if (part.origin == Origin::kUnknown) return part;
    if (!part.is_set() || part.value.empty()) continue;
    if (result.is_set()) {
      result.value += ',';
    } else {
      result.origin = part.origin;
      result.place = part.place;
    }
    result.value.append(key).append(":").append(part.value);
  }
  return result;
}

/// Docker's `user`: "uid", or "uid:gid" when both are written. A gid alone leaves the image's user.
Value<std::string> user_of(const Value<std::int64_t>& uid, const Value<std::int64_t>& gid) {
  Value<std::string> user;
  user.origin = uid.origin;
  user.place = uid.place;
  if (!uid.is_set()) return user;
  user.value = std::to_string(uid.value);
  if (gid.is_set()) user.value += ':' + std::to_string(gid.value);
  return user;
}

std::string normalise_capability(std::string_view name) {
  std::string upper = ascii::upper(name);
  if (upper.starts_with("CAP_")) upper.erase(0, std::string_view("CAP_").size());
  return upper;
}

/// `list` is "add" or "drop".
Items read_capabilities(Reader& reader, const Node* context, std::string_view list) {
  const bool in_context = context == nullptr || context->is_mapping();
  const Node* capabilities = in_context ? child(context, "capabilities") : context;
  Items items = reader.texts(capabilities, list);
  for (Item& item : items.items) item.value = normalise_capability(item.value);
  return items;
}

/// The kernel's no_new_privs. What is privileged or holds SYS_ADMIN gets it never, whatever
/// allowPrivilegeEscalation says (API reference, SecurityContext).
Value<bool> read_no_new_privileges(Reader& reader, const Node* context, const Workload& workload) {
  Value<bool> result = reader.boolean(context, "allowPrivilegeEscalation");
  const bool forced = workload.privileged.value || workload.cap_add.find("SYS_ADMIN") != nullptr;
  result.value = result.is_set() && !result.value && !forced;
  return result;
}

Items read_groups(Reader& reader, const Node* context) {
  Items groups = reader.texts(context, "supplementalGroups");
  // Files of volumes belong to fsGroup and the process joins it; only the root group is a matter.
  const Value<std::int64_t> fs_group = reader.integer(context, "fsGroup");
  if (fs_group.is_set() && fs_group.value == 0) {
    reader.add(groups, "0", fs_group.place);
    if (!groups.is_set()) groups.place = fs_group.place;
    if (!groups.is_set()) groups.origin = fs_group.origin;
  }
  return groups;
}

Items read_sysctls(Reader& reader, const Node* context) {
  Items result;
  const Node::Entry* entry = present(context, "sysctls");
  if (entry == nullptr) return result;
  result.origin = entry->value->is_sequence() ? Origin::kSet : Origin::kUnknown;
  result.place = reader.place(*entry);
  for (const Node* sysctl : elements(context, "sysctls")) {
    const Value<std::string> name = reader.text(sysctl, "name");
    const Value<std::string> value = reader.text(sysctl, "value");
    if (!name.is_set() || !value.is_known()) result.origin = Origin::kUnknown;
    if (name.is_set()) reader.add(result, name.value + '=' + value.value, name.place);
  }
  return result;
}

Value<std::string> read_proc_mount(Reader& reader, const Node* context) {
  Value<std::string> mount = reader.text(context, "procMount");
  if (mount.value == "Default") mount.value.clear();
  return mount;
}

void read_profiles(Reader& reader, const Node* context, const PodSettings& settings,
                   Workload& workload) {
  Value<std::string> seccomp =
      reader.inherit(read_profile(reader, context, "seccompProfile"), settings.seccomp);
  Value<std::string> apparmor = read_profile(reader, context, "appArmorProfile");
  // Since Kubernetes 1.27 annotations of seccomp are ignored: a field, the pod's too, beats them.
  if (seccomp.origin == Origin::kDefault) {
    seccomp = read_annotation(reader, annotation(settings, kSeccompContainer, workload.name));
  }
  if (apparmor.origin == Origin::kDefault) {
    apparmor = read_annotation(reader, annotation(settings, kAppArmor, workload.name));
  }
  workload.seccomp = reader.inherit(std::move(seccomp), settings.seccomp_annotation);
  workload.apparmor = reader.inherit(std::move(apparmor), settings.apparmor);
  workload.selinux = reader.inherit(read_selinux(reader, context), settings.selinux);
}

}  // namespace

void read_pod_security(Reader& reader, const Pod& pod, PodSettings& settings) {
  const Node* context = child(pod.spec, "securityContext");
  index_annotations(reader, pod, settings);
  settings.run_as_user = reader.integer(context, "runAsUser");
  settings.run_as_group = reader.integer(context, "runAsGroup");
  settings.run_as_non_root = reader.tristate(context, "runAsNonRoot");
  settings.windows_user = reader.text(child(context, "windowsOptions"), "runAsUserName");
  settings.group_add = read_groups(reader, context);
  settings.sysctls = read_sysctls(reader, context);
  settings.seccomp = read_profile(reader, context, "seccompProfile");
  settings.seccomp_annotation = read_annotation(reader, annotation(settings, kSeccompPod, ""));
  settings.apparmor = read_profile(reader, context, "appArmorProfile");
  settings.selinux = read_selinux(reader, context);
}

void read_container_security(Reader& reader, const Node& container, const PodSettings& settings,
                             Workload& workload) {
  const Node* context = child(&container, "securityContext");
  const auto uid = reader.inherit(reader.integer(context, "runAsUser"), settings.run_as_user);
  const auto gid = reader.inherit(reader.integer(context, "runAsGroup"), settings.run_as_group);
  workload.user = user_of(uid, gid);
  if (workload.pod->windows) {
    workload.user = reader.inherit(reader.text(child(context, "windowsOptions"), "runAsUserName"),
                                   settings.windows_user);
  }
  workload.run_as_non_root =
      reader.inherit(reader.tristate(context, "runAsNonRoot"), settings.run_as_non_root);
  workload.group_add = reader.inherit(settings.group_add);
  workload.privileged = reader.boolean(context, "privileged");
  workload.cap_add = read_capabilities(reader, context, "add");
  workload.cap_drop = read_capabilities(reader, context, "drop");
  workload.no_new_privileges = read_no_new_privileges(reader, context, workload);
  workload.read_only = reader.boolean(context, "readOnlyRootFilesystem");
  workload.proc_mount = read_proc_mount(reader, context);
  workload.sysctls = reader.inherit(settings.sysctls);
  read_profiles(reader, context, settings, workload);
}

}  // namespace plimsoll::kubernetes
