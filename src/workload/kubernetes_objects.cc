#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/limits.h"
#include "workload/kubernetes.h"
#include "workload/kubernetes_reader.h"

namespace plimsoll::kubernetes {
namespace {

/// "v1" and "Pod", as written or as the list that holds the object implies.
struct TypeMeta {
  std::string_view api_version;
  std::string_view kind;

  [[nodiscard]] bool complete() const { return !api_version.empty() && !kind.empty(); }
};

TypeMeta type_of(const Node& node, TypeMeta implied = {}) {
  const auto or_implied = [&node](std::string_view key, std::string_view otherwise) {
    const Node* value = child(&node, key);
    return value == nullptr ? otherwise : value->str();
  };
  return {or_implied("apiVersion", implied.api_version), or_implied("kind", implied.kind)};
}

/// The objects that `node` only carries: items of a List, objects of an OpenShift Template.
const Node* carried_objects(const Node& node, std::string_view kind) {
  const Node* list = nullptr;
  if (kind.ends_with("List")) list = child(&node, "items");
  if (kind == "Template") list = child(&node, "objects");
  return list != nullptr && list->is_sequence() ? list : nullptr;
}

/// A PodList's items are Pods even when they do not say so; a List's say it themselves.
TypeMeta implied_by(TypeMeta list) {
  if (list.kind == "List" || list.kind == "Template") return {};
  return {list.api_version,
          list.kind.substr(0, list.kind.size() - std::string_view("List").size())};
}

/// Walks the documents and what their Lists carry, in order, without recursion.
class ObjectCollector {
 public:
  explicit ObjectCollector(Reader& reader) : reader_(reader) {}

  void collect(const Node& root) {
    visit(root, {});
    while (!open_.empty() && !reader_.exhausted()) {
      OpenList& list = open_.back();
      if (list.next == list.node->items.size()) {
        open_.pop_back();
        continue;
      }
      const Node& item = *list.node->items[list.next++];
      if (item.is_mapping()) {
        visit(item, list.implied);
      } else if (reader_.charge(sizeof(TreeProblem))) {
        reader_.problem(ErrorCode::kInvalid, item.span, "an item of a List is no object");
      }
    }
    open_.clear();
  }

 private:
  struct OpenList {
    const Node* node;
    TypeMeta implied;
    std::size_t next;
  };

  void visit(const Node& node, TypeMeta implied) {
    const TypeMeta type = type_of(node, implied);
    if (!node.is_mapping() || !type.complete()) return;
    const Node* carried = carried_objects(node, type.kind);
    if (carried == nullptr) {
      add(node, type);
    } else if (open_.size() == limits::kManifestListDepth) {
      reader_.problem(ErrorCode::kLimit, node.span, "Lists are nested too deeply");
    } else {
      open_.push_back({carried, implied_by(type), 0});
    }
  }

  void add(const Node& node, TypeMeta type) {
    Object object;
    object.file = &reader_.file();
    object.node = &node;
    object.api_version = type.api_version;
    object.kind = type.kind;
    const Node* metadata = child(&node, "metadata");
    object.name = name_of(metadata);
    if (const Node* ns = child(metadata, "namespace")) object.ns = ns->str();
    object.place = place_of_object(node, metadata);
    // The id's text is made later, but accounted for here, before it can grow.
    const std::size_t text = object.kind.size() + 2 * (object.name.size() + object.ns.size());
    if (!reader_.charge(sizeof(Object) + object.file->path().size() + text)) return;
    reader_.out().objects.push_back(std::move(object));
  }

  static std::string_view name_of(const Node* metadata) {
    for (const std::string_view key : {"name", "generateName"}) {
      if (const Node* name = child(metadata, key)) return name->str();
    }
    return {};
  }

  /// An object of a PodList may have neither name nor kind; then its first key names it.
  Place place_of_object(const Node& node, const Node* metadata) const {
    if (const Node::Entry* name = present(metadata, "name")) return reader_.place(*name);
    if (const Node::Entry* kind = present(&node, "kind")) return reader_.place(*kind);
    if (!node.entries.empty()) return reader_.place(*node.entries.front().key);
    return reader_.place(node);
  }

