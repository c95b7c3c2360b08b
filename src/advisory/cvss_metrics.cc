#include "advisory/cvss_metrics.h"

#include <algorithm>

namespace plimsoll::advisory::cvss {
namespace {

/// Cuts what stands before the first `separator`, or all, off the front of `text`.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

bool is_one_of(std::string_view value, std::string_view values) {
  while (!values.empty()) {
    if (take_until(values, ' ') == value) return true;
  }
  return false;
}

}  // namespace

std::optional<Values> read_metrics(std::string_view text, std::span<const Metric> metrics) {
  // A separator at the end would promise one more.
  if (text.ends_with('/')) return std::nullopt;
  Values values{};
  while (!text.empty()) {
    std::string_view value = take_until(text, '/');
    const std::string_view name = take_until(value, ':');
    const auto metric = std::find_if(metrics.begin(), metrics.end(),
                                     [name](const Metric& known) { return known.name == name; });
    if (metric == metrics.end() || !is_one_of(value, metric->values)) return std::nullopt;
    char& place = values[static_cast<std::size_t>(metric - metrics.begin())];
    if (place != '\0') return std::nullopt;
    place = value.front();
  }
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i].is_base && values[i] == '\0') return std::nullopt;
  }
  return values;
}

}  // namespace plimsoll::advisory::cvss
