#include "workload/end_of_life_table.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/bug.h"
#include "embedded/end_of_life.h"

namespace plimsoll {
namespace {

constexpr std::string_view kHeader = "product\ttitle\tcycle\tcodename\teol\textended";
constexpr std::size_t kColumns = 6;
constexpr std::size_t kCodenames = 80;  // about; saves a few reallocations

std::optional<Date> date_of(std::string_view cell) {
  if (cell.empty() || cell == "-") return std::nullopt;
  const auto date = parse_date(cell);
  if (!date) PL_BUG("end-of-life.tsv: not a date");
  return date;
}

EndOfLifeTable::Row row_of(std::string_view line) {
  const auto cells = ascii::split(line, '\t');
  if (cells.size() != kColumns) PL_BUG("end-of-life.tsv: a row with too few or too many cells");
  EndOfLifeTable::Row row;
  row.cycle.product = cells[0];
  row.cycle.title = cells[1];
  row.cycle.cycle = cells[2];
  row.codename = cells[3];
  row.cycle.date = date_of(cells[4]);
  row.cycle.extended = date_of(cells[5]);
  return row;
}

/// Whether `cycle` is `version` or its first components.
bool belongs_to(std::string_view version, std::string_view cycle) {
  return version.starts_with(cycle) &&
         (version.size() == cycle.size() || version[cycle.size()] == '.');
}

}  // namespace

EndOfLifeTable::EndOfLifeTable(std::string_view text) {
  rows_.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with('#') || line == kHeader) continue;
    rows_.push_back(row_of(line));
  }
  const auto by_product = [](const Row& a, const Row& b) {
    return a.cycle.product < b.cycle.product;
  };
  if (!std::is_sorted(rows_.begin(), rows_.end(), by_product)) {
    PL_BUG("end-of-life.tsv: not sorted by product");
  }
  by_codename_.reserve(kCodenames);
  for (const Row& row : rows_) {
    if (!row.codename.empty()) by_codename_.push_back(&row);
  }
  std::sort(by_codename_.begin(), by_codename_.end(),
            [](const Row* a, const Row* b) { return a->codename < b->codename; });
}

const EndOfLifeTable& EndOfLifeTable::builtin() {
  static const EndOfLifeTable table(embedded::end_of_life);
  return table;
}

const EndOfLife* EndOfLifeTable::find(std::string_view product, std::string_view version) const {
  auto row = std::lower_bound(
      rows_.begin(), rows_.end(), product,
      [](const Row& a, std::string_view wanted) { return a.cycle.product < wanted; });
  const EndOfLife* best = nullptr;
  for (; row != rows_.end() && row->cycle.product == product; ++row) {
    if (!belongs_to(version, row->cycle.cycle)) continue;
    if (best == nullptr || row->cycle.cycle.size() > best->cycle.size()) best = &row->cycle;
  }
  return best;
}

const EndOfLife* EndOfLifeTable::find_codename(std::string_view codename) const {
  const auto row =
      std::lower_bound(by_codename_.begin(), by_codename_.end(), codename,
                       [](const Row* a, std::string_view wanted) { return a->codename < wanted; });
  return row != by_codename_.end() && (*row)->codename == codename ? &(*row)->cycle : nullptr;
}

}  // namespace plimsoll
