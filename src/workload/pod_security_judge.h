#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workload/kubernetes.h"
#include "workload/kubernetes_reader.h"

/// What the controls of the Pod Security Standards share; private to pod_security*.cc.
namespace plimsoll::kubernetes {

/// A name of the manifest as part of a field's path: cut when long, between characters.
[[nodiscard]] std::string shown(std::string_view name);

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& allowed) {
  return std::find(allowed.begin(), allowed.end(), text) != allowed.end();
}

/// A PodSpec or a container: what has a securityContext.
struct Scope {
  const Node* node = nullptr;
  const Node* context = nullptr;  ///< null when absent
  std::string path;               ///< "spec.template.spec.containers[web]"
  Place place;                    ///< for what is missing
};

enum class Answer : std::uint8_t { kAbsent, kFalse, kTrue, kUnknown };

/// Reads one pod for the controls and collects its gaps. What cannot be known is no gap, but makes
/// the verdict unknown.
class Judge {
 public:
  explicit Judge(const Pod& pod);

  [[nodiscard]] const Pod& pod() const { return pod_; }
  [[nodiscard]] const SourceFile& file() const { return *pod_.object->file; }
  /// "spec.template." of a Deployment's pod.
  [[nodiscard]] const std::string& prefix() const { return prefix_; }
  [[nodiscard]] const Scope& pod_scope() const { return pod_scope_; }
  [[nodiscard]] const std::vector<Scope>& containers() const { return containers_; }
  [[nodiscard]] bool in_user_namespace() const { return in_user_namespace_; }
  [[nodiscard]] SecurityVerdict take_verdict() { return std::move(verdict_); }

  template <class Check>
  void each_scope(Check check) {
    check(pod_scope_);
    for (const Scope& container : containers_) check(container);
  }

  Answer ask(const Node* mapping, std::string_view key);
  /// "" when absent; nullopt when it cannot be known.
  std::optional<std::string_view> text(const Node* mapping, std::string_view key);
  std::optional<std::string_view> text(const Node& node);
  /// Nullopt when it is absent or cannot be known.
  std::optional<std::int64_t> integer(const Node* mapping, std::string_view key);
  /// The elements of a list; one that is no list cannot be known.
  std::span<const Node* const> list(const Node* mapping, std::string_view key);
  /// True for what stands where a mapping should: nothing in it can be known.
  bool is_opaque(const Node* mapping);

  /// Of the value that is there, else of the scope.
  [[nodiscard]] Place place(const Scope& scope, const Node* mapping, std::string_view key) const;

  void gap(SecurityProfile blocks, std::string field, std::string_view want, Place where);
  /// gap() at `<scope>.securityContext.<field>`; its value is `key` of `mapping`.
  void context_gap(SecurityProfile blocks, const Scope& scope, std::string_view field,
                   std::string_view want, const Node* mapping, std::string_view key);

 private:
  const Pod& pod_;
  std::string prefix_;
  Scope pod_scope_;
  std::vector<Scope> containers_;
  SecurityVerdict verdict_;
  bool in_user_namespace_ = false;
};

/// What lets a pod reach the node: its processes, namespaces, files, ports, kernel settings.
void judge_host_access(Judge& judge);
/// What keeps a container's processes inside: privileges, profiles, users.
void judge_confinement(Judge& judge);

}  // namespace plimsoll::kubernetes
