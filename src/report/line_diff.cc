#include "report/line_diff.h"

#include <algorithm>
#include <cstddef>

namespace plimsoll::report {
namespace {

using Kind = DiffLine::Kind;

struct Line {
  std::string_view text;
  bool ends = true;
  friend bool operator==(const Line&, const Line&) = default;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      lines.push_back({text, false});
      break;
    }
    lines.push_back({text.substr(0, end), true});
    text.remove_prefix(end + 1);
  }
  return lines;
}

/// Turns two lists of lines into one of differences.
class Differ {
 public:
  Differ(std::vector<Line> before, std::vector<Line> after)
      : before_(std::move(before)), after_(std::move(after)) {}

  std::vector<DiffLine> run() {
    std::size_t head = 0;
    const std::size_t shorter = std::min(before_.size(), after_.size());
    while (head < shorter && before_[head] == after_[head]) ++head;
    std::size_t tail = 0;
    while (tail < shorter - head &&
           before_[before_.size() - 1 - tail] == after_[after_.size() - 1 - tail]) {
      ++tail;
    }
    for (std::size_t i = 0; i < head; ++i) same();
    middle(before_.size() - head - tail, after_.size() - head - tail);
    for (std::size_t i = 0; i < tail; ++i) same();
    return std::move(lines_);
  }

 private:
  void same() {
    add(Kind::kSame, before_[old_]);
    ++old_;
    ++new_;
  }
  void removed() {
    add(Kind::kRemoved, before_[old_]);
    ++old_;
  }
  void added() {
    add(Kind::kAdded, after_[new_]);
    ++new_;
  }
  void add(Kind kind, const Line& line) {
    lines_.push_back({kind, line.text, static_cast<std::uint32_t>(old_ + 1),
                      static_cast<std::uint32_t>(new_ + 1), line.ends});
  }

  /// `n` old lines become `m` new ones.
  void middle(std::size_t n, std::size_t m) {
    const auto trail = search(static_cast<std::ptrdiff_t>(n), static_cast<std::ptrdiff_t>(m));
    if (trail.empty()) {
      for (std::size_t i = 0; i < n; ++i) removed();
      for (std::size_t i = 0; i < m; ++i) added();
      return;
    }
    for (const Kind kind : trail) {
      if (kind == Kind::kSame) same();
      if (kind == Kind::kRemoved) removed();
      if (kind == Kind::kAdded) added();
    }
  }

  /// The steps from (0, 0) to (n, m); empty when there are none or too many.
  [[nodiscard]] std::vector<Kind> search(std::ptrdiff_t n, std::ptrdiff_t m) const {
    const std::size_t base_old = old_;
    const std::size_t base_new = new_;
    const auto limit = std::min<std::ptrdiff_t>(n + m, static_cast<std::ptrdiff_t>(kMostChanges));
    std::vector<std::vector<std::ptrdiff_t>> history;  // furthest x on each diagonal, per step
    std::vector<std::ptrdiff_t> reach(static_cast<std::size_t>(2 * limit + 3), 0);
    const auto at = [&](std::vector<std::ptrdiff_t>& row, std::ptrdiff_t k) -> std::ptrdiff_t& {
      return row[static_cast<std::size_t>(k + limit + 1)];
    };
    for (std::ptrdiff_t d = 0; d <= limit; ++d) {
      // Only diagonals -d … d can have changed: keep those.
      history.emplace_back(reach.begin() + (limit + 1 - d), reach.begin() + (limit + 2 + d));
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        const bool down = k == -d || (k != d && at(reach, k - 1) < at(reach, k + 1));
        std::ptrdiff_t x = down ? at(reach, k + 1) : at(reach, k - 1) + 1;
        while (x < n && x - k < m && x - k >= 0 &&
               before_[base_old + static_cast<std::size_t>(x)] ==
                   after_[base_new + static_cast<std::size_t>(x - k)]) {
          ++x;
        }
        at(reach, k) = x;
        if (x >= n && x - k >= m) return walk_back(history, n, m);
      }
    }
    return {};
  }

  static std::vector<Kind> walk_back(const std::vector<std::vector<std::ptrdiff_t>>& history,
                                     std::ptrdiff_t x, std::ptrdiff_t y) {
    std::vector<Kind> steps;
    for (auto d = static_cast<std::ptrdiff_t>(history.size()) - 1; d > 0; --d) {
      const auto& row = history[static_cast<std::size_t>(d)];  // of diagonals -d … d, before step d
      const auto at = [&row, d](std::ptrdiff_t k) {
        return k < -d || k > d ? std::ptrdiff_t{-1} : row[static_cast<std::size_t>(k + d)];
      };
      const std::ptrdiff_t k = x - y;
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const std::ptrdiff_t from = down ? k + 1 : k - 1;
      const std::ptrdiff_t from_x = at(from);
      const std::ptrdiff_t from_y = from_x - from;
      while (x > from_x && y > from_y && x > 0 && y > 0 &&
             !(x == from_x + (down ? 0 : 1) && y == from_y + (down ? 1 : 0))) {
        steps.push_back(Kind::kSame);
        --x;
        --y;
      }
      steps.push_back(down ? Kind::kAdded : Kind::kRemoved);
      x = from_x;
      y = from_y;
    }
    for (; x > 0 && y > 0; --x, --y) steps.push_back(Kind::kSame);
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  std::vector<Line> before_;
  std::vector<Line> after_;
  std::vector<DiffLine> lines_;
  std::size_t old_ = 0;
  std::size_t new_ = 0;
};

}  // namespace

std::vector<DiffLine> line_diff(std::string_view before, std::string_view after) {
  return Differ(lines_of(before), lines_of(after)).run();
}

std::vector<Hunk> hunks(const std::vector<DiffLine>& lines, std::size_t context) {
  std::vector<Hunk> found;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == Kind::kSame) continue;
    const std::size_t first = i < context ? 0 : i - context;
    const std::size_t last = std::min(lines.size(), i + 1 + context);
    if (!found.empty() && first <= found.back().last) {
      found.back().last = last;
    } else {
      found.push_back({first, last});
    }
  }
  return found;
}

}  // namespace plimsoll::report
