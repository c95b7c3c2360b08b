#include "secret/trivy_configuration.h"

#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "parse/node.h"
#include "secret/configuration_nodes.h"

namespace plimsoll::secret {
namespace {

std::vector<std::string> texts_of(const Node* list, bool lower = false) {
  std::vector<std::string> texts;
  if (list == nullptr) return texts;
  for (const Node* item : list->items) {
    texts.push_back(lower ? ascii::lower(item->str()) : std::string(item->str()));
  }
  return texts;
}

class Reader {
 public:
  explicit Reader(const SourceFile& source) : source_(source) {}

  Result<Configuration> read(const Node& root) {
    if (auto read = allowances(root.find("allow-rules"), out_.allowances); !read)
      return error(read);
    if (auto read = blocks(root.find("exclude-block"), out_.excluded_blocks); !read) {
      return error(read);
    }
    if (const Node* rules = root.find("rules")) {
      if (rules->items.size() > limits::kConfigurationEntries) {
        return fail(ErrorCode::kInvalid, "too many rules", source_.path());
      }
      for (const Node* rule : rules->items) {
        if (auto read = detector(*rule); !read) return error(read);
      }
    }
    switches(root);
    return std::move(out_);
  }

 private:
  static tl::unexpected<Error> error(Result<void>& result) {
    return tl::unexpected<Error>(std::move(result).error());
  }

  void switches(const Node& root) {
    for (const std::string& name : texts_of(root.find("enable-builtin-rules"))) {
      const auto ids = builtin_ids(name, "trivy");
      if (ids.empty()) out_.notes.push_back("enable-builtin-rules: no detector '" + name + "'");
      out_.only.insert(ids.begin(), ids.end());
    }
    for (const std::string& name : texts_of(root.find("disable-rules"))) {
      const auto ids = builtin_ids(name, "trivy");
      out_.disabled.insert(ids.begin(), ids.end());
      // Or one of this file.
      std::erase_if(out_.detectors, [&](const ConfiguredDetector& own) { return own.id == name; });
    }
    for (std::string& name : texts_of(root.find("disable-allow-rules"))) {
      out_.disabled_skips.insert(std::move(name));
    }
  }

  Result<void> allowances(const Node* list, std::vector<Allowance>& out) {
    if (list == nullptr) return {};
    for (const Node* item : list->items) {
      Allowance allowance;
      allowance.target = Allowance::Target::kMatch;
      for (const char* key : {"id", "description"}) {
        if (const Node* name = item->find(key); name != nullptr && allowance.name.empty()) {
          allowance.name = name->str();
        }
      }
      if (auto added = add_pattern(item->find("path"), allowance.paths, source_); !added)
        return added;
      if (auto added = add_pattern(item->find("regex"), allowance.texts, source_); !added) {
        return added;
      }
      out.push_back(std::move(allowance));
    }
    return {};
  }

  Result<void> blocks(const Node* node, std::vector<Pattern>& out) {
    return node == nullptr ? Result<void>{} : add_patterns(node->find("regexes"), out, source_);
  }

  /// Any other word is UNKNOWN there.
  static void read_severity(const Node* node, ConfiguredDetector& out) {
    const auto severity = node == nullptr ? std::nullopt : parse_severity(node->str());
    out.severity = severity.value_or(Severity::kMedium);
    out.severity_unknown = !severity;
  }

  Result<void> detector(const Node& rule) {
    ConfiguredDetector out;
    const auto text = [&rule](std::string_view key) {
      const Node* node = rule.find(key);
      return std::string(node == nullptr ? "" : node->str());
    };
    out.id = text("id");
    if (out.id.empty()) {
      return tl::unexpected<Error>(at_node({.message = "a rule without 'id'"}, rule, source_));
    }
    out.title = text("title");
    out.family = text("category");
    read_severity(rule.find("severity"), out);
    out.keywords = texts_of(rule.find("keywords"), true);
    if (const Node* regex = rule.find("regex"); regex != nullptr && !regex->is_null()) {
      std::vector<std::string> names;
      auto pattern = compile_pattern(regex->str(), &names);
      if (!pattern) {
        return tl::unexpected<Error>(at_node(std::move(pattern).error(), *regex, source_));
      }
      out.pattern = *std::move(pattern);
      const std::string group = text("secret-group-name");
      for (std::size_t i = 0; i < names.size() && !group.empty(); ++i) {
        if (names[i] == group) out.groups.push_back(static_cast<int>(i));
      }
    }
    std::vector<Pattern> path;
    if (auto added = add_pattern(rule.find("path"), path, source_); !added) return added;
    if (!path.empty()) out.path = path.front();
    if (auto read = allowances(rule.find("allow-rules"), out.allowances); !read) return read;
    if (auto read = blocks(rule.find("exclude-block"), out.excluded_blocks); !read) return read;
    out_.detectors.push_back(std::move(out));
    return {};
  }

  const SourceFile& source_;
  Configuration out_;
};

}  // namespace

Result<Configuration> read_trivy_configuration(const SourceFile& source) {
  const auto tree = parse_yaml(source);
  if (!tree->problems.empty()) {
    Error error{.message = tree->problems.front().message};
    error.path = source.path();
    error.position = source.position(tree->problems.front().span.begin);
    error.has_position = true;
    return tl::unexpected<Error>(std::move(error));
  }
  if (tree->documents.empty() || tree->documents.front().root->is_null()) return Configuration{};
  const Node& root = *tree->documents.front().root;
  if (!root.is_mapping()) {
    return tl::unexpected<Error>(at_node({.message = "no configuration of secrets"}, root, source));
  }
  return Reader(source).read(root);
}

}  // namespace plimsoll::secret
