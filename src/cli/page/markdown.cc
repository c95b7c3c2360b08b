// The page as Markdown, for docs/commands.

#include <string>

#include "cli/page/page.h"
#include "core/ascii.h"

namespace plimsoll::cli::page {
namespace {

/// Prose holds no markup but `…`; inside that nothing is special but the grave accent, which ends
/// it.
std::string prose(std::string_view text) {
  std::string out;
  for (const Piece& piece : pieces(text)) {
    if (piece.typed) {
      out += '`' + std::string(piece.text) + '`';
      continue;
    }
    for (const char c : piece.text) {
      if (ascii::contains("\\*_<>[]|#", std::string_view(&c, 1))) out += '\\';
      out += c;
    }
  }
  return out;
}

void add_entry(std::string& out, const Entry& entry) {
  out += "- `" + spelling(entry) + "`: " + prose(sentence(entry)) + '\n';
}

void add_arguments(std::string& out, const std::vector<Entry>& arguments) {
  if (arguments.empty()) return;
  out += "\n## Arguments\n\n";
  for (const Entry& each : arguments) add_entry(out, each);
}

void add_options(std::string& out, const std::vector<Entry>& options) {
  for (const Group& group : groups_of(options)) {
    out += "\n## " + group.heading + "\n\n";
    for (const Entry* each : group.options) add_entry(out, *each);
  }
}

std::string link(const Entry& command) {
  return '[' + command.names.front() + "](" + command.names.front() + ".md)";
}

void add_commands(std::string& out, const std::vector<Entry>& commands) {
  if (commands.empty()) return;
  out += "\n## Commands\n\n| command | does |\n|---|---|\n";
  for (const Entry& command : commands) {
    out += "| " + link(command) + " | " + prose(command.text) + " |\n";
  }
}

}  // namespace

std::string to_markdown(const Page& page) {
  std::string out =
      "# " + page.name + "\n\n" + prose(page.title) + ".\n\n```text\n" + page.synopsis + "\n```\n";
  for (const std::string_view paragraph : paragraphs(page.about)) {
    out += '\n' + prose(paragraph) + '\n';
  }
  add_commands(out, page.commands);
  add_arguments(out, page.arguments);
  add_options(out, page.options);
  if (!page.samples.empty()) out += "\n## Examples\n";
  for (const Sample& sample : page.samples) {
    out += '\n' + prose(sample.what) + ":\n\n```\n" + std::string(sample.line) + "\n```\n";
  }
  if (!page.statuses.empty()) out += "\n## Exit status\n\n| status | when |\n|---|---|\n";
  for (const Status& status : page.statuses) {
    out +=
        "| " + std::to_string(static_cast<int>(status.exit)) + " | " + prose(status.when) + " |\n";
  }
  return out;
}

std::string markdown_index(const Page& root) {
  return to_markdown(root) +
         "\nThese pages are made from the same source as `--help` and the manual pages: "
         "`script/bless` writes\nthem, a test compares them.\n";
}

}  // namespace plimsoll::cli::page
