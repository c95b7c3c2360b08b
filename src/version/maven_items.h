#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace plimsoll::version {

/// One item of Maven's ComparableVersion.
struct MavenItem {
  enum class Kind : std::uint8_t {
    kNumber,       ///< "10"
    kWord,         ///< "rc"
    kCombination,  ///< "rc-1" or "rc1"
  };

  Kind kind = Kind::kNumber;
  bool opens = false;  ///< a list inside the list before it
  std::string_view word;
  std::string_view digits;
};

/// The normalised items of a version. Maven's is a tree of lists; since a list inside another is
/// always its last item, they are kept in a row here, with a mark where each opens.
class MavenItems {
 public:
  explicit MavenItems(std::string_view version);

  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] const MavenItem& operator[](std::size_t index) const {
    return data()[begin_ + index];
  }

 private:
  void add(std::string_view text, bool is_combination, bool is_digits);
  void open_list();
  void normalise();
  [[nodiscard]] MavenItem* data() { return many_.empty() ? few_.data() : many_.data(); }
  [[nodiscard]] const MavenItem* data() const { return many_.empty() ? few_.data() : many_.data(); }

  static constexpr std::size_t kFew = 24;  // of nearly every version
  std::array<MavenItem, kFew> few_;
  std::vector<MavenItem> many_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool list_is_empty_ = true;
  bool opens_ = false;
};

[[nodiscard]] std::weak_ordering compare_maven(const MavenItems& a, const MavenItems& b);

}  // namespace plimsoll::version
