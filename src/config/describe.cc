#include "config/describe.h"

#include <nlohmann/json.hpp>

#include "core/escape.h"

namespace plimsoll::config {
namespace {

/// JSON is YAML; escaped down to ASCII it is also safe to look at.
std::string json_of(std::string_view text) {
  return nlohmann::json(to_utf8(text)).dump(-1, ' ', true);
}

template <class Items, class Write>
std::string list_of(const Items& items, const Write& write) {
  std::string list;
  for (const auto& item : items) list += (list.empty() ? "" : ", ") + std::string(write(item));
  return '[' + list + ']';
}

std::string comment(std::string_view from) {
  return "  # " + escape_terminal(from) + '\n';
}

std::string_view on_or_off(bool on) {
  return on ? "on" : "off";
}

class Describing {
 public:
  explicit Describing(const Configuration& from) : from_(from) {}

  std::string run() && {
    files();
    thresholds();
    rules();
    paths();
    options();
    ignores();
    return std::move(out_);
  }

 private:
  void line(std::string_view key, std::string_view value, std::string_view from) {
    out_ += std::string(key) + ": " + std::string(value) + comment(from);
  }

  void files() {
    if (from_.files.empty()) out_ += "# no configuration was found\n";
    for (const std::string& file : from_.files) out_ += "# read: " + escape_terminal(file) + '\n';
  }

  void thresholds() {
    const auto& all = from_.all_rules;
    line("select", all && all->value ? "all" : "default", all ? all->from : "usual");
    const auto& fail_on = from_.fail_on;
    if (fail_on) {
      line("fail-on", fail_on->value ? to_string(*fail_on->value) : "none", fail_on->from);
    } else {
      line("fail-on", "high", "usual");
    }
    if (const auto& shown = from_.severity) {
      line("severity", list_of(shown->value, [](Severity one) { return to_string(one); }),
           shown->from);
    }
  }

  void rules() {
    if (!from_.rules.empty()) out_ += "rules:\n";
    for (const auto& [slug, change] : from_.rules) {
      std::string value;
      std::string from;
      if (change.enabled) {
        value = "enabled: " + std::string(on_or_off(change.enabled->value));
        from = change.enabled->from;
      }
      if (change.severity) {
        value += (value.empty() ? "" : ", ") +
                 ("severity: " + std::string(to_string(change.severity->value)));
        if (from != change.severity->from)
          from += (from.empty() ? "" : ", ") + change.severity->from;
      }
      out_ += "  " + std::string(slug) + ": {" + value + '}' + comment(from);
    }
  }

  void paths() {
    if (const auto& targets = from_.targets) {
      line("targets", list_of(targets->value, json_of), targets->from);
    }
    if (!from_.exclude.empty()) out_ += "exclude:\n";
    for (const Exclusion& one : from_.exclude) {
      out_ += "  - " + json_of(one.pattern.text()) + comment(one.from);
    }
  }

  void options() {
    if (const auto& trusted = from_.trusted_registries) {
      line("trusted-registries", list_of(trusted->value, json_of), trusted->from);
    }
    if (const auto& schema = from_.label_schema) {
      const auto entry = [](const auto& label) {
        return json_of(label.first) + ": " + label.second;
      };
      std::string labels = list_of(schema->value, entry);
      labels.front() = '{';
      labels.back() = '}';
      line("label-schema", labels, schema->from);
    }
    if (const auto& strict = from_.strict_labels) {
      line("strict-labels", on_or_off(strict->value), strict->from);
    }
    if (!from_.fix.empty()) out_ += "fix:\n";
    for (const auto& [name, value] : from_.fix) {
      out_ += "  " + name + ": " + json_of(value.value) + comment(value.from);
    }
  }

  void ignores() {
    if (!from_.ignores.empty()) out_ += "ignore:\n";
    for (const LiveIgnore& live : from_.ignores) {
      const Ignore& ignore = live.ignore;
      const auto slug = [](const check::Rule* rule) { return rule->meta.slug; };
      const auto quoted = [](const std::string& text) { return json_of(text); };
      out_ += ignore.rules.empty() ? "  - vulnerability: " + list_of(ignore.vulnerabilities, quoted)
                                   : "  - rule: " + list_of(ignore.rules, slug);
      out_ += comment(live.from);
      if (!ignore.packages.empty()) field("package", list_of(ignore.packages, quoted));
      if (!ignore.paths.empty()) {
        const auto text = [](const PathPattern& path) { return json_of(path.text()); };
        field("path", list_of(ignore.paths, text));
      }
      if (ignore.subject) field("subject", json_of(ignore.subject_text));
      // Peers ask for none.
      field("reason",
            json_of(ignore.suppression.reason.empty() ? "none given" : ignore.suppression.reason));
      if (!ignore.owner.empty()) field("owner", json_of(ignore.owner));
      if (!ignore.suppression.until.empty()) field("until", json_of(ignore.suppression.until));
    }
  }

  void field(std::string_view key, const std::string& value) {
    out_ += "    " + std::string(key) + ": " + value + '\n';
  }

  const Configuration& from_;
  std::string out_;
};

}  // namespace

std::string describe(const Configuration& configuration) {
  return Describing(configuration).run();
}

}  // namespace plimsoll::config
