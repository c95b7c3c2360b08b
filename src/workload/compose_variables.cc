#include "workload/compose_variables.h"

#include <optional>
#include <set>
#include <utility>

#include "core/limits.h"
#include "parse/interpolate.h"

namespace plimsoll::compose {
namespace {

struct Known {
  const Variables& variables;
  const Variables& weaker;
  std::set<std::string_view> unresolved;  ///< to be left standing as ${NAME}
};

std::optional<std::string> look_up(const void* context, std::string_view name) {
  const Known& known = *static_cast<const Known*>(context);
  for (const Variables* variables : {&known.variables, &known.weaker}) {
    if (const auto found = variables->find(name); found != variables->end()) return found->second;
  }
  if (known.unresolved.count(name) != 0) return "${" + std::string(name) + '}';
  return std::nullopt;
}

EnvironmentVariable::Source source_of(const std::vector<interpolate::Variable>& variables) {
  using Source = EnvironmentVariable::Source;
  Source source = Source::kLiteral;
  for (const interpolate::Variable& variable : variables) {
    if (variable.set || !variable.used_default) return Source::kVariable;
    source = Source::kDefaulted;
  }
  return source;
}

Text expand(std::string_view raw, const Variables& variables, const Variables& weaker) {
  if (raw.find('$') == std::string_view::npos) return {std::string(raw), true, {}};
  Known known{variables, weaker, {}};
  interpolate::Result result = interpolate::interpolate(raw, {&known, look_up});
  Text text{std::move(result.text), result.known, source_of(result.variables)};
  if (result.known) return text;
  // Once more, now that it is known which names to leave standing.
  for (const interpolate::Variable& variable : result.variables) {
    if (!variable.set && !variable.used_default) known.unresolved.insert(variable.name);
  }
  text.value = interpolate::interpolate(raw, {&known, look_up}).text;
  return text;
}

}  // namespace

Text expand(std::string_view raw, const Variables& variables) {
  static const Variables none;
  return expand(raw, variables, none);
}

EnvFile read_env_file(const SourceFile& file, const Variables& variables, bool raw) {
  dotenv::File parsed = dotenv::parse(file);
  EnvFile result;
  result.problems = std::move(parsed.problems);
  Variables above;
  std::size_t bytes = 0;
  for (dotenv::Entry& entry : parsed.entries) {
    EnvLine line;
    line.name = entry.key;
    line.has_value = entry.has_value;
    line.place = {&file, entry.span};
    line.value_place = {&file, entry.value_span};
    if (raw) {
      line.value = file.slice(entry.value_span);
    } else if (entry.interpolates()) {
      line.value = expand(entry.value, variables, above).value;
    } else {
      line.value = std::move(entry.value);
    }
    bytes += line.value.size();
    if (bytes > limits::kTextBytes) {
      result.complete = false;
      return result;
    }
    if (line.has_value) above[line.name] = line.value;
    result.lines.push_back(std::move(line));
  }
  return result;
}

std::size_t find_separator(std::string_view text, std::string_view separators) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool opens = c == '$' && i + 1 < text.size() && text[i + 1] == '{';
    if (opens) ++depth;
    if (c == '}' && depth > 0) --depth;
    if (depth == 0 && separators.find(c) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> split_fields(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t at = find_separator(text, std::string_view(&separator, 1));
    fields.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return fields;
    text.remove_prefix(at + 1);
  }
}

}  // namespace plimsoll::compose
