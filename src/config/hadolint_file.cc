#include <array>
#include <utility>

#include "config/own_keys.h"
#include "config/peer_setting.h"
#include "config/settings.h"
#include "config/tree_reader.h"
#include "core/limits.h"

// Source: https://github.com/hadolint/hadolint#configure and its src/Hadolint/Config/*.hs. Not
// read: no-color, verbose and format (of its output), disable-ignore-pragma.
namespace plimsoll::config {
namespace {

/// hadolint's error, warning, info and style as our levels; docs/coming-from.md says the same.
std::optional<Severity> level(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Severity>, 4> kLevels{
      {{"error", Severity::kHigh},
       {"warning", Severity::kMedium},
       {"info", Severity::kLow},
       {"style", Severity::kInfo}}};
  for (const auto& [word, severity] : kLevels) {
    if (word == name) return severity;
  }
  return std::nullopt;
}

class HadolintFile {
 public:
  explicit HadolintFile(Settings& settings) : settings_(settings), reader_(settings) {}

  void read() {
    if (const Node* root = reader_.root()) {
      read_ignored(*root);
      read_override(*root);
      read_threshold(*root);
      read_registries(*root);
      read_labels(*root);
    }
    unknown_.tell(settings_.source->path(), settings_.notes);
    tell_problems(settings_);
  }

 private:
  template <class Use>
  void for_each_rule(const Node* list, const Use& use) {
    std::size_t count = 0;
    for (const auto& [id, span] : lenient_texts(list)) {
      if (++count > limits::kConfigurationEntries) {
        return reader_.problem(span, "too many ids; the rest is not read");
      }
      const Rules& rules = rules_silenced_by(hadolint_id(id));
      if (rules.empty()) {
        unknown_.add(id);
      } else {
        use(id, rules, span);
      }
    }
  }

  void read_ignored(const Node& root) {
    for_each_rule(root.find("ignored"), [this](std::string_view, const Rules& rules, Span span) {
      settings_.ignores.push_back(ignore_of(settings_, rules, span));
    });
  }

  void read_override(const Node& root) {
    const Node* override_node = root.find("override");
    if (override_node == nullptr) return;
    for (const std::string_view name : {"style", "info", "warning", "error"}) {
      for_each_rule(override_node->find(name), [&](std::string_view id, const Rules&, Span span) {
        set_severity(settings_, rules_named(hadolint_id(id)), *level(name), span);
      });
    }
  }

  void read_threshold(const Node& root) {
    const Node* threshold = root.find("failure-threshold");
    if (threshold != nullptr) {
      const std::string_view name = threshold->str();
      if (const auto severity = level(name)) {
        settings_.fail_on = {{severity, threshold->span}};
      } else if (name == "none" || name == "ignore") {
        settings_.fail_on = {{std::nullopt, threshold->span}};
      }
    }
    const Node* no_fail = root.find("no-fail");
    if (no_fail != nullptr && no_fail->as_bool().value_or(false)) {
      settings_.fail_on = {{std::nullopt, no_fail->span}};
    }
  }

  void read_registries(const Node& root) {
    const Node* list = root.find("trustedRegistries");
    if (list == nullptr) return;
    std::vector<std::string> registries;
    for (const auto& registry : lenient_texts(list)) {
      if (registries.size() >= limits::kConfigurationEntries) break;
      registries.emplace_back(registry.value);
    }
    settings_.trusted_registries = {{std::move(registries), list->span}};
  }

  void read_labels(const Node& root) {
    if (const Node* strict = root.find("strict-labels"); strict != nullptr && strict->as_bool()) {
      settings_.strict_labels = {{*strict->as_bool(), strict->span}};
    }
    const Node* labels = root.find("label-schema");
    if (labels == nullptr || !labels->is_mapping()) return;
    LabelSchema schema;
    for (const Node::Entry& entry : labels->entries) {
      if (schema.size() >= limits::kConfigurationEntries) break;
      // Any text is hadolint's answer to an empty or unknown type.
      const std::string_view type = entry.value->str();
      schema.emplace(entry.key->str(), is_label_type(type) ? type : "text");
    }
    settings_.label_schema = {{std::move(schema), labels->span}};
  }

  Settings& settings_;
  TreeReader reader_;
  UnknownNames unknown_;
};

}  // namespace

Settings read_hadolint(std::string path, std::string text, Date) {
  Settings settings;
  settings.source = std::make_unique<SourceFile>(std::move(path), std::move(text));
  HadolintFile(settings).read();
  return settings;
}

}  // namespace plimsoll::config
