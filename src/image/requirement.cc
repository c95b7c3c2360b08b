#include "image/requirement.h"

#include "core/ascii.h"

namespace plimsoll::image {
namespace {

bool is_name_char(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

bool is_version_char(char c) {
  return ascii::is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '!' || c == '*';
}

bool is_operator_char(char c) {
  return c == '=' || c == '<' || c == '>' || c == '~' || c == '!';
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && ascii::is_space(text.front())) text.remove_prefix(1);
}

std::string_view take_while(std::string_view& text, bool (*wanted)(char)) {
  std::size_t end = 0;
  while (end < text.size() && wanted(text[end])) ++end;
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

}  // namespace

NamedVersions named_versions(std::string_view specifiers) {
  NamedVersions named;
  std::string_view highest;
  skip_blanks(specifiers);
  if (specifiers.starts_with('(')) specifiers.remove_prefix(1);
  while (!specifiers.empty()) {
    skip_blanks(specifiers);
    const std::string_view comparison = take_while(specifiers, is_operator_char);
    skip_blanks(specifiers);
    std::string_view version = take_while(specifiers, is_version_char);
    const bool is_version = !version.empty() && ascii::is_alnum(version[0]);
    if (comparison.empty() || !is_version) break;
    if (!ascii::contains(version, "*")) {
      if (comparison == "==" || comparison == "===") return {.pinned = version};
      if ((comparison == ">=" || comparison == "~=") && named.bound.empty()) named.bound = version;
      if (comparison == "<=" && highest.empty()) highest = version;
    }
    skip_blanks(specifiers);
    if (!specifiers.starts_with(',')) break;
    specifiers.remove_prefix(1);
  }
  if (named.bound.empty()) named.bound = highest;
  return named;
}

std::optional<Requirement> parse_requirement(std::string_view text) {
  text = ascii::trim(text);
  Requirement requirement;
  requirement.name = take_while(text, is_name_char);
  if (requirement.name.empty() || !ascii::is_alnum(requirement.name.front())) return std::nullopt;
  skip_blanks(text);
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
    skip_blanks(text);
  }
  if (text.empty() || text[0] == ';' || text[0] == '@' || text.starts_with("--")) {
    return requirement;
  }
  if (!is_operator_char(text[0]) && text[0] != '(') return std::nullopt;
  requirement.versions = named_versions(text);
  return requirement;
}

}  // namespace plimsoll::image
