#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "advisory/json_reading.h"
#include "advisory/vex.h"
#include "advisory/vex_reading.h"

namespace plimsoll::advisory {

/// The products of a CSAF document by their ids. Views are into the document.
class CsafProducts {
 public:
  explicit CsafProducts(const json::Value& document);

  [[nodiscard]] bool contains(std::string_view id) const {
    return leaves_.contains(id) || relations_.contains(id);
  }
  /// Something itself, or a part of a platform: "openssl as a component of Red Hat Enterprise Linux
  /// 8" is RHEL with a subcomponent.
  [[nodiscard]] VexProduct find(std::string_view id) const;
  [[nodiscard]] const std::vector<std::string_view>& group(std::string_view id) const;

 private:
  struct Relation {
    std::string_view part;
    std::string_view platform;
  };

  void add_branches(const json::Value& tree);
  void add_leaf(const json::Value& product);
  /// A relation may be about relations; its leaf.
  [[nodiscard]] const VexComponent* leaf(std::string_view id,
                                         std::string_view Relation::*way) const;

  std::unordered_map<std::string_view, VexComponent> leaves_;
  std::unordered_map<std::string_view, Relation> relations_;
  std::unordered_map<std::string_view, std::vector<std::string_view>> groups_;
};

/// The texts of an array as they stand in the document.
[[nodiscard]] std::vector<std::string_view> views(const json::Value& object, std::string_view key);

}  // namespace plimsoll::advisory
