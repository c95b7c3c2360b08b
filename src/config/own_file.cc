#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "check/fix_value.h"
#include "config/own_keys.h"
#include "config/rule_names.h"
#include "config/settings.h"
#include "config/tree_reader.h"
#include "core/ascii.h"
#include "core/limits.h"
#include "core/path.h"

// What may stand in the file is in docs/configuration.md and, for editors, in the schema that
// schema.cc writes; a test holds the three together.
namespace plimsoll::config {
namespace {

class OwnFile {
 public:
  OwnFile(Settings& settings, Date today) : settings_(settings), reader_(settings), today_(today) {}

  void read() {
    if (reader_.root() == nullptr) return;
    for (const Node::Entry& entry : reader_.root()->entries) {
      const Read take = find_read(entry.key->str());
      if (take == nullptr) {
        complain_of_key(*entry.key);
      } else if (!entry.value->is_null()) {  // a key without value says nothing
        (this->*take)(*entry.value);
      }
    }
  }

 private:
  using Read = void (OwnFile::*)(const Node&);

  static Read find_read(std::string_view key) {
    constexpr std::array<std::pair<std::string_view, Read>, 11> kReads{{
        {"select", &OwnFile::read_select},
        {"rules", &OwnFile::read_rules},
        {"ignore", &OwnFile::read_ignores},
        {"fail-on", &OwnFile::read_fail_on},
        {"severity", &OwnFile::read_severity},
        {"targets", &OwnFile::read_targets},
        {"exclude", &OwnFile::read_exclude},
        {"trusted-registries", &OwnFile::read_trusted_registries},
        {"label-schema", &OwnFile::read_label_schema},
        {"strict-labels", &OwnFile::read_strict_labels},
        {"fix", &OwnFile::read_fix},
    }};
    static_assert(kReads.size() == kOwnKeys.size());
    for (const auto& [name, take] : kReads) {
      if (name == key) return take;
    }
    return nullptr;
  }

  void complain_of_key(const Node& key) {
    std::vector<std::string_view> known;
    for (const OwnKey& own : kOwnKeys) known.push_back(own.name);
    reader_.unknown("key", key, known);
  }

  void read_select(const Node& node) {
    if (node.str() == "all" || node.str() == "default") {
      settings_.all_rules = {{node.str() == "all", node.span}};
    } else {
      reader_.problem(node.span, "'select' must be default or all");
    }
  }

  // --- rules

  void read_rules(const Node& node) {
    if (!reader_.expect_mapping(node, "rules")) return;
    for (const Node::Entry& entry : node.entries) {
      const Rules& named = rules_named(entry.key->str());
      if (named.empty()) {
        complain_of_rule(*entry.key);
        continue;
      }
      RuleSetting setting;
      setting.span = entry.key->span;
      if (!read_rule(*entry.value, entry.key->str(), setting)) continue;
      for (const check::Rule* rule : named) {
        if (!set_rules_.insert(rule).second) {
          reader_.problem(entry.key->span, "'" + std::string(rule->meta.slug) +
                                               "' is set twice: '" + std::string(entry.key->str()) +
                                               "' is another name of it");
          continue;
        }
        setting.rule = rule;
        settings_.rules.push_back(setting);
      }
    }
  }

  bool read_rule(const Node& node, std::string_view name, RuleSetting& setting) {
    if (node.is_mapping()) return read_rule_mapping(node, setting);
    if (const auto severity = parse_severity(node.str());
        severity && to_string(*severity) == node.str()) {
      setting.severity = severity;
      setting.enabled = true;  // who weighs a rule wants to see it
      return true;
    }
    if (node.is_scalar() && is_switch(node)) {
      setting.enabled = reader_.flag(node, name);
      return true;
    }
    reader_.problem(node.is_null() ? setting.span : node.span,
                    "'" + std::string(name) +
                        "' must be on, off, a severity (critical, high, medium, low, info) or "
                        "{enabled, severity}");
    return false;
  }

  static bool is_switch(const Node& node) {
    return node.text == "on" || node.text == "off" ||
           (node.is_plain() && (node.text == "true" || node.text == "false"));
  }

  bool read_rule_mapping(const Node& node, RuleSetting& setting) {
    for (const Node::Entry& entry : node.entries) {
      const std::string_view key = entry.key->str();
      if (key == "enabled") {
        setting.enabled = reader_.flag(*entry.value, key);
      } else if (key == "severity") {
        setting.severity = reader_.severity(*entry.value, key);
      } else {
        reader_.unknown("key", *entry.key, {"enabled", "severity"});
      }
    }
    return true;
  }

  void complain_of_rule(const Node& name) {
    // Looking for near names costs more than all else; the first few say enough.
    const std::string_view near =
        settings_.problems.size() < limits::kConfigurationProblems ? near_slug(name.str()) : "";
    std::string message =
        "no rule is called '" + std::string(name.str().substr(0, kShownBytes)) + '\'';
    message += near.empty() ? " (plimsoll rules lists them)"
                            : "; did you mean '" + std::string(near) + "'?";
    reader_.problem(name.span, std::move(message));
  }

