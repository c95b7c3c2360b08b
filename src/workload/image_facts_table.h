#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "workload/image_facts.h"
#include "workload/image_name.h"

namespace plimsoll {

/// The rows of data/image-facts.tsv, found by image. Private to workload/.
class ImageFactsTable {
 public:
  /// `text` is our own data and must outlive the table: a malformed line is a bug, not an error.
  explicit ImageFactsTable(std::string_view text);

  /// The compiled-in table.
  [[nodiscard]] static const ImageFactsTable& builtin();

  /// Every row about the image, most specific tags first; the last one is the `*` row. May be
  /// empty.
  [[nodiscard]] std::span<const ImageFacts> find(const ImageReference& reference) const;
  [[nodiscard]] std::span<const ImageFacts> rows() const { return rows_; }

 private:
  struct Group {
    ImageName name;  // of a prefix row, `repository` is what comes before "/*"
    std::size_t begin;
    std::size_t end;
  };

  void index();
  [[nodiscard]] std::span<const ImageFacts> find_in(const std::vector<Group>& groups,
                                                    ImageName name) const;

  std::vector<ImageFacts> rows_;
  std::vector<Group> exact_;     // sorted by name
  std::vector<Group> prefixes_;  // sorted by name
};

}  // namespace plimsoll
