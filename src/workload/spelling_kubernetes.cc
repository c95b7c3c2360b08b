#include <algorithm>
#include <string_view>

#include "core/ascii.h"
#include "workload/kubernetes.h"
#include "workload/spelling_form.h"

namespace plimsoll::spelling {
namespace {

using yaml::NewNode;
using yaml::Path;

/// "512m" of Docker is 512Mi; "m" of Kubernetes would be a thousandth of a byte.
std::string memory(std::string_view docker) {
  if (docker.empty() || !ascii::is_alpha(docker.back())) return std::string(docker);
  std::string_view number = docker;
  if (number.ends_with('b') || number.ends_with('B')) number.remove_suffix(1);
  if (number.empty() || ascii::is_digit(number.back())) return std::string(number);
  if (number.ends_with('i')) return std::string(docker);
  const std::string unit = ascii::upper(number.substr(number.size() - 1));
  number.remove_suffix(1);
  if (unit == "K") return std::string(number) + "Ki";
  return std::string(number) + unit + 'i';
}

class KubernetesSpelling final : public FormSpelling {
 public:
  Edits set(const Workload& workload, Attribute attribute,
            const std::string& value) const override {
    switch (attribute) {
      case Attribute::kUser: return user(workload, value);
      case Attribute::kRunAsNonRoot:
        return context(workload, {"runAsNonRoot"}, NewNode::literal(value));
      case Attribute::kNoNewPrivileges:
        return context(workload, {"allowPrivilegeEscalation"},
                       NewNode::literal(value == "true" ? "false" : "true"));
      case Attribute::kReadOnly:
        return context(workload, {"readOnlyRootFilesystem"}, NewNode::literal(value));
      case Attribute::kSeccomp: return seccomp(workload, value);
      case Attribute::kMemoryLimit: return resource(workload, "limits", "memory", memory(value));
      case Attribute::kMemoryRequest:
        return resource(workload, "requests", "memory", memory(value));
      case Attribute::kCpuLimit: return resource(workload, "limits", "cpu", value);
      case Attribute::kCpuRequest: return resource(workload, "requests", "cpu", value);
      case Attribute::kServiceAccountToken:
        if (workload.pod == nullptr || workload.pod->spec == nullptr) break;
        return yaml::put(*workload.file, *workload.pod->spec, {"automountServiceAccountToken"},
                         NewNode::literal(value));
      case Attribute::kPullPolicy: return put(workload, {"imagePullPolicy"}, NewNode::of(value));
      case Attribute::kLivenessProbe: return probe(workload, "livenessProbe", value, "30", "20");
      case Attribute::kReadinessProbe: return probe(workload, "readinessProbe", value, "5", "10");
      case Attribute::kPidsLimit:
      case Attribute::kRestart:
      case Attribute::kInit:
      case Attribute::kHealthcheck: break;
    }
    return refuse("Kubernetes has no such setting");
  }

  Edits add_capability(const Workload& workload, const std::string& name) const override {
    return append(workload, {"securityContext", "capabilities", "add"}, NewNode::of(name));
  }
  Edits drop_capability(const Workload& workload, const std::string& name) const override {
    return append(workload, {"securityContext", "capabilities", "drop"}, NewNode::of(name));
  }

