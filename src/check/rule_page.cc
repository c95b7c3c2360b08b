#include "check/rule_page.h"

#include <string_view>

namespace plimsoll::check {
namespace {

/// The examples without the marks of the test harness.
std::string unmarked(std::string_view text) {
  std::string out(text);
  for (const std::string_view mark : {"«", "»"}) {
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at)) {
      out.erase(at, mark.size());
    }
  }
  return out;
}

bool fires(const Example& example) {
  return ascii::contains(example.before.str(), "«");
}

void add_example(std::string& page, const Example& example) {
  page +=
      "\n**" + std::string(example.name) + "**\n\n```\n" + unmarked(example.before.str()) + "```\n";
  if (!example.after.empty()) {
    page += "\nbecomes\n\n```\n" + std::string(example.after) + "```\n";
  }
}

void add_line(std::string& page, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  page += "- " + std::string(label) + ": " + std::string(value) + '\n';
}

}  // namespace

std::string rule_page(const Rule& rule) {
  const Meta& meta = rule.meta;
  std::string page = "# " + std::string(meta.slug) + "\n\n" + std::string(meta.title) + ".\n\n";
  add_line(page, "Severity", to_string(meta.severity));
  add_line(page, "Control", id(meta.control));
  add_line(page, "Kind", kind_of(rule));
  add_line(page, "Default set", meta.enabled ? "yes" : "no (`--rules all`)");
  add_line(page, "Fix", to_string(meta.fix_safety));
  add_line(page, "Known elsewhere as", meta.aliases);
  page += "\n## Why\n\n" + std::string(meta.why) + '\n';
  if (!meta.fix_note.empty()) page += "\n## What to do\n\n" + std::string(meta.fix_note) + '\n';
  page += "\n## Fires on\n";
  for (const Example& example : rule.examples) {
    if (fires(example)) add_example(page, example);
  }
  page += "\n## Silent on\n";
  for (const Example& example : rule.examples) {
    if (!fires(example)) add_example(page, example);
  }
  if (!meta.sources.empty()) {
    page += "\n## Sources\n\n";
    for (const std::string_view source : ascii::split(meta.sources, ' ')) {
      page += "- <" + std::string(source) + ">\n";
    }
  }
  return page;
}

std::string rule_index() {
  std::string page =
      "# Rules\n\nGenerated from the rules themselves (`script/bless` writes it, a test compares "
      "it).\n**Bold** severities belong to the default set; the others are shown with "
      "`--rules all`.\n";
  for (const std::string_view kind :
       {"dockerfile", "workload", "compose", "kubernetes", "host", "image", "project", "yaml"}) {
    page +=
        "\n## " + std::string(kind) + "\n\n| rule | severity | what | fix |\n|---|---|---|---|\n";
    for (const Rule* rule : all_rules()) {
      if (kind_of(*rule) != kind) continue;
      const Meta& meta = rule->meta;
      const std::string severity(to_string(meta.severity));
      page += "| [" + std::string(meta.slug) + "](" + std::string(meta.slug) + ".md) | " +
              (meta.enabled ? "**" + severity + "**" : severity) + " | " + std::string(meta.title) +
              " | " + std::string(to_string(meta.fix_safety)) + " |\n";
    }
  }
  return page;
}

}  // namespace plimsoll::check
