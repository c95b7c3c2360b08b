#include <algorithm>
#include <utility>

#include "config/peer_setting.h"
#include "config/settings.h"
#include "config/tree_reader.h"
#include "core/ascii.h"
#include "core/limits.h"

// Sources: https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html (a configuration file
// holds the long flags), https://www.checkov.io/2.Basics/Hard%20and%20soft%20fail.html. Ids may end
// in `*`; `skip-path` holds regular expressions, of which those that are plain paths are read.
namespace plimsoll::config {
namespace {

bool is_plain_path(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_alnum(c) || c == '/' || c == '.' || c == '_' || c == '-';
  });
}

class CheckovFile {
 public:
  explicit CheckovFile(Settings& settings) : settings_(settings), reader_(settings) {}

  void read() {
    if (const Node* root = reader_.root()) {
      read_skipped(root->find("skip-check"));
      read_checks(root->find("check"));
      read_skipped_paths(root->find("skip-path"));
      read_soft_failures(*root);
    }
    unknown_.tell(settings_.source->path(), settings_.notes);
    tell_problems(settings_);
  }

 private:
  /// @param use  takes the rules, the place, and the id's severity when it is one
  template <class Use, class UseSeverity>
  void for_each_id(const Node* list, const Use& use, const UseSeverity& use_severity) {
    std::size_t count = 0;
    for (const auto& [id, span] : lenient_texts(list)) {
      if (++count > limits::kConfigurationEntries) {
        return reader_.problem(span, "too many ids; the rest is not read");
      }
      if (const auto severity = parse_severity(id)) {
        use_severity(*severity, span);
        continue;
      }
      Rules rules = rules_of(id);
      if (rules.empty()) {
        unknown_.add(id);
      } else {
        use(std::move(rules), span);
      }
    }
  }

  static Rules rules_of(std::string_view id) {
    const std::string name = "checkov:" + std::string(id);
    if (id.ends_with('*')) {
      return rules_silenced_by_prefix(std::string_view(name).substr(0, name.size() - 1));
    }
    return rules_silenced_by(name);
  }

  void read_skipped(const Node* list) {
    for_each_id(
        list,
        [this](Rules rules, Span span) {
          settings_.ignores.push_back(ignore_of(settings_, std::move(rules), span));
        },
        [this](Severity severity, Span span) {
          reader_.problem(span, "'skip-check' of the severity " + std::string(to_string(severity)) +
                                    " is not read");
        });
  }

  /// checkov runs nothing else; our other rules have no id there that could be meant.
  void read_checks(const Node* list) {
    for_each_id(
        list,
        [this](Rules rules, Span span) {
          for (const check::Rule* rule : rules) {
            settings_.rules.push_back(
                {.rule = rule, .enabled = true, .severity = std::nullopt, .span = span});
          }
        },
        [](Severity, Span) {});
  }

  void read_skipped_paths(const Node* list) {
    for (const auto& [text, span] : lenient_texts(list)) {
      std::string_view path = text;
      while (path.starts_with("./")) path.remove_prefix(2);
      while (path.ends_with('/')) path.remove_suffix(1);
      if (settings_.exclude.size() >= limits::kConfigurationEntries) return;
      std::optional<PathPattern> pattern;
      if (is_plain_path(path)) pattern = PathPattern::compile("**/" + std::string(path));
      if (pattern) {
        settings_.exclude.push_back({std::move(*pattern), span});
      } else {
        reader_.problem(span, "'skip-path' is read where it is a plain path");
      }
    }
  }

  void read_soft_failures(const Node& root) {
    std::optional<Severity> soft;
    Span at;
    for_each_id(
        root.find("soft-fail-on"),
        [this](const Rules& rules, Span span) {
          for (const check::Rule* rule : rules) {
            set_severity(settings_, {rule}, std::min(rule->meta.severity, Severity::kLow), span);
          }
        },
        [&](Severity severity, Span span) {
          if (!soft || severity > *soft) at = span;
          soft = std::max(soft.value_or(severity), severity);
        });
    if (soft == Severity::kCritical) {
      settings_.fail_on = {{std::nullopt, at}};
    } else if (soft) {  // what is one worse still fails
      settings_.fail_on = {{static_cast<Severity>(static_cast<int>(*soft) + 1), at}};
    }
    const Node* always = root.find("soft-fail");
    if (always != nullptr && always->as_bool().value_or(false)) {
      settings_.fail_on = {{std::nullopt, always->span}};
    }
  }

  Settings& settings_;
  TreeReader reader_;
  UnknownNames unknown_;
};

}  // namespace

Settings read_checkov(std::string path, std::string text, Date) {
  Settings settings;
  settings.source = std::make_unique<SourceFile>(std::move(path), std::move(text));
  CheckovFile(settings).read();
  return settings;
}

}  // namespace plimsoll::config
