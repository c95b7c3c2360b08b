// The page as --help prints it.

#include <algorithm>
#include <string>

#include "cli/page/page.h"
#include "core/ascii.h"
#include "core/escape.h"

namespace plimsoll::cli::page {
namespace {

constexpr std::size_t kTextColumn = 26;

std::string plain(std::string_view text) {
  std::string out;
  for (const Piece& piece : pieces(text)) out += piece.text;
  return out;
}

/// Fills lines up to `width`; `column` is where the cursor is, `indent` where further lines start.
std::string fill(std::string_view text, std::size_t column, std::size_t indent, std::size_t width) {
  std::string out;
  bool at_start = true;
  for (const std::string_view word : ascii::split(text, ' ')) {
    const std::size_t columns = display_width(word);
    if (!at_start && column + 1 + columns > width) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (!at_start) {
      out += ' ';
      ++column;
    }
    out += word;
    column += columns;
    at_start = false;
  }
  return out + '\n';
}

void add_entry(std::string& out, std::string_view label, std::string_view text, std::size_t width) {
  std::string line = "  " + std::string(label);
  if (display_width(line) + 2 > kTextColumn) {
    line += '\n' + std::string(kTextColumn, ' ');
  } else {
    line.append(kTextColumn - display_width(line), ' ');
  }
  out += line + fill(plain(text), kTextColumn, kTextColumn, width);
}

void add_entries(std::string& out, std::string_view heading, const std::vector<Entry>& entries,
                 std::size_t width) {
  if (entries.empty()) return;
  out += '\n' + std::string(heading) + ":\n";
  for (const Entry& entry : entries) add_entry(out, spelling(entry), sentence(entry), width);
}

}  // namespace

std::string to_help(const Page& page, std::size_t width) {
  width = std::clamp<std::size_t>(width, 60, 100);
  std::string out = page.title + ".\n\nUsage: " + page.synopsis + '\n';
  for (const std::string_view paragraph : paragraphs(page.about)) {
    out += '\n' + fill(plain(paragraph), 0, 0, width);
  }
  add_entries(out, "Commands", page.commands, width);
  add_entries(out, "Arguments", page.arguments, width);
  for (const Group& group : groups_of(page.options)) {
    out += '\n' + group.heading + ":\n";
    for (const Entry* each : group.options) add_entry(out, spelling(*each), sentence(*each), width);
  }
  if (!page.samples.empty()) out += "\nExamples:\n";
  for (const Sample& sample : page.samples) {
    out +=
        "  " + std::string(sample.line) + "\n      " + fill(plain(sample.what) + '.', 6, 6, width);
  }
  if (!page.statuses.empty()) out += "\nExit status:\n";
  for (const Status& status : page.statuses) {
    out += "  " + std::to_string(static_cast<int>(status.exit)) + "  " +
           fill(plain(status.when), 5, 5, width);
  }
  return out;
}

}  // namespace plimsoll::cli::page
