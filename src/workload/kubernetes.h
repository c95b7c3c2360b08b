#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "parse/node.h"
#include "workload/workload.h"

/// Kubernetes manifests → pods, their containers as Workloads, and the other objects as they are.
/// Source: the API reference of Kubernetes 1.36 (core/v1, apps/v1, batch/v1, rbac, networking).
namespace plimsoll::kubernetes {

/// Any API object of a manifest. `node` is its mapping.
struct Object {
  const SourceFile* file = nullptr;
  const Node* node = nullptr;
  std::string_view api_version;
  std::string_view kind;
  std::string_view name;
  std::string_view ns;  ///< metadata.namespace; "" when not written
  Place place;          ///< metadata.name's value, else `kind`'s
  std::string id;       ///< "k8s.yaml#Deployment/web"

  [[nodiscard]] const Node* at(std::initializer_list<std::string_view> path) const {
    return node->at(path);
  }
};

/// The pod spec inside a Pod, Deployment, CronJob, …
struct Pod {
  const Object* object = nullptr;
  const Node* spec = nullptr;      ///< the PodSpec mapping
  const Node* metadata = nullptr;  ///< of the pod template; may be null
  Place place;                     ///< = object->place
  std::vector<const Workload*> containers;

  Value<bool> host_network;
  Value<bool> host_pid;
  Value<bool> host_ipc;
  Value<bool> share_process_namespace;
  Value<std::optional<bool>> automount_token;
  Value<std::string> service_account;
  bool windows = false;  ///< spec.os.name: windows
};

/// All that one or more manifest files of a folder say.
struct Manifests {
  std::deque<Object> objects;  ///< Lists are unpacked; stable addresses
  std::deque<Pod> pods;
  std::deque<Workload> workloads;
  std::vector<TreeProblem> problems;
};

/// True when a mapping has apiVersion and kind (so the file is a manifest).
[[nodiscard]] bool is_manifest(const Tree& tree);

/// Reads every document of `tree` into `out`. Wrong types are skipped, never fatal: a container
/// that is no mapping is a problem, the next is still read. Inheritance (pod → container) and the
/// API server's defaults are applied. `tree` must outlive `out`.
void read(const Tree& tree, Manifests& out);

/// Pod Security Standards: how far a pod is from each profile.
/// Source: kubernetes.io/docs/concepts/security/pod-security-standards (v1.36).
enum class SecurityProfile : std::uint8_t { kPrivileged, kBaseline, kRestricted };
struct SecurityGap {
  SecurityProfile blocks;  ///< the profile that this keeps the pod from
  std::string field;       ///< "spec.containers[web].securityContext.capabilities.drop"
  std::string want;        ///< "must be [ALL]"
  Place place;
};
struct SecurityVerdict {
  SecurityProfile profile = SecurityProfile::kRestricted;  ///< the strictest that it meets
  /// False when a field that decides holds a template or the wrong type: nothing is said against
  /// that field, so `profile` is the best that may be true.
  bool known = true;
  std::vector<SecurityGap> gaps;
};
[[nodiscard]] SecurityVerdict judge_pod_security(const Pod& pod);
[[nodiscard]] std::string_view to_string(SecurityProfile profile);

}  // namespace plimsoll::kubernetes
