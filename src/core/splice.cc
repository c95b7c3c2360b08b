#include "core/splice.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/bug.h"

namespace plimsoll {
namespace {

/// An insertion writes the lines it stands under, then its own text: that many parts.
std::size_t parts_of(const Edit& edit) {
  return edit.under.size() + 1;
}
std::string_view part_of(const Edit& edit, std::size_t index) {
  return index < edit.under.size() ? edit.under[index] : edit.text;
}

/// The first line that holds something: a second insertion of it would be a repeated key.
std::string_view first_line(std::string_view text) {
  const std::size_t begin = text.find_first_not_of("\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_first_of("\r\n", begin) - begin);
}

/// "  key:" of "  key: value"; an item of a list is all there is of it.
std::string_view key_of(std::string_view line) {
  const std::size_t text = line.find_first_not_of(' ');
  if (text != std::string_view::npos && line.substr(text).starts_with("- ")) return line;
  const std::size_t colon = line.find(": ");
  return colon == std::string_view::npos ? line : line.substr(0, colon + 1);
}

/// Two insertions at one place: they may share parents, but not write one key twice.
bool repeats(const Edit& a, const Edit& b) {
  const std::size_t shorter = std::min(parts_of(a), parts_of(b));
  for (std::size_t i = 0; i < shorter; ++i) {
    const std::string_view one = part_of(a, i);
    const std::string_view other = part_of(b, i);
    if (one == other) {
      const bool parents = i + 1 < shorter;
      if (parents) continue;
      if (parts_of(a) == parts_of(b)) return false;
    }
    const std::string_view line = first_line(one);
    return !line.empty() && key_of(line) == key_of(first_line(other));
  }
  return false;
}

/// What continues the line comes before new ones. Of those the deeper belong to what ends there and
/// come first; an item of a list before a key that stands as deep.
bool comes_first(const Edit* a, const Edit* b) {
  const auto rank = [](const Edit* edit) {
    const std::string& text = edit->under.empty() ? edit->text : edit->under.front();
    const std::size_t line = text.find_first_not_of("\r\n");
    if (line == 0) return std::pair(std::string::npos, true);
    if (line == std::string::npos) return std::pair<std::size_t, bool>{};
    const std::size_t begin = text.find_first_not_of(' ', line);
    if (begin == std::string::npos) return std::pair<std::size_t, bool>{};
    return std::pair(begin - line + 1, text[begin] == '-');
  };
  return rank(a) > rank(b);
}

/// Insertions at one place as one text: depth first, each shared parent once, children in the order
/// they came.
// NOLINTNEXTLINE(misc-no-recursion): as deep as Edit::under
std::string merged(const std::vector<const Edit*>& edits, std::size_t depth) {
  std::string text;
  std::vector<bool> done(edits.size());
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (done[i]) continue;
    const Edit& edit = *edits[i];
    if (edit.under.size() == depth) {
      text += edit.text;
      continue;
    }
    std::vector<const Edit*> siblings;
    for (std::size_t k = i; k < edits.size(); ++k) {
      if (edits[k]->under.size() <= depth || edits[k]->under[depth] != edit.under[depth]) continue;
      siblings.push_back(edits[k]);
      done[k] = true;
    }
    text += edit.under[depth];
    text += merged(siblings, depth + 1);
  }
  return text;
}

}  // namespace

bool Splicer::fits(const Edit& edit) const {
  // Those that start at or after it, and the last one before it, which may reach into it.
  const Edit from{{edit.span.begin, edit.span.begin}, {}};
  auto at = taken_.lower_bound(from);
  if (at != taken_.begin()) {
    const Edit& before = *std::prev(at);
    if (before.span.end > edit.span.begin) return false;
  }
  for (; at != taken_.end() && at->span.begin <= edit.span.end; ++at) {
    const bool both_insert = at->span.empty() && edit.span.empty();
    if (both_insert && (at->span != edit.span || !repeats(*at, edit))) continue;
    if (both_insert) return false;
    if (at->span.overlaps(edit.span)) return false;
    // An insertion at the edge of a change is clear; inside it is not.
    if (at->span.empty() && at->span.begin > edit.span.begin && at->span.begin < edit.span.end) {
      return false;
    }
    if (edit.span.empty() && edit.span.begin > at->span.begin && edit.span.begin < at->span.end) {
      return false;
    }
  }
  return true;
}

bool Splicer::holds(const Edit& edit) const {
  const auto [first, last] = taken_.equal_range(edit);
  return std::find(first, last, edit) != last;
}

bool Splicer::take(const std::vector<Edit>& edits) {
  std::vector<std::multiset<Edit, ByPlace>::iterator> added;
  for (const Edit& edit : edits) {
    if (holds(edit)) continue;
    if (!fits(edit)) {
      for (const auto at : added) taken_.erase(at);
      return false;
    }
    added.push_back(taken_.insert(edit));
  }
  return true;
}

std::vector<Edit> Splicer::plain() const {
  std::vector<Edit> plain;
  for (auto at = taken_.begin(); at != taken_.end();) {
    if (!at->span.empty()) {
      plain.push_back(*at++);
      continue;
    }
    const Span place = at->span;
    std::vector<const Edit*> insertions;
    for (; at != taken_.end() && at->span == place; ++at) insertions.push_back(&*at);
    std::stable_sort(insertions.begin(), insertions.end(), comes_first);
    plain.push_back({place, merged(insertions, 0)});
  }
  return plain;
}

std::optional<std::vector<Edit>> plain_edits(const std::vector<Edit>& edits) {
  Splicer splicer;
  if (!splicer.take(edits)) return std::nullopt;
  return splicer.plain();
}

std::string splice(std::string_view text, const std::vector<Edit>& plain) {
  std::string result;
  std::size_t at = 0;
  for (const Edit& edit : plain) {
    if (edit.span.begin < at || edit.span.end > text.size()) PL_BUG("edits that overlap");
    result += text.substr(at, edit.span.begin - at);
    result += edit.text;
    at = edit.span.end;
  }
  result += text.substr(at);
  return result;
}

}  // namespace plimsoll