  Reader& reader_;
  std::vector<OpenList> open_;
};

std::string qualified_name(const Object& object, bool with_namespace) {
  std::string name(object.kind);
  name += '/';
  if (with_namespace && !object.ns.empty()) name.append(object.ns) += '/';
  return name.append(object.name);
}

/// Namespaces are spelled only where two objects would otherwise share an id.
void name_objects(Manifests& out, std::size_t first) {
  std::unordered_map<std::string, std::size_t> uses;
  for (std::size_t i = first; i < out.objects.size(); ++i) {
    ++uses[qualified_name(out.objects[i], false)];
  }
  std::unordered_set<std::string> taken;
  std::unordered_map<std::string, std::size_t> copies;
  for (std::size_t i = first; i < out.objects.size(); ++i) {
    Object& object = out.objects[i];
    const bool ambiguous = uses[qualified_name(object, false)] > 1;
    const std::string name = qualified_name(object, ambiguous);
    std::string unique = name;
    while (!taken.insert(unique).second) unique = name + '~' + std::to_string(++copies[name] + 1);
    object.id = object.file->path() + '#' + unique;
  }
}

using namespace std::string_view_literals;

constexpr std::array kWorkloadOwner = {"spec"sv, "template"sv};
constexpr std::array kCronJobOwner = {"spec"sv, "jobTemplate"sv, "spec"sv, "template"sv};
constexpr std::array kPodTemplateOwner = {"template"sv};
constexpr std::array<PodOwner, 4> kOwners = {PodOwner(), PodOwner(kWorkloadOwner),
                                             PodOwner(kCronJobOwner), PodOwner(kPodTemplateOwner)};

struct KnownKind {
  std::string_view kind;
  PodOwner owner;
};

/// Kinds that carry a pod, even one without containers.
constexpr KnownKind kKnownKinds[] = {
    {"Pod", {}},
    {"PodTemplate", kPodTemplateOwner},
    {"Deployment", kWorkloadOwner},
    {"StatefulSet", kWorkloadOwner},
    {"DaemonSet", kWorkloadOwner},
    {"ReplicaSet", kWorkloadOwner},
    {"ReplicationController", kWorkloadOwner},
    {"Job", kWorkloadOwner},
    {"CronJob", kCronJobOwner},
};

const Node* walk(const Node* node, PodOwner path) {
  for (const std::string_view key : path) node = child(node, key);
  return node;
}

bool has_pod_spec(const Node* owner) {
  const Node* spec = child(owner, "spec");
  return spec != nullptr && spec->is_mapping();
}

}  // namespace

const Node* pod_template(const Object& object) {
  for (const KnownKind& known : kKnownKinds) {
    if (known.kind != object.kind) continue;
    const Node* owner = walk(object.node, known.owner);
    if (has_pod_spec(owner)) return owner;
  }
  // Anything else that says where its containers are: Rollout, DeploymentConfig, Knative's Service.
  // Its own `spec.containers` is left out: operators merge those into a pod we do not see.
  for (const PodOwner path : {PodOwner(kWorkloadOwner), PodOwner(kCronJobOwner)}) {
    const Node* owner = walk(object.node, path);
    if (has_pod_spec(owner) && present(child(owner, "spec"), "containers") != nullptr) return owner;
  }
  return nullptr;
}

std::string pod_field_prefix(const Pod& pod) {
  std::string prefix;
  for (const PodOwner path : kOwners) {
    const Node* owner = walk(pod.object->node, path);
    if (owner == nullptr || child(owner, "spec") != pod.spec) continue;
    for (const std::string_view key : path) prefix.append(key) += '.';
    break;
  }
  return prefix;
}

bool is_manifest(const Tree& tree) {
  return std::any_of(tree.documents.begin(), tree.documents.end(), [](const Document& document) {
    return document.root->is_mapping() && type_of(*document.root).complete();
  });
}

void read(const Tree& tree, Manifests& out) {
  Reader reader(*tree.source, out);
  const std::size_t first = out.objects.size();
  ObjectCollector collector(reader);
  for (const Document& document : tree.documents) collector.collect(*document.root);
  name_objects(out, first);
  for (std::size_t i = first; i < out.objects.size() && !reader.exhausted(); ++i) {
    const Object& object = out.objects[i];
    if (const Node* owner = pod_template(object)) read_pod(reader, object, *owner);
  }
  if (reader.exhausted()) {
    reader.problem(ErrorCode::kLimit, tree.documents.back().span,
                   "more than " + std::to_string(limits::kManifestContainers) +
                       " containers, or aliases and inherited settings that expand too far");
  }
}

}  // namespace plimsoll::kubernetes