  // --- ignore

  void read_ignores(const Node& node) {
    if (!reader_.expect_sequence(node, "ignore")) return;
    for (const Node* item : node.items) {
      if (!within_limit(settings_.ignores.size(), *item, "ignore")) return;
      if (reader_.expect_mapping(*item, "ignore")) read_ignore(*item);
    }
  }

  void read_ignore(const Node& node) {
    const std::size_t problems = settings_.problems.size();
    Ignore ignore;
    ignore.span = node.span;
    ignore.suppression.by = path::name(settings_.source->path());
    for (const Node::Entry& entry : node.entries) read_ignore_key(entry, ignore);
    check_ignore_keys(node);
    // Half an ignore could cover more than what was meant.
    const bool says_what = !ignore.rules.empty() || !ignore.vulnerabilities.empty();
    if (settings_.problems.size() == problems && says_what) {
      settings_.ignores.push_back(std::move(ignore));
    }
  }

  void check_ignore_keys(const Node& node) {
    const bool of_vulnerability = node.find("vulnerability") != nullptr;
    if (node.find("rule") == nullptr && !of_vulnerability) {
      reader_.problem(node.span, "an ignore needs 'rule' or 'vulnerability'");
    }
    if (node.find("rule") != nullptr && of_vulnerability) {
      reader_.problem(node.span, "'rule' and 'vulnerability' are two ignores");
    }
    if (node.find("package") != nullptr && !of_vulnerability) {
      reader_.problem(node.span, "'package' is for ignores of a vulnerability");
    }
    if (node.find("subject") != nullptr && of_vulnerability) {
      reader_.problem(node.span, "'subject' is for ignores of rules");
    }
    if (node.find("reason") == nullptr) {
      reader_.problem(node.span, "an ignore needs 'reason'");
    }
  }

  void read_ignore_key(const Node::Entry& entry, Ignore& ignore) {
    const std::string_view key = entry.key->str();
    const Node& value = *entry.value;
    if (key == "rule") {
      read_ignored_rules(value, ignore);
    } else if (key == "vulnerability" || key == "package") {
      auto names = strings(value, key);
      if (!names) return;
      if (names->empty()) {
        reader_.problem(value.span, '\'' + std::string(key) + "' names none");
      }
      (key == "package" ? ignore.packages : ignore.vulnerabilities) = *std::move(names);
    } else if (key == "path") {
      read_ignored_paths(value, ignore);
    } else if (key == "subject") {
      read_subject(value, ignore);
    } else if (key == "reason") {
      read_reason(value, ignore);
    } else if (key == "owner") {
      if (const auto owner = reader_.text(value, key)) ignore.owner = *owner;
    } else if (key == "until") {
      read_until(value, ignore);
    } else {
      reader_.unknown("key", *entry.key, {kIgnoreKeyNames.begin(), kIgnoreKeyNames.end()});
    }
  }

  void read_ignored_rules(const Node& node, Ignore& ignore) {
    const auto names = reader_.texts(node, "rule");
    if (!names) return;
    if (names->empty()) reader_.problem(node.span, "'rule' names no rule");
    for (const Node* name : *names) {
      const Rules& rules = rules_silenced_by(name->str());
      if (rules.empty()) complain_of_rule(*name);
      ignore.rules.insert(ignore.rules.end(), rules.begin(), rules.end());
      if (!within_limit(ignore.rules.size(), *name, "rule")) return;
    }
  }

  void read_ignored_paths(const Node& node, Ignore& ignore) {
    const auto patterns = reader_.texts(node, "path");
    if (!patterns) return;
    if (patterns->empty()) reader_.problem(node.span, "'path' names no path");
    for (const Node* text : *patterns) {
      if (!within_limit(ignore.paths.size(), *text, "path")) return;
      if (auto pattern = path_pattern(*text, "path")) ignore.paths.push_back(std::move(*pattern));
    }
  }

  std::optional<PathPattern> path_pattern(const Node& node, std::string_view name) {
    auto pattern = PathPattern::compile(node.str());
    if (!pattern) {
      reader_.problem(node.span, "'" + std::string(name) +
                                     "' must be a glob of paths below the root of the repository");
    }
    return pattern;
  }

  void read_subject(const Node& node, Ignore& ignore) {
    const auto text = reader_.text(node, "subject");
    if (!text) return;
    if (!text->empty() && text->size() <= limits::kPathPatternBytes) {
      ignore.subject_text = *text;
      ignore.subject = Glob::compile(*text, GlobSyntax::kPath);
    }
    if (!ignore.subject) reader_.problem(node.span, "'subject' must be a glob of subjects");
  }

