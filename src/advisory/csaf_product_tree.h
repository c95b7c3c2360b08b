#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "advisory/json_reading.h"
#include "advisory/rpm_name.h"

namespace plimsoll::advisory {

/// A package as a part of a distribution.
struct CsafPackage {
  std::string ecosystem;
  RpmName rpm;
};

/// The products of a CSAF document: what its ids mean. The document must outlive it.
/// Source: https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html#322-product-tree-property
class CsafProductTree {
 public:
  explicit CsafProductTree(const json::Value& document);

  /// Nothing for what is no RPM of a distribution: containers, modules as a whole, language
  /// packages, and distributions alone.
  [[nodiscard]] std::optional<CsafPackage> package(std::string_view product_id) const;

 private:
  struct Product {
    std::string_view name;
    std::string_view cpe;
    std::string_view purl;
  };
  struct Part {
    std::string_view component;
    std::string_view whole;
  };

  void take_branches(const json::Value& tree);
  void take_product(const json::Value& product);

  // Maps, not hashes: whoever writes the document chooses the keys.
  std::map<std::string_view, Product> products_;
  std::map<std::string_view, Part> parts_;
};

}  // namespace plimsoll::advisory
