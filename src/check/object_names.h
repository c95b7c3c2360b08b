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

  /// `from` refers to an object that is nowhere, although others of that kind stand in the same
  /// folder and namespace, so that it should be there too.
  [[nodiscard]] bool lack(std::string_view kind, std::string_view name,
                          const kubernetes::Object& from) const;

 private:
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  [[nodiscard]] static bool find(const std::set<Key>& keys, std::string_view kind,
                                 std::string_view name, std::string_view ns);

  std::set<Key> names_;                   ///< kind, name, namespace
  std::set<Key> folders_;                 ///< kind, folder, namespace
  std::set<std::string_view> templates_;  ///< kinds of which one has a name that a tool fills in
};

}  // namespace plimsoll::check
