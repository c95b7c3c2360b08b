#include "check/less_of_host.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "check/pulled_image.h"
#include "check/remedy.h"
#include "core/ascii.h"
#include "parse/yaml_edit.h"
#include "workload/kubernetes.h"

namespace plimsoll::check {
namespace {

using Reason = tl::unexpected<std::string>;
using yaml::NewNode;

/// Index of the item that holds `place`; the list's size when there is none.
std::size_t item_at(const Node& list, Span place) {
  const auto next =
      std::partition_point(list.items.begin(), list.items.end(),
                           [place](const Node* item) { return item->span.begin <= place.begin; });
  if (next == list.items.begin() || !(*(next - 1))->span.contains(place)) return list.items.size();
  return static_cast<std::size_t>(next - list.items.begin()) - 1;
}

yaml::Edits without_volume(const Workload& workload, const HostPath& path) {
  const Node* spec = workload.pod == nullptr ? nullptr : workload.pod->spec;
  const Node* volumes = spec == nullptr ? nullptr : spec->find("volumes");
  if (volumes == nullptr || path.place.file != workload.file)
    return Reason("it is written elsewhere");
  const std::size_t index = item_at(*volumes, path.place.span);
  if (index == volumes->items.size()) return Reason("it is written elsewhere");
  return yaml::remove_item(*workload.file, *spec, "volumes", index);
}

/// "/a:/b" or "/a:/b:z", as Compose writes a mount in short.
yaml::Edits read_only_text(const SourceFile& file, const Node& scalar) {
  std::string text(scalar.str());
  if (text.find_first_of("$\\") != text.npos) return Reason("a variable stands in it");
  const std::size_t target = text.find(':');
  if (target == text.npos) return Reason("it is written in an uncommon way");
  const std::size_t options = text.find(':', target + 1);
  if (options == text.npos) return yaml::replace(file, scalar, NewNode::of(text + ":ro"));
  const std::size_t writable = text.find("rw", options);
  const bool is_option =
      writable != text.npos && (writable + 2 == text.size() || text[writable + 2] == ',');
  if (is_option) {
    text.replace(writable, 2, "ro");
  } else {
    text += ",ro";
  }
  return yaml::replace(file, scalar, NewNode::of(text));
}

yaml::Edits read_only(const Workload& workload, const HostPath& path) {
  const bool is_pod = workload.is_kubernetes();
  if (workload.node == nullptr || (!is_pod && workload.form != Form::kCompose)) {
    return Reason("only Compose files and manifests can be told so");
  }
  const Node* mounts = workload.node->find(is_pod ? "volumeMounts" : "volumes");
  if (mounts == nullptr || mounts->shared || path.place.file != workload.file) {
    return Reason("it is written elsewhere");
  }
  const std::size_t index = item_at(*mounts, path.place.span);
  if (index == mounts->items.size()) return Reason("it is written elsewhere");
  const Node& mount = *mounts->items[index];
  if (mount.is_scalar()) return read_only_text(*workload.file, mount);
  return yaml::put(*workload.file, mount, {is_pod ? "readOnly" : "read_only"},
                   NewNode::literal("true"));
}

}  // namespace

void take_out_unmounted(Finding& finding, const Workload& workload, const HostPath& path) {
  remedy(finding, "take the volume out", without_volume(workload, path), FixSafety::kSafe);
}

void mount_read_only(Finding& finding, const Workload& workload, const HostPath& path) {
  remedy(finding, "mount it read-only", read_only(workload, path), FixSafety::kUnsafe);
}

bool works_on_host(const Workload& workload) {
  constexpr std::string_view kImages[] = {"alloy",
                                          "beyla",
                                          "cadvisor",
                                          "calico",
                                          "cilium",
                                          "cni",
                                          "csi-driver",
                                          "datadog-agent",
                                          "falco",
                                          "falco-driver-loader",
                                          "filebeat",
                                          "flannel",
                                          "fluent-bit",
                                          "fluentd",
                                          "glances",
                                          "ig",
                                          "infrastructure",
                                          "inspektor-gadget",
                                          "kube-bench",
                                          "kube-proxy",
                                          "kube-router",
                                          "kured",
                                          "longhorn-manager",
                                          "netdata",
                                          "node",
                                          "node-exporter",
                                          "node-problem-detector",
                                          "promtail",
                                          "scope",
                                          "tetragon",
                                          "trivy-node-collector",
                                          "vector"};
  const std::string_view name = image_base_name(workload);
  // The language's image is called so as well.
  if (name == "node") return ascii::contains(workload.image.value, "calico/node");
  return std::find(std::begin(kImages), std::end(kImages), name) != std::end(kImages);
}

}  // namespace plimsoll::check
