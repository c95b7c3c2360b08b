// PEP 440. What it refuses comes first, in the order of setuptools before PEP 440.

#include <optional>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/python_version.h"
#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

using Phase = PythonVersion::Phase;

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const auto left = parse_python_version(a);
  const auto right = parse_python_version(b);
  if (left && right) return compare_python(*left, *right);
  if (left.has_value() != right.has_value()) return left.has_value() <=> right.has_value();
  return compare_legacy_python(a, b);
}

bool is_valid(std::string_view version) {
  return parse_python_version(version).has_value();
}

PythonVersion without_local(PythonVersion version) {
  version.local = {};
  return version;
}

/// `==2.0.post1.*`: what the prefix says, the version says, too.
bool has_prefix(const PythonVersion& version, const PythonVersion& prefix) {
  if (compare_numbers(version.epoch, prefix.epoch) != 0) return false;
  const std::size_t count = count_numbers(prefix.release);
  if (!starts_alike(version.release, prefix.release, count)) return false;
  if (prefix.phase == Phase::kNone && !prefix.is_post) return true;
  if (count_numbers(version.release) > count) return false;
  if (version.phase != prefix.phase ||
      compare_numbers(version.phase_number, prefix.phase_number) != 0) {
    return false;
  }
  return !prefix.is_post ||
         (version.is_post && compare_numbers(version.post_number, prefix.post_number) == 0);
}

/// `~=1.4.5a4` is `>=1.4.5a4, ==1.4.*`.
std::optional<bool> is_compatible(const PythonVersion& version, const PythonVersion& base) {
  const std::size_t count = count_numbers(base.release);
  if (count < 2) return std::nullopt;
  return compare_python(without_local(version), base) >= 0 &&
         compare_numbers(version.epoch, base.epoch) == 0 &&
         starts_alike(version.release, base.release, count - 1);
}

/// The pre-releases of an upper bound are past it, unless it is one itself.
bool is_below(const PythonVersion& version, PythonVersion highest) {
  if (!highest.is_prerelease()) {
    highest.is_dev = true;  // the first of its pre-releases
    highest.local = {};
  }
  return compare_python(version, highest) < 0;
}

/// Neither the local builds of a lower bound are above it, nor its post-releases, unless it is one
/// itself.
bool is_above(const PythonVersion& version, const PythonVersion& lowest) {
  PythonVersion public_part = without_local(version);
  if (compare_python(public_part, lowest) <= 0) return false;
  if (lowest.is_dev || lowest.is_post || !version.is_post) return true;
  public_part.is_post = false;
  public_part.is_dev = false;
  public_part.post_number = {};
  public_part.dev_number = {};
  return compare_python(public_part, without_local(lowest)) != 0;
}

std::optional<bool> satisfies(const Comparator& comparator, const PythonVersion& version) {
  std::string_view operand = comparator.operand;
  const std::string_view op = comparator.op;
  const bool is_equality = op.empty() || op == "=" || op == "==";
  if (operand.ends_with(".*")) {
    operand.remove_suffix(2);
    const auto prefix = parse_python_version(operand);
    if (!prefix || prefix->is_dev || !prefix->local.empty()) return std::nullopt;
    if (is_equality) return has_prefix(version, *prefix);
    if (op == "!=") return !has_prefix(version, *prefix);
    return std::nullopt;
  }
  const auto base = parse_python_version(operand);
  if (!base) return std::nullopt;
  if (op == "~=") return is_compatible(version, *base);
  if (op == "<") return is_below(version, *base);
  if (op == ">") return is_above(version, *base);
  const bool local_counts = !base->local.empty() && (is_equality || op == "!=");
  return holds(op, compare_python(local_counts ? version : without_local(version), *base));
}

Result<bool> contains(std::string_view range, std::string_view version) {
  const auto found = parse_python_version(version);
  return any_alternative(range, [&](const Comparator& comparator) -> std::optional<bool> {
    if (comparator.operand.empty() || comparator.operand == "*") return true;
    if (comparator.op == "===") return ascii::iequals(comparator.operand, ascii::trim(version));
    if (found) return satisfies(comparator, *found);
    return holds(comparator.op, compare(version, comparator.operand));
  });
}

}  // namespace

const Order& pep440() {
  static constexpr Order kOrder{.name = "pep440",
                                .ecosystems = "PyPI, Python, pip, conda",
                                .compare = compare,
                                .is_valid = is_valid,
                                .contains = contains,
                                .source = "https://peps.python.org/pep-0440/"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
