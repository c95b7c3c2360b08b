#include "parse/yaml_guard.h"

#include <cstdint>
#include <string>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "parse/yaml_scalar.h"

namespace plimsoll::yaml {
namespace {

/// libfyaml looks a tag handle up in a list, so many of them take quadratic time. Nobody has ten.
constexpr std::size_t kTagDirectives = 256;
/// A flow collection may turn out to be a key, so libfyaml keeps all tokens of it in memory until
/// it ends, 400 bytes each.
constexpr std::size_t kFlowTokens = 1'000'000;

std::optional<TreeProblem> find_bad_byte(std::string_view text) {
  const auto at = [](std::size_t offset, std::string message) {
    const auto begin = static_cast<std::uint32_t>(offset);
    return TreeProblem{ErrorCode::kInvalid, {begin, begin + 1}, std::move(message)};
  };
  if (const auto invalid = utf8::find_invalid(text)) return at(*invalid, "not UTF-8");
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != 0x7F) continue;
    if (byte == '\t' || byte == '\n' || byte == '\r') continue;
    return at(i, "control character U+00" + std::string(1, "0123456789"[byte >> 4U]) +
                     std::string(1, "0123456789ABCDEF"[byte & 0xFU]) + " is not allowed in YAML");
  }
  return std::nullopt;
}

std::optional<TreeProblem> find_too_many_tags(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("%TAG"); at != std::string_view::npos;
       at = text.find("%TAG", at + 1)) {
    if (!is_line_start(text, at) || ++count <= kTagDirectives) continue;
    const auto begin = static_cast<std::uint32_t>(at);
    return TreeProblem{ErrorCode::kLimit,
                       {begin, begin + 4},
                       "more than " + std::to_string(kTagDirectives) + " %TAG directives"};
  }
  return std::nullopt;
}

/// Offset of a '?' that may be a complex key's indicator.
bool may_have_complex_key(std::string_view text) {
  const auto blank = [text](std::size_t at) {
    return at >= text.size() || ascii::is_blank(text[at]) || break_length(text, at) != 0;
  };
  for (std::size_t at = text.find('?'); at != std::string_view::npos; at = text.find('?', at + 1)) {
    if ((at == 0 || blank(at - 1)) && blank(at + 1)) return true;
  }
  return false;
}

/// After the ':' in `? key: <tab>- item` libfyaml 0.7.12 reports an error and frees the key twice
/// (fy_fetch_value recycles it again when fy_ws_indentation_check fails). Such a tab is no YAML, so
/// it is reported here and libfyaml does not get to see it.
std::optional<TreeProblem> find_tab_after_colon(std::string_view text) {
  for (std::size_t at = text.find('\t'); at != std::string_view::npos; at = text.find('\t', at)) {
    const std::size_t tab = at;
    std::size_t before = tab;
    while (before > 0 && ascii::is_blank(text[before - 1])) --before;
    while (at < text.size() && ascii::is_blank(text[at])) ++at;
    const bool colon = before > 0 && text[before - 1] == ':';
    const bool indicator =
        at < text.size() && std::string_view("?:|>-").find(text[at]) != std::string_view::npos;
    if (!colon || !indicator) continue;
    const auto begin = static_cast<std::uint32_t>(tab);
    return TreeProblem{
        ErrorCode::kInvalid, {begin, begin + 1}, "a tab cannot indent what follows a ':'"};
  }
  return std::nullopt;
}

/// Too many brackets and commas, or more brackets in a row than may be nested: a scanner's memory
/// is spent before its first event lets us count the depth.
std::optional<TreeProblem> find_too_much_flow(std::string_view text) {
  std::size_t tokens = 0;
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool opens = c == '[' || c == '{';
    if (opens || c == ',') ++tokens;
    if (opens) {
      ++run;
    } else if (!ascii::is_space(c)) {
      run = 0;
    }
    if (run <= limits::kYamlDepth && tokens <= kFlowTokens) continue;
    const auto begin = static_cast<std::uint32_t>(i);
    return TreeProblem{ErrorCode::kLimit,
                       {begin, begin + 1},
                       run > limits::kYamlDepth
                           ? "nested deeper than " + std::to_string(limits::kYamlDepth)
                           : "more than " + std::to_string(kFlowTokens) + " brackets and commas"};
  }
  return std::nullopt;
}

}  // namespace

bool is_line_start(std::string_view text, std::size_t at) {
  if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') return true;
  return at == kByteOrderMark.size() && text.starts_with(kByteOrderMark);
}

Guard::Guard(std::string_view text)
    : text_(text), may_have_complex_key_(may_have_complex_key(text)) {}

std::optional<TreeProblem> Guard::find(std::uint32_t begin, std::uint32_t end) const {
  const std::string_view text = text_.substr(begin, end - begin);
  auto problem = find_bad_byte(text);
  if (!problem) problem = find_too_many_tags(text);
  if (!problem && may_have_complex_key_) problem = find_tab_after_colon(text);
  if (!problem) problem = find_too_much_flow(text);
  if (problem) problem->span = {problem->span.begin + begin, problem->span.end + begin};
  return problem;
}

}  // namespace plimsoll::yaml
