#include "version/partial.h"

#include <algorithm>

#include "version/text_order.h"

namespace plimsoll::version {

std::optional<Partial> parse_partial(std::string_view text) {
  text = ascii::trim(text);
  (void)(take(text, "v") || take(text, "V"));
  (void)take_while(text, ascii::is_blank);
  Partial partial;
  const std::string_view all = text;
  do {
    if (partial.written == partial.numbers.size()) return std::nullopt;
    const std::string_view number = take_digits(text);
    if (number.empty()) {
      if (!take(text, "x") && !take(text, "X") && !take(text, "*")) return std::nullopt;
      partial.has_wildcard = true;
    } else if (!partial.has_wildcard) {
      partial.numbers[partial.count++] = number;
    }
    ++partial.written;
  } while (take(text, "."));
  if (!text.empty() && text.front() != '-' && text.front() != '+' &&
      !ascii::is_alpha(text.front())) {
    return std::nullopt;
  }
  // A pre-release of what is not known is none.
  if (partial.has_wildcard) text = {};
  partial.version = parse_semantic(text);
  partial.version.numbers = all.substr(0, 0);
  if (partial.count > 0) {
    const std::string_view last = partial.numbers[partial.count - 1];
    partial.version.numbers =
        all.substr(0, static_cast<std::size_t>(last.data() + last.size() - all.data()));
  }
  return partial;
}

bool same_release(const Semantic& a, const Semantic& b) {
  return compare_dotted_numbers(a.numbers, b.numbers) == 0;
}

std::optional<bool> holds(std::string_view op, const Partial& partial, const Semantic& version) {
  if (partial.count == 0 && op != "!=" && op != "<>" && op != "<" && op != ">") return true;
  const std::string_view base = partial.version.numbers;
  const auto order = compare_semantic(version, partial.version);
  const bool is_open = partial.count < partial.numbers.size() && !partial.version.is_prerelease;
  const bool within = is_open && starts_alike(version.numbers, base, partial.count);
  if (op.empty() || op == "=" || op == "==") return is_open ? within : order == 0;
  if (op == "!=" || op == "<>") return is_open ? !within : order != 0;
  if (op == ">") return order > 0 && !within;
  if (op == ">=" || op == "=>") return order >= 0;
  if (op == "<") return order < 0;
  if (op == "<=" || op == "=<") return order <= 0 || within;
  if (op == "~" || op == "~>") {
    return order >= 0 &&
           starts_alike(version.numbers, base, std::min<std::size_t>(partial.count, 2));
  }
  if (op == "^") return order >= 0 && starts_alike(version.numbers, base, caret_numbers(base));
  return std::nullopt;
}

}  // namespace plimsoll::version
