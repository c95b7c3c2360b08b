// The page as a manual page. Only macros of man(7) that both groff and mandoc know.

#include <string>

#include "cli/page/page.h"
#include "core/ascii.h"
#include "core/version.h"

namespace plimsoll::cli::page {
namespace {

constexpr std::size_t kColumns = 76;  // lint asks for lines shorter than 80 bytes

/// What is typed keeps its ASCII: roff would set '-' as a hyphen and quotes as curly ones.
std::string escape(std::string_view text, bool typed) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (typed && c == '-') {
      out += "\\-";
    } else if (typed && c == '\'') {
      out += "\\(aq";
    } else if (typed && c == '`') {
      out += "\\(ga";
    } else if (typed && c == '^') {
      out += "\\(ha";
    } else if (typed && c == '~') {
      out += "\\(ti";
    } else {
      out += c;
    }
  }
  return out;
}

std::string bold(std::string_view text) {
  return "\\fB" + escape(text, true) + "\\fR";
}

/// A line that starts with '.' or ''' would be a request.
std::string guard(std::string line) {
  if (line.starts_with('.') || line.starts_with('\'')) line.insert(0, "\\&");
  return line;
}

std::string fill(std::string_view text) {
  std::string out;
  std::string line;
  for (const std::string_view word : ascii::split(text, ' ')) {
    if (!line.empty() && line.size() + 1 + word.size() > kColumns) {
      out += guard(std::move(line)) + '\n';
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  return out + guard(std::move(line)) + '\n';
}

std::string prose(std::string_view text) {
  std::string out;
  for (const Piece& piece : pieces(text)) {
    out += piece.typed ? bold(piece.text) : escape(piece.text, false);
  }
  return fill(out);
}

std::string label(const Entry& entry) {
  std::string out;
  for (const std::string& name : entry.names) {
    if (!out.empty()) out += ", ";
    out += entry.positional ? "\\fI" + escape(name, true) + "\\fR" : bold(name);
  }
  if (entry.positional) return out + (entry.many ? "..." : "");
  return entry.type_name.empty() ? out : out + " \\fI" + escape(entry.type_name, true) + "\\fR";
}

void add_entries(std::string& out, std::string_view heading, const std::vector<Entry>& entries) {
  if (entries.empty()) return;
  out += ".SH " + std::string(heading) + '\n';
  for (const Entry& entry : entries) out += ".TP\n" + label(entry) + '\n' + prose(sentence(entry));
}

/// Manual pages have one section of options; what is beside the command's own is a part of it.
void add_options(std::string& out, const std::vector<Entry>& options) {
  if (options.empty()) return;
  out += ".SH OPTIONS\n";
  for (const Group& group : groups_of(options)) {
    if (group.heading != kOwnOptions) out += ".SS " + escape(group.heading, false) + '\n';
    for (const Entry* each : group.options) {
      out += ".TP\n" + label(*each) + '\n' + prose(sentence(*each));
    }
  }
}

void add_samples(std::string& out, std::span<const Sample> samples) {
  if (samples.empty()) return;
  out += ".SH EXAMPLES\n";
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (i > 0) out += ".PP\n";
    out += prose(std::string(samples[i].what) + ':') + ".PP\n.RS 4\n.EX\n" +
           guard(escape(samples[i].line, true)) + "\n.EE\n.RE\n";
  }
}

void add_statuses(std::string& out, std::span<const Status> statuses) {
  if (statuses.empty()) return;
  out += ".SH EXIT STATUS\n";
  for (const Status& status : statuses) {
    out +=
        ".TP\n" + bold(std::to_string(static_cast<int>(status.exit))) + '\n' + prose(status.when);
  }
}

void add_see_also(std::string& out, const Page& page) {
  out += ".SH SEE ALSO\n";
  std::vector<std::string> stems;
  for (const Entry& command : page.commands) stems.push_back("plimsoll-" + command.names.front());
  if (stems.empty()) stems.emplace_back("plimsoll");
  for (std::size_t i = 0; i < stems.size(); ++i) {
    out += ".BR " + escape(stems[i], true) + " (1)" + (i + 1 < stems.size() ? " ,\n" : "\n");
  }
}

}  // namespace

std::string to_roff(const Page& page, std::string_view date) {
  const std::string stem = file_stem(page);
  std::string out = ".TH \"" + ascii::upper(stem) + "\" \"1\" \"" + std::string(date) +
                    "\" \"plimsoll " + kVersion + "\" \"User commands\"\n.SH NAME\n" +
                    escape(stem, true) + " \\- " + escape(page.title, false) + '\n' +
                    ".SH SYNOPSIS\n" +
                    fill(bold(page.name) +
                         escape(std::string_view(page.synopsis).substr(page.name.size()), true));
  if (!page.about.empty()) out += ".SH DESCRIPTION\n";
  bool first = true;
  for (const std::string_view paragraph : paragraphs(page.about)) {
    if (!first) out += ".PP\n";
    out += prose(paragraph);
    first = false;
  }
  add_entries(out, "COMMANDS", page.commands);
  add_entries(out, "ARGUMENTS", page.arguments);
  add_options(out, page.options);
  add_samples(out, page.samples);
  add_statuses(out, page.statuses);
  add_see_also(out, page);
  return out;
}

}  // namespace plimsoll::cli::page
