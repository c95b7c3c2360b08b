#include "version/comparator_list.h"

#include <string>

#include "version/text_order.h"

namespace plimsoll::version {
namespace {

bool is_gap(char c) {
  return ascii::is_space(c) || c == ',' || c == '&';
}

bool is_operator(char c) {
  return std::string_view("<>=!~^").find(c) != std::string_view::npos;
}

bool ends_operand(std::string_view rest) {
  const char c = rest.front();
  return is_gap(c) || c == '|' || c == '<' || c == '>' || c == '=' || rest.starts_with("!=");
}

}  // namespace

std::optional<Comparator> take_comparator(std::string_view& rest) {
  (void)take_while(rest, is_gap);
  if (rest.starts_with("and ")) rest.remove_prefix(4);
  (void)take_while(rest, is_gap);
  if (rest.empty() || rest.starts_with('|') || rest.starts_with("or ")) return std::nullopt;
  Comparator comparator;
  comparator.op = take_while(rest, is_operator);
  (void)take_while(rest, ascii::is_space);
  std::size_t length = 0;
  while (length < rest.size() && !ends_operand(rest.substr(length))) ++length;
  comparator.operand = rest.substr(0, length);
  rest.remove_prefix(length);
  return comparator;
}

bool take_or(std::string_view& rest) {
  (void)take_while(rest, is_gap);
  if (take(rest, "||") || take(rest, "|")) return true;
  if (rest.size() < 3 || !rest.starts_with("or") || !ascii::is_space(rest[2])) return false;
  rest.remove_prefix(2);
  return true;
}

std::optional<bool> holds(std::string_view op, std::weak_ordering order) {
  if (op.empty() || op == "=" || op == "==") return order == 0;
  if (op == "<" || op == "<<") return order < 0;
  if (op == "<=" || op == "=<") return order <= 0;
  if (op == ">" || op == ">>") return order > 0;
  if (op == ">=" || op == "=>") return order >= 0;
  if (op == "!=") return order != 0;
  return std::nullopt;
}

tl::unexpected<Error> no_range(std::string_view range) {
  constexpr std::size_t kShown = 100;
  return fail(ErrorCode::kInvalid, "not a range: '" + std::string(range.substr(0, kShown)) + "'");
}

Result<bool> any_alternative(std::string_view range, const Satisfies& satisfies) {
  std::string_view rest = range;
  bool any = false;
  do {
    bool all = true;
    auto comparator = take_comparator(rest);
    if (!comparator) all = satisfies({}).value_or(true);
    for (; comparator; comparator = take_comparator(rest)) {
      if (comparator->operand.empty()) return no_range(range);
      const auto one = satisfies(*comparator);
      if (!one) return no_range(range);
      all = all && *one;
    }
    any = any || all;
  } while (take_or(rest));
  if (!rest.empty()) return no_range(range);
  return any;
}

}  // namespace plimsoll::version
