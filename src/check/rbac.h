#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "check/rule.h"
#include "parse/node.h"
#include "workload/kubernetes.h"

/// Roles, what they allow, and who is bound to them (rbac.authorization.k8s.io).
namespace plimsoll::check::rbac {

[[nodiscard]] bool is_role(const kubernetes::Object& object);  ///< Role or ClusterRole
[[nodiscard]] bool is_cluster_role(const kubernetes::Object& object);
[[nodiscard]] bool is_binding(const kubernetes::Object& object);  ///< RoleBinding or Cluster…

/// A resource ("pods/exec") and the API group that serves it.
struct Resource {
  std::string_view group;
  std::string_view name;
};

/// Doing one of `verbs` with one of `resources`.
struct Power {
  std::span<const Resource> resources;
  std::span<const std::string_view> verbs;
};

/// The words of a role's rule that give a power.
struct Grant {
  const Node* resource = nullptr;
  const Node* verb = nullptr;
};

[[nodiscard]] bool has_word(const Node* list, std::string_view word);
/// What of `rule`, an entry of a role's `rules`, gives `power`. A "*" gives it as well, except
/// where a rule allows all resources of all groups: that is a finding of its own.
[[nodiscard]] std::optional<Grant> find_grant(const Node& rule, const Power& power);
/// The first of all rules of a role.
[[nodiscard]] std::optional<Grant> find_grant(const kubernetes::Object& role, const Power& power);

/// One finding for each rule of a role that gives `power` over more than the objects it names:
/// "may create 'pods/exec': <harm>".
void report_grants(const kubernetes::Object& role, Sink& sink, const Power& power,
                   std::string_view harm);

/// An entry of a binding's `subjects`.
struct SubjectName {
  std::string_view kind;  ///< "User", "Group", "ServiceAccount"; "" = any
  std::string_view name;
};
/// One finding for each subject that is in `names`: "'system:anonymous' <harm>".
void report_subjects(const kubernetes::Object& binding, Sink& sink,
                     std::span<const SubjectName> names, std::string_view harm);

}  // namespace plimsoll::check::rbac
