#include "version/order.h"

#include <algorithm>
#include <optional>

#include "core/ascii.h"
#include "version/comparator_list.h"
#include "version/text_order.h"

namespace plimsoll::version {
namespace {

bool is_of(const Order& order, std::string_view ecosystem) {
  if (ascii::iequals(order.name, ecosystem)) return true;
  for (std::string_view rest = order.ecosystems; !rest.empty();) {
    if (ascii::iequals(ascii::trim(take_until(rest, ',')), ecosystem)) return true;
  }
  return false;
}

const Order* find_exactly(std::string_view name) {
  const auto& orders = all_orders();
  const auto found = std::find_if(orders.begin(), orders.end(),
                                  [name](const Order* order) { return is_of(*order, name); });
  return found == orders.end() ? nullptr : *found;
}

bool is_rebuilder(std::string_view ecosystem) {
  for (const std::string_view name : {"Root", "Echo", "CleanStart", "Docker Hardened Images"}) {
    if (ascii::iequals(ecosystem, name)) return true;
  }
  return false;
}

}  // namespace

const Order* find_order(std::string_view name) {
  name = ascii::trim(name);
  if (name.empty()) return nullptr;
  if (const Order* order = find_exactly(name)) return order;
  std::string_view rest = name;
  const std::string_view ecosystem = take_until(rest, ':');
  // Those who rebuild others' packages name them second: "Root:Alpine:3.18".
  if (is_rebuilder(ecosystem)) {
    if (const Order* order = find_exactly(take_until(rest, ':'))) return order;
  }
  return find_exactly(ecosystem);
}

Result<bool> contains(const Order& order, std::string_view range, std::string_view version) {
  if (order.contains != nullptr) return order.contains(range, version);
  return any_alternative(range, [&](const Comparator& comparator) -> std::optional<bool> {
    if (comparator.op.empty() && comparator.operand.empty()) return true;
    return holds(comparator.op, order.compare(version, comparator.operand));
  });
}

bool is_range(const Order& order, std::string_view text) {
  text = ascii::trim(text);
  if (text.empty()) return true;
  if (order.is_valid(text)) return false;
  if (text.find_first_of("<>=|,") != std::string_view::npos) return true;
  const bool has_language = order.contains != nullptr;
  const std::size_t after_operator = text.find_first_not_of("~^!");
  if (has_language && after_operator == 1) return true;
  if (has_language && text.find_first_of("[]()*") != std::string_view::npos) return true;
  if (has_language && text.find(" - ") != std::string_view::npos) return true;
  const bool has_x = text.find(".x") != std::string_view::npos ||
                     text.find(".X") != std::string_view::npos || text == "x" || text == "X";
  return has_language && (has_x || text == "any");
}

std::string order_names() {
  std::string names;
  for (const Order* order : all_orders()) {
    names += (names.empty() ? "" : ", ") + std::string(order->name);
  }
  return names;
}

}  // namespace plimsoll::version
