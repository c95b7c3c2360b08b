#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "core/limits.h"
#include "parse/interpolate.h"

namespace {

/// Short names are set, to themselves twice; "E…" to nothing.
std::optional<std::string> get(const void*, std::string_view name) {
  if (name.starts_with('E')) return "";
  if (name.size() > 2) return std::nullopt;
  return std::string(name) + std::string(name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto result = interpolate::interpolate(text, {nullptr, get});
  if (result.text.size() > limits::kExpandedValueBytes) PL_BUG("larger than its limit");
  if (!result.errors.empty() && result.known) PL_BUG("known in spite of an error");
  const bool plain = text.find('$') == std::string_view::npos;
  if (plain && text.size() <= limits::kExpandedValueBytes && result.text != text) {
    PL_BUG("plain text changed");
  }
  for (const auto& variable : result.variables) {
    if (variable.span.end > size || variable.span.empty()) PL_BUG("variable outside the text");
    if (variable.name.empty()) PL_BUG("variable without a name");
    if (text[variable.span.begin] != '$') PL_BUG("variable without '$'");
  }
  for (const auto& error : result.errors) {
    if (error.span.end > size) PL_BUG("error outside the text");
  }
  return 0;
}
