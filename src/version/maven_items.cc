#include "version/maven_items.h"

#include "version/text_order.h"

namespace plimsoll::version {
namespace {

using Kind = MavenItem::Kind;

/// Of what is empty: neither before nor after.
constexpr int kRelease = 5;
constexpr int kUnknown = 7;

struct Word {
  std::string_view text;
  int rank;
};

constexpr std::array<Word, 10> kWords{{{"alpha", 0},
                                       {"beta", 1},
                                       {"milestone", 2},
                                       {"rc", 3},
                                       {"cr", 3},
                                       {"snapshot", 4},
                                       {"ga", kRelease},
                                       {"final", kRelease},
                                       {"release", kRelease},
                                       {"sp", 6}}};

int rank_of(const MavenItem& item) {
  if (item.kind == Kind::kCombination && item.word.size() == 1) {
    switch (ascii::to_lower(item.word.front())) {
      case 'a': return 0;
      case 'b': return 1;
      case 'm': return 2;
      default: break;
    }
  }
  for (const Word& word : kWords) {
    if (ascii::iequals(word.text, item.word)) return word.rank;
  }
  return item.word.empty() ? kRelease : kUnknown;
}

std::weak_ordering compare_words(const MavenItem& a, const MavenItem& b) {
  const int left = rank_of(a);
  const int right = rank_of(b);
  if (left != right || left != kUnknown) return left <=> right;
  return compare_caseless(a.word, b.word);
}

/// With an item that is not there.
std::weak_ordering compare_to_none(const MavenItem& item) {
  if (item.kind != Kind::kNumber) {
    const auto order = rank_of(item) <=> kRelease;
    if (order != 0 || item.kind == Kind::kWord) return order;
  }
  return !is_zero(item.digits) <=> false;
}

std::weak_ordering compare_to_none(const MavenItems& items, std::size_t from) {
  for (std::size_t i = from; i < items.size(); ++i) {
    if (const auto order = compare_to_none(items[i]); order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

std::weak_ordering compare_items(const MavenItem& a, const MavenItem& b) {
  const bool left_number = a.kind == Kind::kNumber;
  const bool right_number = b.kind == Kind::kNumber;
  if (left_number != right_number) return left_number <=> right_number;
  if (left_number) return compare_numbers(a.digits, b.digits);
  if (const auto order = compare_words(a, b); order != 0) return order;
  // rc is before rc1, but ga is ga0.
  if (a.kind != b.kind && rank_of(a) != kRelease) {
    return (a.kind == Kind::kCombination) <=> (b.kind == Kind::kCombination);
  }
  return compare_numbers(a.digits, b.digits);
}

/// A list that opens at `from` and one item: as a list of that one.
std::weak_ordering compare_list_to_item(const MavenItems& list, std::size_t from,
                                        const MavenItem& item) {
  if (item.kind == Kind::kNumber) return std::weak_ordering::less;
  if (const auto order = compare_items(list[from], item); order != 0) return order;
  return compare_to_none(list, from + 1);
}

bool is_number_zero(const MavenItem& item) {
  return item.kind == Kind::kNumber && is_zero(item.digits);
}

}  // namespace

void MavenItems::open_list() {
  opens_ = true;
  list_is_empty_ = true;
}

void MavenItems::add(std::string_view text, bool is_combination, bool is_digits) {
  MavenItem item;
  item.opens = opens_;
  if (is_combination) {
    item.kind = Kind::kCombination;
    item.word = take_while(text, [](char c) { return !ascii::is_digit(c); });
    if (item.word.ends_with('-')) item.word.remove_suffix(1);
    item.digits = text;
  } else if (is_digits) {
    item.digits = text;
  } else {
    item.kind = Kind::kWord;
    item.word = text;
  }
  opens_ = false;
  list_is_empty_ = false;
  if (end_ == kFew && many_.empty()) many_.assign(few_.begin(), few_.end());
  if (many_.empty()) {
    few_[end_] = item;
  } else {
    many_.push_back(item);
  }
  ++end_;
}

MavenItems::MavenItems(std::string_view version) {
  bool is_digits = false;
  bool is_combination = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i < version.size(); ++i) {
    const char c = version[i];
    if (c == '.' || c == '-') {
      const bool touches_number = c == '-' && i > start && !is_digits && i + 1 < version.size() &&
                                  ascii::is_digit(version[i + 1]);
      if (touches_number) {
        is_combination = true;  // rc-1 is rc1
        continue;
      }
      if (i == start) {
        add("0", false, true);
      } else {
        add(version.substr(start, i - start), is_combination, is_digits);
      }
      is_combination = false;
      start = i + 1;
      if (c == '-') open_list();
    } else if (ascii::is_digit(c)) {
      if (!is_digits && i > start) {
        is_combination = true;
        if (!list_is_empty_) open_list();
      }
      is_digits = true;
    } else {
      if (is_digits && i > start) {
        add(version.substr(start, i - start), is_combination, true);
        start = i;
        open_list();
        is_combination = false;
      }
      is_digits = false;
    }
  }
  if (version.size() > start) {
    if (!is_digits && !list_is_empty_) open_list();
    add(version.substr(start), is_combination, is_digits);
  }
  normalise();
}

/// Zeros before a word and at an end go, from the innermost list outwards; a list of which only the
/// list inside is left is that list.
void MavenItems::normalise() {
  MavenItem* items = data();
  std::size_t kept = end_;
  std::size_t list_end = end_;  ///< where what is kept of the current list ends
  for (std::size_t i = end_; i-- > 0;) {
    const MavenItem item = items[i];
    const bool is_last = kept == end_;
    // The next one, be it in this list or the first of the list inside.
    const bool before_word = !is_last && items[kept].kind != Kind::kNumber &&
                             (items[kept].opens || items[kept].kind == Kind::kWord);
    if (!is_number_zero(item) || (!is_last && !before_word)) {
      items[--kept] = item;
      items[kept].opens = false;
    }
    if (!item.opens && i > 0) continue;
    // The list begins here; when nothing of it is left, the one inside takes its place.
    if (kept < list_end) items[kept].opens = true;
    list_end = kept;
  }
  begin_ = kept;
}

std::weak_ordering compare_maven(const MavenItems& a, const MavenItems& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  bool at_start = true;  // of a list, in both
  while (i < a.size() || j < b.size()) {
    if (i == a.size()) return reversed(compare_to_none(b, j));
    if (j == b.size()) return compare_to_none(a, i);
    const bool left_list = !at_start && a[i].opens;
    const bool right_list = !at_start && b[j].opens;
    at_start = left_list && right_list;
    if (at_start) continue;
    if (left_list) {
      const auto order = compare_list_to_item(a, i, b[j]);
      return order != 0 ? order : reversed(compare_to_none(b, j + 1));
    }
    if (right_list) {
      const auto order = reversed(compare_list_to_item(b, j, a[i]));
      return order != 0 ? order : compare_to_none(a, i + 1);
    }
    if (const auto order = compare_items(a[i], b[j]); order != 0) return order;
    ++i;
    ++j;
  }
  return std::weak_ordering::equivalent;
}

}  // namespace plimsoll::version
