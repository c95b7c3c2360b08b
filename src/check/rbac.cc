#include "check/rbac.h"

#include <algorithm>
#include <string>

#include "check/manifest.h"
#include "core/ascii.h"

namespace plimsoll::check::rbac {
namespace {

using manifest::elements;

/// "*", "pods", "*/approval" against "certificatesigningrequests/approval".
bool covers(std::string_view written, std::string_view resource) {
  if (written == "*" || written == resource) return true;
  if (!written.starts_with("*/")) return false;
  const std::size_t slash = resource.find('/');
  return slash != std::string_view::npos && resource.substr(slash) == written.substr(1);
}

const Node* find_verb(const Node& rule, std::span<const std::string_view> verbs) {
  for (const Node* verb : elements(rule.find("verbs"))) {
    if (verb->str() == "*") return verb;
    if (std::find(verbs.begin(), verbs.end(), verb->str()) != verbs.end()) return verb;
  }
  return nullptr;
}

const Node* find_resource(const Node& rule, std::span<const Resource> resources) {
  const Node* const groups = rule.find("apiGroups");
  const bool any_group = has_word(groups, "*");
  for (const Node* written : elements(rule.find("resources"))) {
    if (any_group && written->str() == "*") continue;
    for (const Resource& resource : resources) {
      if (covers(written->str(), resource.name) && (any_group || has_word(groups, resource.group)))
        return written;
    }
  }
  return nullptr;
}

/// resourceNames restrict a rule to objects that somebody has chosen. Kubernetes knows no pattern
/// there; who writes "*" means all.
bool names_objects(const Node& rule) {
  const Node* const names = rule.find("resourceNames");
  return !elements(names).empty() && !has_word(names, "*");
}

bool is_rbac(const kubernetes::Object& object) {
  return manifest::api_group(object) == "rbac.authorization.k8s.io";
}

}  // namespace

bool is_cluster_role(const kubernetes::Object& object) {
  return ascii::iequals(object.kind, "ClusterRole") && is_rbac(object);
}

bool is_role(const kubernetes::Object& object) {
  return (ascii::iequals(object.kind, "Role") || ascii::iequals(object.kind, "ClusterRole")) &&
         is_rbac(object);
}

bool is_binding(const kubernetes::Object& object) {
  return (ascii::iequals(object.kind, "RoleBinding") ||
          ascii::iequals(object.kind, "ClusterRoleBinding")) &&
         is_rbac(object);
}

bool has_word(const Node* list, std::string_view word) {
  const auto words = elements(list);
  return std::any_of(words.begin(), words.end(),
                     [word](const Node* one) { return one->is_scalar() && one->text == word; });
}

std::optional<Grant> find_grant(const Node& rule, const Power& power) {
  const Node* const verb = find_verb(rule, power.verbs);
  if (verb == nullptr) return std::nullopt;
  const Node* const resource = find_resource(rule, power.resources);
  if (resource == nullptr) return std::nullopt;
  return Grant{resource, verb};
}

std::optional<Grant> find_grant(const kubernetes::Object& role, const Power& power) {
  for (const Node* rule : elements(role.node->find("rules"))) {
    if (const auto grant = find_grant(*rule, power)) return grant;
  }
  return std::nullopt;
}

void report_grants(const kubernetes::Object& role, Sink& sink, const Power& power,
                   std::string_view harm) {
  if (!is_role(role)) return;
  for (const Node* rule : elements(role.node->find("rules"))) {
    const auto grant = find_grant(*rule, power);
    if (!grant || names_objects(*rule)) continue;
    std::string message = "may ";
    message += grant->verb->text == "*" ? "do everything with" : grant->verb->text;
    message.append(" '").append(grant->resource->text).append("': ").append(harm);
    sink.report(Place{role.file, grant->resource->span}, std::move(message));
  }
}

void report_subjects(const kubernetes::Object& binding, Sink& sink,
                     std::span<const SubjectName> names, std::string_view harm) {
  if (!is_binding(binding)) return;
  for (const Node* subject : elements(binding.node->find("subjects"))) {
    const Node* const name = subject->find("name");
    if (name == nullptr || !name->is_scalar()) continue;
    const Node* const kind = subject->find("kind");
    for (const SubjectName& wanted : names) {
      if (wanted.name != name->text) continue;
      if (!wanted.kind.empty() && (kind == nullptr || kind->str() != wanted.kind)) continue;
      std::string message = "'" + std::string(wanted.name) + "' ";
      sink.report(Place{binding.file, name->span}, message.append(harm));
      break;
    }
  }
}

}  // namespace plimsoll::check::rbac
