#include "version/npm_range.h"

#include <optional>

#include "version/comparator_list.h"
#include "version/partial.h"
#include "version/text_order.h"

namespace plimsoll::version {
namespace {

class Alternative {
 public:
  explicit Alternative(const Semantic& version) : version_(version) {}

  /// False when there is no such comparator.
  bool add(std::string_view op, std::string_view operand) {
    const auto partial = parse_partial(operand);
    if (!partial || op == "!=") return false;
    const bool is_any = takes_any(op, *partial);
    const auto held = is_any ? true : holds(op, *partial, version_);
    is_any_ = is_any && comparators_ == 0;
    ++comparators_;
    all_ = all_ && held.value_or(false);
    named_ = named_ || (partial->version.is_prerelease && same_release(partial->version, version_));
    return held.has_value();
  }

  [[nodiscard]] bool holds_all() const { return all_ && (!version_.is_prerelease || named_); }
  /// Nothing but `*`, or another spelling of it.
  [[nodiscard]] bool is_any() const { return is_any_; }

 private:
  static bool takes_any(std::string_view op, const Partial& partial) {
    if (partial.count == 0) return op != "<" && op != ">";
    return op == ">=" && !partial.version.is_prerelease &&
           compare_dotted_numbers(partial.version.numbers, "0") == 0;
  }

  const Semantic& version_;
  bool all_ = true;
  bool is_any_ = false;
  int comparators_ = 0;
  bool named_ = false;  ///< a pre-release of the version's numbers
};

/// "1.2 - 2.0" is ">=1.2 <=2.0".
bool add_hyphen_range(std::string_view text, std::size_t hyphen, Alternative& alternative) {
  return alternative.add(">=", ascii::trim(text.substr(0, hyphen))) &&
         alternative.add("<=", ascii::trim(text.substr(hyphen + 3)));
}

bool read(std::string_view text, Alternative& alternative) {
  const std::size_t hyphen = text.find(" - ");
  if (hyphen != std::string_view::npos) return add_hyphen_range(text, hyphen, alternative);
  auto comparator = take_comparator(text);
  if (!comparator) return alternative.add("", "*");
  for (; comparator; comparator = take_comparator(text)) {
    if (!alternative.add(comparator->op, comparator->operand)) return false;
  }
  return true;
}

bool is_version(const Semantic& version) {
  std::string_view numbers = version.numbers;
  for (int i = 0; i < 3; ++i) {
    if (!ascii::is_number(take_until(numbers, '.'))) return false;
  }
  return numbers.empty();
}

}  // namespace

Result<bool> npm_range_contains(std::string_view range, std::string_view version) {
  const Semantic found = parse_semantic(version);
  bool any = false;
  for (std::string_view rest = range;;) {
    const std::size_t end = rest.find("||");
    Alternative alternative(found);
    if (!read(rest.substr(0, end), alternative)) return no_range(range);
    // In node-semver `*` puts all other alternatives out.
    if (alternative.is_any()) return !found.is_prerelease && is_version(found);
    any = any || alternative.holds_all();
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 2);
  }
  return any && is_version(found);
}

}  // namespace plimsoll::version
