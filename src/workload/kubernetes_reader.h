#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/result.h"
#include "parse/node.h"
#include "workload/kubernetes.h"
#include "workload/workload.h"

/// What the files kubernetes_*.cc share to read nodes; private to them.
namespace plimsoll::kubernetes {

/// The entry of a key whose value is there. Null counts as absent, as for the API server.
[[nodiscard]] const Node::Entry* present(const Node* mapping, std::string_view key);
/// Its value; null when absent. Of any kind: readers treat the wrong one as unknown.
[[nodiscard]] const Node* child(const Node* mapping, std::string_view key);
/// The elements when it is a sequence, else nothing.
[[nodiscard]] std::span<const Node* const> elements(const Node* mapping, std::string_view key);

/// True when a tool fills `text` in before Kubernetes sees it: {{ helm }}, ${envsubst},
/// $(kustomize).
[[nodiscard]] bool is_template(std::string_view text);
/// Nullopt: of the wrong type, or a template.
[[nodiscard]] std::optional<bool> bool_of(const Node& node);
[[nodiscard]] std::optional<std::int64_t> integer_of(const Node& node);
[[nodiscard]] std::optional<std::string_view> text_of(const Node& node);

/// The value's bytes when it has some, else the key's.
[[nodiscard]] Place place_of(const SourceFile& file, const Node::Entry& entry);

/// Reads the values of one file and accounts for the memory that they take.
class Reader {
 public:
  Reader(const SourceFile& file, Manifests& out) : file_(&file), out_(&out) {}

  [[nodiscard]] const SourceFile& file() const { return *file_; }
  [[nodiscard]] Manifests& out() const { return *out_; }
  [[nodiscard]] Place place(const Node& node) const { return {file_, node.span}; }
  [[nodiscard]] Place place(const Node::Entry& entry) const { return place_of(*file_, entry); }

  /// Takes `bytes` of limits::kManifestModelBytes. False when they are used up: what is being read
  /// is then incomplete and must be dropped.
  bool charge(std::size_t bytes);
  /// One more container of limits::kManifestContainers. False like charge().
  bool admit_container();
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  /// "" once exhausted.
  [[nodiscard]] std::string copy(std::string_view text);

  void problem(ErrorCode code, Span span, std::string message);

  [[nodiscard]] Value<bool> boolean(const Node* mapping, std::string_view key) const;
  [[nodiscard]] Value<std::optional<bool>> tristate(const Node* mapping,
                                                    std::string_view key) const;
  [[nodiscard]] Value<std::int64_t> integer(const Node* mapping, std::string_view key) const;
  [[nodiscard]] Value<std::string> text(const Node* mapping, std::string_view key);
  /// A list of scalars; kUnknown when it is no list or an element is no known scalar.
  [[nodiscard]] Items texts(const Node* mapping, std::string_view key);
  void add(Items& items, std::string value, Place place);

  /// The container's own setting, or else its pod's.
  template <class T>
  [[nodiscard]] Value<T> inherit(Value<T> own, const Value<T>& from_pod) {
    if (own.origin != Origin::kDefault) return own;
    if constexpr (std::is_same_v<T, std::string>) {
      if (!charge(from_pod.value.size())) return own;
    }
    Value<T> inherited = from_pod;
    if (inherited.origin == Origin::kSet) inherited.origin = Origin::kInherited;
    return inherited;
  }
  [[nodiscard]] Items inherit(const Items& from_pod);

 private:
  template <class T, class Convert>
  [[nodiscard]] Value<T> read(const Node* mapping, std::string_view key, Convert convert) const;

  const SourceFile* file_;
  Manifests* out_;
  std::size_t used_ = 0;
  std::size_t containers_ = 0;
  bool exhausted_ = false;
};

/// A volume of a pod, before a container mounts it.
struct Volume {
  Mount::Type type = Mount::Type::kVolume;
  std::string source;
  std::string options;
  bool read_only = false;
  bool known = true;
};

/// What a pod's containers share, read once for all of them.
struct PodSettings {
  Value<std::int64_t> run_as_user;
  Value<std::int64_t> run_as_group;
  Value<std::optional<bool>> run_as_non_root;
  Value<std::string> windows_user;
  Items group_add;
  Value<std::string> seccomp;  ///< of the field
  Value<std::string> seccomp_annotation;
  Value<std::string> apparmor;
  Value<std::string> selinux;
  Items sysctls;
  Value<std::string> network_mode;
  Value<std::string> pid_mode;
  Value<std::string> ipc_mode;
  Value<std::string> userns_mode;
  Value<std::string> restart;
  Items extra_hosts;
  Resources resources;
  std::unordered_map<std::string_view, Volume> volumes;
  /// Security profiles of containers, by key.
  std::unordered_map<std::string_view, const Node::Entry*> annotations;
  bool one_shot = false;
};

/// Where the mapping that holds a pod's `metadata` and `spec` is in its object: {} for a Pod,
/// {"spec", "template"} for a Deployment.
using PodOwner = std::span<const std::string_view>;
/// Null when `object` carries no pod.
[[nodiscard]] const Node* pod_template(const Object& object);
/// "spec.template." for a Deployment's pod, "" for a Pod: what its fields' paths start with.
[[nodiscard]] std::string pod_field_prefix(const Pod& pod);

void read_pod(Reader& reader, const Object& object, const Node& owner);
/// One element of a pod's lists of containers.
struct ContainerEntry {
  const Node* node = nullptr;
  std::string_view list;  ///< "containers", "initContainers" or "ephemeralContainers"
  std::string name;
  std::string unique_name;  ///< what its id ends with
};
/// Puts the container into `reader.out()`, or nothing, when the limit trips: then null.
const Workload* read_container(Reader& reader, const Pod& pod, const PodSettings& settings,
                               ContainerEntry entry);

void read_pod_security(Reader& reader, const Pod& pod, PodSettings& settings);
void read_container_security(Reader& reader, const Node& container, const PodSettings& settings,
                             Workload& workload);
void read_volumes(Reader& reader, const Pod& pod, PodSettings& settings);
void read_mounts(Reader& reader, const Node& container, const PodSettings& settings,
                 Workload& workload);
/// The settings of a `resources:` mapping, of a container or of a whole pod.
[[nodiscard]] Resources read_resources(Reader& reader, const Node* resources);
void read_environment(Reader& reader, const Node& container, Workload& workload);
void read_ports(Reader& reader, const Node& container, Workload& workload);
/// Always, OnFailure, Never → always, on-failure, no.
[[nodiscard]] Value<std::string> read_restart(Reader& reader, const Node* mapping);

}  // namespace plimsoll::kubernetes
