#include "workload/pod_security_judge.h"

#include "core/limits.h"

namespace plimsoll::kubernetes {
namespace {

/// Names are the manifest's and may be of any length.
constexpr std::size_t kShownNameBytes = 100;

Scope scope(const Node& node, std::string path, Place place) {
  return {&node, child(&node, "securityContext"), std::move(path), place};
}

/// "containers[web]".
std::string element(const Workload& container) {
  // A container without a name is already called by its place: "containers[0]".
  if (child(container.node, "name") == nullptr) return container.name;
  switch (container.container_kind) {
    case ContainerKind::kApp: return "containers[" + shown(container.name) + ']';
    case ContainerKind::kInit:
    case ContainerKind::kSidecar: return "initContainers[" + shown(container.name) + ']';
    case ContainerKind::kEphemeral: return "ephemeralContainers[" + shown(container.name) + ']';
  }
  return {};
}

}  // namespace

std::string shown(std::string_view name) {
  if (name.size() <= kShownNameBytes) return std::string(name);
  std::size_t end = kShownNameBytes;
  // Never cut a UTF-8 sequence: go back over its continuation bytes.
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return std::string(name.substr(0, end)) + "…";
}

Judge::Judge(const Pod& pod) : pod_(pod), prefix_(pod_field_prefix(pod)) {
  pod_scope_ = scope(*pod.spec, prefix_ + "spec", pod.place);
  for (const Workload* container : pod.containers) {
    containers_.push_back(
        scope(*container->node, pod_scope_.path + '.' + element(*container), container->place));
  }
  // Ids inside a user namespace are not the host's, so some controls ask less.
  in_user_namespace_ = ask(pod.spec, "hostUsers") == Answer::kFalse;
}

bool Judge::is_opaque(const Node* mapping) {
  const bool opaque = mapping != nullptr && !mapping->is_mapping();
  if (opaque) verdict_.known = false;
  return opaque;
}

Answer Judge::ask(const Node* mapping, std::string_view key) {
  if (is_opaque(mapping)) return Answer::kUnknown;
  const Node* node = child(mapping, key);
  if (node == nullptr) return Answer::kAbsent;
  const auto value = bool_of(*node);
  if (!value) verdict_.known = false;
  return !value ? Answer::kUnknown : *value ? Answer::kTrue : Answer::kFalse;
}

std::optional<std::string_view> Judge::text(const Node& node) {
  const auto value = text_of(node);
  if (!value) verdict_.known = false;
  return value;
}

std::optional<std::string_view> Judge::text(const Node* mapping, std::string_view key) {
  if (is_opaque(mapping)) return std::nullopt;
  const Node* node = child(mapping, key);
  return node == nullptr ? std::string_view{} : text(*node);
}

std::optional<std::int64_t> Judge::integer(const Node* mapping, std::string_view key) {
  if (is_opaque(mapping)) return std::nullopt;
  const Node* node = child(mapping, key);
  if (node == nullptr) return std::nullopt;
  const auto value = integer_of(*node);
  if (!value) verdict_.known = false;
  return value;
}

std::span<const Node* const> Judge::list(const Node* mapping, std::string_view key) {
  if (is_opaque(mapping)) return {};
  const Node* node = child(mapping, key);
  if (node != nullptr && !node->is_sequence()) verdict_.known = false;
  return elements(mapping, key);
}

Place Judge::place(const Scope& scope, const Node* mapping, std::string_view key) const {
  const Node::Entry* entry = present(mapping, key);
  return entry == nullptr ? scope.place : place_of(file(), *entry);
}

void Judge::gap(SecurityProfile blocks, std::string field, std::string_view want, Place where) {
  // A profile is met only when the one below is: what blocks baseline leaves privileged.
  const auto below = blocks == SecurityProfile::kBaseline ? SecurityProfile::kPrivileged
                                                          : SecurityProfile::kBaseline;
  verdict_.profile = std::min(verdict_.profile, below);
  if (verdict_.gaps.size() == limits::kPodSecurityGaps) return;
  verdict_.gaps.push_back({blocks, std::move(field), std::string(want), where});
}

void Judge::context_gap(SecurityProfile blocks, const Scope& scope, std::string_view field,
                        std::string_view want, const Node* mapping, std::string_view key) {
  gap(blocks, scope.path + ".securityContext." + std::string(field), want,
      place(scope, mapping, key));
}

}  // namespace plimsoll::kubernetes
