#pragma once

#include <set>
#include <string_view>
#include <tuple>

#include "workload/kubernetes.h"

namespace plimsoll::check {

/// False only when both say a namespace and the two differ.
[[nodiscard]] bool may_share_namespace(std::string_view one, std::string_view other);

/// Names of objects by kind, for references from one object to another. A namespace that is not
/// written may be any. Views into the manifests.
class ObjectNames {
 public:
  ObjectNames() = default;
  /// All objects of `manifests`.
  explicit ObjectNames(const kubernetes::Manifests& manifests);

  void add(std::string_view kind, std::string_view name, std::string_view ns);
  [[nodiscard]] bool hold(std::string_view kind, std::string_view name, std::string_view ns) const;
  /// Some object of this kind, under whatever name: the others of its kind may be expected too.
  [[nodiscard]] bool hold_any(std::string_view kind, std::string_view ns) const;
  /// Some object of this kind has a name that a tool fills in, which may be any.
  [[nodiscard]] bool hold_template(std::string_view kind) const;

 private:
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  [[nodiscard]] static bool find(const std::set<Key>& keys, std::string_view kind,
                                 std::string_view name, std::string_view ns);

  std::set<Key> names_;  ///< kind, name, namespace
  std::set<Key> kinds_;  ///< the same without name
  std::set<std::string_view> templates_;
};

/// Says so when `name` is what no object of this kind is called, although others of its kind are at
/// hand (in that namespace), so that it should be too.
[[nodiscard]] bool is_dangling(const ObjectNames& objects, std::string_view kind,
                               std::string_view name, std::string_view ns);

}  // namespace plimsoll::check
