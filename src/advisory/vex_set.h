#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "advisory/vex.h"
#include "advisory/vex_image.h"

namespace plimsoll::advisory {

/// A vulnerability that was found in a package of an image.
struct VexQuestion {
  std::vector<std::string> vulnerabilities;  ///< the id and its aliases
  std::string purl;                          ///< of the package
  std::vector<std::string> owners;  ///< package URLs of what it is a part of: the main module of
                                    ///< its program, the application that an SBOM is of
};

/// Statements of any number of documents. Finding one is safe from several threads.
class VexSet {
 public:
  /// Of one document, in its order.
  void add(std::vector<VexStatement> statements);

  /// What is said last of this vulnerability in this package; null when nothing is. The newest
  /// timestamp decides, and of equal ones what was added last.
  /// Source: OPENVEX-SPEC.md, "Updating Statements with Inherited Data" and "Product".
  [[nodiscard]] const VexStatement* find(const VexQuestion& question, const VexImage& image) const;

  [[nodiscard]] const std::vector<VexStatement>& statements() const { return statements_; }

 private:
  class Search;
  static constexpr std::uint32_t kWhole = UINT32_MAX;
  struct Entry {
    std::uint32_t statement;
    std::uint32_t product;
    std::uint32_t part;  ///< kWhole: the product itself
  };

  void index(std::uint32_t statement);

  std::vector<VexStatement> statements_;
  std::vector<std::string> instants_;  ///< of the statements; later ones sort after earlier ones
  /// By id and by the key of the package URL that has to cover the package; "" is the key of
  /// images.
  std::unordered_map<std::string, std::vector<Entry>> entries_;
};

/// A text that sorts as RFC 3339 times do, whatever their offsets and fractions; "" for no time.
[[nodiscard]] std::string instant_of(std::string_view timestamp);

}  // namespace plimsoll::advisory