  void read_reason(const Node& node, Ignore& ignore) {
    const auto reason = reader_.text(node, "reason");
    if (!reason) return;
    if (ascii::trim(*reason).empty()) reader_.problem(node.span, "'reason' says nothing");
    ignore.suppression.reason = ascii::trim(*reason);
  }

  void read_until(const Node& node, Ignore& ignore) {
    const auto until = parse_date(node.str());
    if (!until) {
      return reader_.problem(node.span, "'until' must be a date such as 2027-01-31");
    }
    ignore.expired = *until < today_;
    ignore.suppression.until = node.str();
  }

  // --- thresholds and paths

  void read_fail_on(const Node& node) {
    if (node.str() == "none") {
      settings_.fail_on = {{std::nullopt, node.span}};
    } else if (const auto severity = reader_.severity(node, "fail-on")) {
      settings_.fail_on = {{severity, node.span}};
    }
  }

  void read_severity(const Node& node) {
    const auto names = reader_.texts(node, "severity");
    if (!names) return;
    if (names->empty()) reader_.problem(node.span, "'severity' names none");
    std::vector<Severity> severities;
    for (const Node* name : *names) {
      const auto severity = reader_.severity(*name, "severity");
      if (!severity) return;
      if (!within_limit(severities.size(), *name, "severity")) return;
      severities.push_back(*severity);
    }
    settings_.severity = {{std::move(severities), node.span}};
  }

  void read_targets(const Node& node) {
    auto targets = strings(node, "targets");
    if (!targets) return;
    if (targets->empty()) reader_.problem(node.span, "'targets' names none");
    settings_.targets = {{std::move(*targets), node.span}};
  }

  void read_exclude(const Node& node) {
    const auto patterns = reader_.texts(node, "exclude");
    if (!patterns) return;
    for (const Node* text : *patterns) {
      if (!within_limit(settings_.exclude.size(), *text, "exclude")) return;
      if (auto pattern = path_pattern(*text, "exclude")) {
        settings_.exclude.push_back({std::move(*pattern), text->span});
      }
    }
  }

  // --- what rules are judged by

  void read_trusted_registries(const Node& node) {
    auto registries = strings(node, "trusted-registries");
    if (registries) settings_.trusted_registries = {{std::move(*registries), node.span}};
  }

  void read_label_schema(const Node& node) {
    if (!reader_.expect_mapping(node, "label-schema")) return;
    LabelSchema schema;
    for (const Node::Entry& entry : node.entries) {
      if (!within_limit(schema.size(), *entry.key, "label-schema")) return;
      const std::string_view type = entry.value->str();
      if (is_label_type(type)) {
        schema.emplace(entry.key->str(), type);
      } else {
        reader_.unknown("type of a label", entry.value->is_scalar() ? *entry.value : *entry.key,
                        {kLabelTypes.begin(), kLabelTypes.end()});
      }
    }
    settings_.label_schema = {{std::move(schema), node.span}};
  }

  void read_strict_labels(const Node& node) {
    if (const auto strict = reader_.flag(node, "strict-labels")) {
      settings_.strict_labels = {{*strict, node.span}};
    }
  }

  void read_fix(const Node& node) {
    if (!reader_.expect_mapping(node, "fix")) return;
    std::vector<std::string_view> known;
    for (const check::FixValueName& each : check::fix_value_names()) known.push_back(each.name);
    for (const Node::Entry& entry : node.entries) {
      const std::string_view name = entry.key->str();
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        reader_.unknown("value of a fix", *entry.key, known);
        continue;
      }
      check::FixValues tried;
      const auto set = check::set_fix_value(name, entry.value->str(), tried);
      if (set) {
        settings_.fix[std::string(name)] = {std::string(entry.value->str()), entry.value->span};
      } else {
        reader_.problem(entry.value->span, set.error().message);
      }
    }
  }

  std::optional<std::vector<std::string>> strings(const Node& node, std::string_view name) {
    const auto nodes = reader_.texts(node, name);
    if (!nodes) return std::nullopt;
    std::vector<std::string> texts;
    for (const Node* one : *nodes) {
      if (!within_limit(texts.size(), *one, name)) break;
      texts.emplace_back(one->str());
    }
    return texts;
  }

  bool within_limit(std::size_t count, const Node& at, std::string_view name) {
    if (count < limits::kConfigurationEntries) return true;
    reader_.problem(at.span, "'" + std::string(name) + "' holds more than " +
                                 std::to_string(limits::kConfigurationEntries) + " entries");
    return false;
  }

  static constexpr std::size_t kShownBytes = 80;

  Settings& settings_;
  TreeReader reader_;
  Date today_;
  std::set<const check::Rule*> set_rules_;
};

}  // namespace

Settings read_own(std::string path, std::string text, Date today) {
  Settings settings;
  settings.source = std::make_unique<SourceFile>(std::move(path), std::move(text));
  OwnFile(settings, today).read();
  return settings;
}

}  // namespace plimsoll::config