  Edits add_scratch(const Workload& workload, const Scratch& scratch) const override {
    if (workload.pod == nullptr || workload.pod->spec == nullptr) return refuse("it has no pod");
    std::string name = "scratch";
    for (const char c : scratch.path) {
      name += ascii::is_alnum(c) ? std::string(ascii::lower(std::string_view(&c, 1))) : "-";
    }
    while (name.ends_with('-')) name.pop_back();
    if (name.size() > 63) return refuse("its path is too long for a volume's name");
    Edits edits = append(
        workload, {"volumeMounts"},
        NewNode::mapping({{"name", NewNode::of(name)}, {"mountPath", NewNode::of(scratch.path)}}));
    const Node* volumes = workload.pod->spec->find("volumes");
    const bool there =
        volumes != nullptr && volumes->is_sequence() &&
        std::any_of(volumes->items.begin(), volumes->items.end(), [&name](const Node* volume) {
          const Node* own = volume->find("name");
          return own != nullptr && own->str() == name;
        });
    if (there) return edits;
    const NewNode size = NewNode::mapping({{"sizeLimit", NewNode::of(memory(scratch.size))}});
    return both(std::move(edits),
                yaml::append(*workload.file, *workload.pod->spec, {"volumes"},
                             NewNode::mapping({{"name", NewNode::of(name)}, {"emptyDir", size}})));
  }

  Edits bound_log(const Workload& workload, const std::string&, const std::string&) const override {
    return refuse("the kubelet bounds the log of '" + workload.name + "'");
  }

  Edits take_out(const Workload& workload, Place place) const override {
    for (const Node* root :
         {workload.node, workload.pod == nullptr ? nullptr : workload.pod->spec}) {
      if (root == nullptr || !root->span.contains(place.span)) continue;
      if (workload.file->slice(place.span) == "true") {
        return std::vector<Edit>{{place.span, "false"}};
      }
      return take_out_of_tree(*workload.file, *root, place.span);
    }
    return refuse("it is written elsewhere");
  }

  Edits publish_on(const Workload& workload, const Port& port,
                   const std::string& /*address*/) const override {
    return refuse("port " + port.container_port + " of '" + workload.name + "' is the node's");
  }

 private:
  static Edits probe(const Workload& workload, const char* kind, const std::string& port,
                     const char* delay, const char* period) {
    const NewNode socket = NewNode::mapping({{"port", NewNode::literal(port)}});
    return put(workload, {kind},
               NewNode::mapping({{"tcpSocket", socket},
                                 {"initialDelaySeconds", NewNode::literal(delay)},
                                 {"periodSeconds", NewNode::literal(period)}}));
  }
  static Edits put(const Workload& workload, const Path& path, const NewNode& value) {
    if (workload.node == nullptr) return refuse("it has no mapping");
    return yaml::put(*workload.file, *workload.node, path, value);
  }
  static Edits append(const Workload& workload, const Path& path, const NewNode& item) {
    if (workload.node == nullptr) return refuse("it has no mapping");
    return yaml::append(*workload.file, *workload.node, path, item);
  }
  static Edits context(const Workload& workload, const Path& path, const NewNode& value) {
    Path full{"securityContext"};
    full.insert(full.end(), path.begin(), path.end());
    return put(workload, full, value);
  }
  static Edits resource(const Workload& workload, const char* kind, const char* name,
                        const std::string& value) {
    return put(workload, {"resources", kind, name}, NewNode::of(value));
  }
  /// For the whole pod: a container's own profile stays its own.
  static Edits seccomp(const Workload& workload, const std::string& value) {
    if (workload.pod == nullptr || workload.pod->spec == nullptr) return refuse("it has no pod");
    return yaml::put(*workload.file, *workload.pod->spec,
                     {"securityContext", "seccompProfile", "type"}, NewNode::of(value));
  }
  static Edits user(const Workload& workload, const std::string& value) {
    const std::size_t colon = value.find(':');
    const std::string uid = value.substr(0, colon);
    if (!ascii::is_number(uid)) return refuse("Kubernetes wants a number for the user");
    Edits edits = context(workload, {"runAsUser"}, NewNode::literal(uid));
    if (colon == std::string::npos) return edits;
    return both(std::move(edits),
                context(workload, {"runAsGroup"}, NewNode::literal(value.substr(colon + 1))));
  }
};

}  // namespace

const FormSpelling& kubernetes_spelling() {
  static const KubernetesSpelling spelling;
  return spelling;
}

}  // namespace plimsoll::spelling
