#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "check/rule.h"
#include "check/rule_page.h"
#include "cli/command.h"
#include "cli/output.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::string slug;
  std::string format = "table";
  bool no_color = false;
};

nlohmann::ordered_json to_json(const check::Rule& rule) {
  const check::Meta& meta = rule.meta;
  nlohmann::ordered_json aliases = nlohmann::ordered_json::array();
  for (const std::string_view alias : ascii::split(meta.aliases, ' ')) {
    if (!alias.empty()) aliases.push_back(alias);
  }
  return {{"slug", meta.slug},
          {"title", meta.title},
          {"severity", to_string(meta.severity)},
          {"kind", check::kind_of(rule)},
          {"control", id(meta.control)},
          {"fix_safety", to_string(meta.fix_safety)},
          {"enabled", meta.enabled},
          {"aliases", std::move(aliases)},
          {"why", meta.why}};
}

std::string list_json(const std::string& slug) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const check::Rule* rule : check::all_rules()) {
    if (slug.empty() || rule->meta.slug == slug) list.push_back(to_json(*rule));
  }
  return list.dump(2) + '\n';
}

std::string list_table() {
  std::string out;
  std::string_view kind;
  for (const std::string_view each :
       {"dockerfile", "workload", "compose", "kubernetes", "host", "project", "yaml"}) {
    for (const check::Rule* rule : check::all_rules()) {
      if (check::kind_of(*rule) != each) continue;
      if (kind != each) out += fmt::format("{}{}\n", kind.empty() ? "" : "\n", each);
      kind = each;
      out += fmt::format("  {} {:<8}  {:<38} {}\n", rule->meta.enabled ? "*" : " ",
                         to_string(rule->meta.severity), rule->meta.slug, rule->meta.title);
    }
  }
  return out + "\n* in the default set; --rules all shows the others' findings too\n";
}

Exit run(const Options& options) {
  std::string text;
  const check::Rule* rule = nullptr;
  if (!options.slug.empty()) {
    rule = check::find_rule(options.slug);
    if (rule == nullptr) {
      if (const auto aliased = check::rules_for_alias(options.slug); !aliased.empty()) {
        rule = aliased.front();
      }
    }
    if (rule == nullptr) {
      complain("no rule is called '" + options.slug + "'");
      return Exit::kUsage;
    }
  }
  if (options.format == "json") {
    text = list_json(rule == nullptr ? std::string() : std::string(rule->meta.slug));
  } else if (options.format == "table") {
    text = rule == nullptr ? list_table() : check::rule_page(*rule);
  } else {
    complain("unknown format '" + options.format + "'");
    return Exit::kUsage;
  }
  const auto written = write_output(text, "");
  return written ? Exit::kClean : Exit::kEnvironment;
}

std::function<Exit()> declare(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11's callbacks and the command
  app.add_option("slug", options->slug,
                 "The rule to explain: a slug, or a peer's id such as `hadolint:DL3002`; without "
                 "it, all rules are listed")
      ->type_name("RULE");
  app.add_option("--format", options->format, "Print text for people, or JSON")
      ->capture_default_str()
      ->type_name("table|json");
  app.add_flag("--no-color", options->no_color, "Print without colour, as with `NO_COLOR` set");
  return [options] { return run(*options); };
}

constexpr Sample kSamples[] = {
    {"plimsoll rules", "List all rules; a star marks the default set"},
    {"plimsoll rules docker-socket-mounted", "Explain one rule, with examples and sources"},
    {"plimsoll rules hadolint:DL3002", "Explain the rule that hadolint calls DL3002"},
    {"plimsoll rules AVD-DS-0002",
     "The same by one of trivy's spellings; the tool may be left out"},
    {"plimsoll rules --format json", "The whole catalogue, for programs"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "all was printed"},
    {Exit::kUsage, "the command line is wrong, or no rule has this name"},
    {Exit::kEnvironment, "nothing could be written"},
};

}  // namespace

const Command& rules() {
  static constexpr Command kCommand{
      .name = "rules",
      .title = "List the rules, or explain one",
      .declare = declare,
      .about =
          "Prints the catalogue, or the page of one rule: what it finds, why that matters, "
          "what to do, examples on which it fires and on which it stays silent, sources.",
      .samples = kSamples,
      .statuses = kStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
