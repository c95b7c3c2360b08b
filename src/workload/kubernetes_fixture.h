#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "parse/node.h"
#include "workload/kubernetes.h"

/// For tests only: manifests read from text.
namespace plimsoll::kubernetes {

struct Fixture {
  explicit Fixture(std::string text, std::string path = "k8s.yaml")
      : file(std::move(path), std::move(text)),
        tree(file.path().ends_with(".json") ? parse_json(file) : parse_yaml(file)) {
    read(*tree, out);
  }

  /// A Pod "p" with this spec, in flow style.
  static Fixture pod(std::string_view spec) {
    return Fixture("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: " + std::string(spec) +
                   "}\n");
  }
  /// A Pod with one container "c" that has these further keys.
  static Fixture container(std::string_view keys) {
    return pod("{containers: [{name: c, " + std::string(keys) + "}]}");
  }

  [[nodiscard]] const Workload& first() const { return out.workloads.front(); }
  [[nodiscard]] std::string bytes(Place place) const { return std::string(file.slice(place.span)); }

  SourceFile file;
  std::unique_ptr<Tree> tree;
  Manifests out;
};

inline std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::kDefault: return "default";
    case Origin::kSet: return "set";
    case Origin::kInherited: return "inherited";
    case Origin::kUnknown: return "unknown";
  }
  return "";
}

inline std::string spell(const std::string& value) {
  return value;
}
inline std::string spell(bool value) {
  return value ? "true" : "false";
}
inline std::string spell(std::optional<bool> value) {
  return value ? spell(*value) : "none";
}

/// "set 1000:2000", "default", "unknown".
template <class T>
std::string show(const Value<T>& value) {
  std::string text(to_string(value.origin));
  const std::string spelt = spell(value.value);
  if (value.is_known() && !spelt.empty()) text += ' ' + spelt;
  return text;
}

/// "set [A, B]".
inline std::string show(const Items& items) {
  std::string text(to_string(items.origin));
  text += " [";
  for (const Item& item : items.items) {
    if (&item != &items.items.front()) text += ", ";
    text += item.value;
  }
  return text + ']';
}

}  // namespace plimsoll::kubernetes
