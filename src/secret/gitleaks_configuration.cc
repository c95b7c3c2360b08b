#include "secret/gitleaks_configuration.h"

#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "parse/toml.h"
#include "secret/configuration_nodes.h"

namespace plimsoll::secret {
namespace {

class Reader {
 public:
  explicit Reader(const SourceFile& source) : source_(source) {}

  Result<Configuration> read(const Node& root) {
    extend(root.find("extend"));
    if (auto read = all_allowances(root, out_.allowances); !read) return error(read);
    if (const Node* rules = root.find("rules")) {
      if (rules->items.size() > limits::kConfigurationEntries) {
        return fail(ErrorCode::kInvalid, "too many rules", source_.path());
      }
      for (const Node* rule : rules->items) {
        if (auto read = detector(*rule); !read) return error(read);
      }
    }
    return std::move(out_);
  }

 private:
  static tl::unexpected<Error> error(Result<void>& result) {
    return tl::unexpected<Error>(std::move(result).error());
  }

  void extend(const Node* node) {
    const Node* use_default = node == nullptr ? nullptr : node->find("useDefault");
    out_.builtin = use_default != nullptr && use_default->str() == "true";
    if (node == nullptr) return;
    for (const char* key : {"path", "url"}) {
      if (node->find(key) != nullptr) {
        out_.notes.push_back(std::string("extend.") + key + " is not followed");
      }
    }
    if (const Node* disabled = node->find("disabledRules")) {
      for (const Node* item : disabled->items) {
        const auto ids = builtin_ids(item->str(), "gitleaks");
        if (ids.empty()) {
          out_.notes.push_back("disabledRules: no detector '" + std::string(item->str()) + "'");
        }
        out_.disabled.insert(ids.begin(), ids.end());
      }
    }
  }

  /// One table in `allowlist`, several in `allowlists`; the first is the older form.
  Result<void> all_allowances(const Node& owner, std::vector<Allowance>& out) {
    for (const char* key : {"allowlist", "allowlists"}) {
      const Node* node = owner.find(key);
      if (node == nullptr) continue;
      if (node->is_mapping()) {
        if (auto read = allowance(*node, out); !read) return read;
      }
      for (const Node* item : node->items) {
        if (auto read = allowance(*item, out); !read) return read;
      }
    }
    return {};
  }

  Result<void> allowance(const Node& node, std::vector<Allowance>& out) {
    Allowance allowance;
    const auto text = [&node](std::string_view key) {
      const Node* value = node.find(key);
      return std::string(value == nullptr ? "" : value->str());
    };
    allowance.name = text("description");
    const std::string target = text("regexTarget");
    if (target == "match") allowance.target = Allowance::Target::kMatch;
    if (target == "line") allowance.target = Allowance::Target::kLine;
    const std::string condition = ascii::upper(text("condition"));
    allowance.all = condition == "AND" || condition == "&&";
    if (auto added = add_patterns(node.find("regexes"), allowance.texts, source_); !added) {
      return added;
    }
    if (auto added = add_patterns(node.find("paths"), allowance.paths, source_); !added)
      return added;
    if (const Node* words = node.find("stopwords")) {
      for (const Node* word : words->items) allowance.words.push_back(ascii::lower(word->str()));
    }
    if (const Node* targets = node.find("targetRules")) {
      for (const Node* item : targets->items) {
        allowance.only.emplace_back(item->str());
        for (const std::string& id : builtin_ids(item->str(), "gitleaks")) {
          allowance.only.push_back(id);
        }
      }
    }
    out.push_back(std::move(allowance));
    return {};
  }

  Result<void> detector(const Node& rule) {
    ConfiguredDetector out;
    if (const Node* id = rule.find("id")) out.id = id->str();
    if (out.id.empty()) {
      return tl::unexpected<Error>(at_node({.message = "a rule without 'id'"}, rule, source_));
    }
    if (const Node* title = rule.find("description")) out.title = title->str();
    out.family = "Configured";
    if (const Node* entropy = rule.find("entropy")) out.entropy = entropy->as_number().value_or(0);
    if (const Node* keywords = rule.find("keywords")) {
      for (const Node* word : keywords->items) out.keywords.push_back(ascii::lower(word->str()));
    }
    if (const Node* regex = rule.find("regex")) {
      auto pattern = compile_pattern(regex->str());
      if (!pattern) {
        return tl::unexpected<Error>(at_node(std::move(pattern).error(), *regex, source_));
      }
      out.pattern = *std::move(pattern);
    }
    const Node* group = rule.find("secretGroup");
    const auto number = group == nullptr ? std::nullopt : group->as_int();
    if (number && *number > 0 && *number < 100) {
      out.groups.push_back(static_cast<int>(*number));
    } else {
      out.first_group = true;
    }
    std::vector<Pattern> path;
    if (auto added = add_pattern(rule.find("path"), path, source_); !added) return added;
    if (!path.empty()) out.path = path.front();
    if (auto read = all_allowances(rule, out.allowances); !read) return read;
    // A rule of one's own takes the place of the built-in one it is named like.
    for (const std::string& id : builtin_ids(out.id, "gitleaks")) out_.disabled.insert(id);
    out_.detectors.push_back(std::move(out));
    return {};
  }

  const SourceFile& source_;
  Configuration out_;
};

}  // namespace

Result<Configuration> read_gitleaks_configuration(const SourceFile& source) {
  const auto tree = parse_toml(source);
  if (!tree->problems.empty() || tree->documents.empty()) {
    Error error{.message = tree->problems.empty() ? "no TOML" : tree->problems.front().message};
    error.path = source.path();
    if (!tree->problems.empty()) {
      error.position = source.position(tree->problems.front().span.begin);
      error.has_position = true;
    }
    return tl::unexpected<Error>(std::move(error));
  }
  return Reader(source).read(*tree->documents.front().root);
}

}  // namespace plimsoll::secret
