#include "cli/version_question.h"

#include <algorithm>
#include <string>

namespace plimsoll::cli {
namespace {

using Columns = std::span<const std::string_view>;

bool is_operator(std::string_view text) {
  constexpr std::string_view kOperators[] = {"<", "<=", "=", "==", ">=", ">", "!="};
  return std::find(std::begin(kOperators), std::end(kOperators), text) != std::end(kOperators);
}

std::string_view compare(const version::Order& order, std::string_view a, std::string_view b) {
  const auto found = order.compare(a, b);
  return found < 0 ? "<" : (found > 0 ? ">" : "=");
}

Result<std::string_view> in_or_out(const version::Order& order, std::string_view range,
                                   std::string_view version) {
  // Some put the version first.
  const bool is_swapped =
      !version.empty() && version::is_range(order, version) && order.is_valid(range);
  if (is_swapped) std::swap(range, version);
  const auto found = version::contains(order, range, version);
  if (!found) return tl::unexpected<Error>(found.error());
  return *found ? "in" : "out";
}

/// A range may itself hold tabs.
std::string joined(Columns columns) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) text += '\t';
    text += columns[i];
  }
  return text;
}

Result<std::string_view> answer_of(const version::Order& order, bool is_range, Columns columns) {
  if (columns.size() >= 3 && columns[0] == "in") {
    return in_or_out(order, joined(columns.subspan(1, columns.size() - 2)), columns.back());
  }
  if (columns.size() >= 3 && is_operator(columns[1])) return compare(order, columns[0], columns[2]);
  const bool is_told =
      columns.size() >= 3 && (columns.back() == "true" || columns.back() == "false");
  if (is_told) {
    columns = columns.first(columns.size() - 1);
    is_range = true;
  }
  if (columns.size() < 2) return fail(ErrorCode::kInvalid, "fewer than two versions");
  if (columns.size() == 2 && !is_range && !version::is_range(order, columns[0]) &&
      !version::is_range(order, columns[1])) {
    return compare(order, columns[0], columns[1]);
  }
  const std::string range = joined(columns.first(columns.size() - 1));
  if (columns.size() > 2 && !is_range && !version::is_range(order, range)) {
    return fail(ErrorCode::kInvalid, "more than two versions");
  }
  return in_or_out(order, range, columns.back());
}

}  // namespace

Result<std::string_view> answer(const VersionQuestion& question, Columns columns) {
  if (question.order != nullptr) return answer_of(*question.order, question.is_range, columns);
  if (columns.empty()) return fail(ErrorCode::kInvalid, "no ecosystem");
  const version::Order* order = version::find_order(columns.front());
  if (order == nullptr) {
    return fail(ErrorCode::kInvalid, "no ecosystem is called '" + std::string(columns.front()) +
                                         "' (known: those of OSV, and " + version::order_names() +
                                         ")");
  }
  return answer_of(*order, question.is_range, columns.subspan(1));
}

}  // namespace plimsoll::cli
