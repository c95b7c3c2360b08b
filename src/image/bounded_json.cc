#include "image/bounded_json.h"

#include <nlohmann/json.hpp>

namespace plimsoll::image {
namespace {

constexpr int kMostDepth = 64;

bool is_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
      continue;
    }
    quoted = c == '"';
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > kMostDepth) return true;
  }
  return false;
}

}  // namespace

Result<nlohmann::json> parse_bounded_json(std::string_view text) {
  if (is_deep(text)) return fail(ErrorCode::kLimit, "JSON that is nested too deeply");
  auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return fail(ErrorCode::kInvalid, "no JSON");
  return json;
}

}  // namespace plimsoll::image
