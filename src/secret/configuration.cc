#include "secret/configuration.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>

#include "core/ascii.h"
#include "core/limits.h"
#include "secret/configuration_nodes.h"
#include "secret/detector.h"
#include "secret/gitleaks_configuration.h"
#include "secret/trivy_configuration.h"

namespace plimsoll::secret {
namespace {

/// `(?<name>` is Go's and not this RE2's; a name twice is allowed there, too.
std::string told_apart(std::string_view pattern) {
  std::map<std::string, int, std::less<>> seen;
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      out += pattern[i];
      out += pattern[++i];
      continue;
    }
    std::size_t name = 0;
    if (pattern.substr(i).starts_with("(?P<")) name = i + 4;
    if (pattern.substr(i).starts_with("(?<")) name = i + 3;
    const std::size_t end = name == 0 ? std::string_view::npos : pattern.find('>', name);
    if (end == std::string_view::npos) {
      out += pattern[i];
      continue;
    }
    const std::string_view word = pattern.substr(name, end - name);
    const int count = seen[std::string(word)]++;
    out += "(?P<" + std::string(word);
    if (count > 0) out += "__" + std::to_string(count);
    i = end - 1;
  }
  return out;
}

}  // namespace

Result<Pattern> compile_pattern(std::string_view pattern, std::vector<std::string>* group_names) {
  constexpr std::size_t kLongestPattern = 64U << 10U;
  if (pattern.size() > kLongestPattern) return fail(ErrorCode::kInvalid, "the pattern is too long");
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);  // any bytes
  options.set_log_errors(false);
  auto compiled = std::make_shared<const re2::RE2>(told_apart(pattern), options);
  if (!compiled->ok()) return fail(ErrorCode::kInvalid, "no pattern of RE2: " + compiled->error());
  if (group_names != nullptr) {
    group_names->assign(static_cast<std::size_t>(compiled->NumberOfCapturingGroups()) + 1, "");
    for (const auto& [index, name] : compiled->CapturingGroupNames()) {
      (*group_names)[static_cast<std::size_t>(index)] = name.substr(0, name.find("__"));
    }
  }
  return compiled;
}

Result<Configuration> read_configuration(const SourceFile& source) {
  if (source.text().size() > limits::kConfigurationBytes) {
    return fail(ErrorCode::kTooLarge, "longer than a configuration may be", source.path());
  }
  const bool is_toml = ascii::lower(source.path()).ends_with(".toml");
  return is_toml ? read_gitleaks_configuration(source) : read_trivy_configuration(source);
}

Result<void> add_pattern(const Node* node, std::vector<Pattern>& patterns,
                         const SourceFile& source) {
  if (node == nullptr || node->is_null()) return {};
  auto pattern = compile_pattern(node->str());
  if (!pattern) return tl::unexpected<Error>(at_node(std::move(pattern).error(), *node, source));
  patterns.push_back(*std::move(pattern));
  return {};
}

Result<void> add_patterns(const Node* list, std::vector<Pattern>& patterns,
                          const SourceFile& source) {
  if (list == nullptr) return {};
  for (const Node* item : list->items) {
    if (auto added = add_pattern(item, patterns, source); !added) return added;
  }
  return {};
}

Error at_node(Error error, const Node& node, const SourceFile& source) {
  error.path = source.path();
  error.position = source.position(node.span.begin);
  error.has_position = true;
  return error;
}

std::set<std::string> builtin_ids(std::string_view name, std::string_view tool) {
  std::set<std::string> ids;
  const std::string full = std::string(tool) + ":" + std::string(name);
  for (const std::string& one : {full, std::string(name)}) {
    for (const Detector* detector : find_detectors(one)) ids.emplace(detector->id);
    if (!ids.empty()) break;
  }
  return ids;
}

}  // namespace plimsoll::secret
