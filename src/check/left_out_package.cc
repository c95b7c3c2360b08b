#include "check/left_out_package.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "check/package_manager.h"
#include "check/word_list.h"
#include "core/splice.h"

namespace plimsoll::check {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;
using shell::Command;
using shell::Connector;

std::uint32_t line_begin(std::string_view text, std::uint32_t at) {
  while (at > 0 && text[at - 1] != '\n') --at;
  return at;
}
std::uint32_t next_line(std::string_view text, std::uint32_t at) {
  const std::size_t end = text.find('\n', at);
  return static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end + 1);
}
bool is_blank_line(std::string_view text, std::uint32_t begin) {
  return ascii::trim(text.substr(begin, next_line(text, begin) - begin)).empty();
}

bool is_install(const Command& command) {
  const PackageCommand read = read_package_command(command);
  return read && read.installs();
}

/// What is left of a list of commands without some that follow each other.
struct Range {
  std::size_t first = 0;
  std::size_t last = 0;
};

bool is_tied(const Command& command) {
  return command.connector == Connector::kFirst || command.connector == Connector::kAnd ||
         command.connector == Connector::kSequence;
}

std::uint32_t end_of(const Command& command) {
  std::uint32_t end = command.span.end;
  for (const shell::Redirect& redirect : command.redirects) end = std::max(end, redirect.span.end);
  return end;
}

bool is_cleaning(const Command& command) {
  const PackageCommand read = read_package_command(command);
  if (read && (read.cleans() || has_word("clean autoclean autoremove", read.verb))) return true;
  if (command.name() != "rm") return false;
  return std::all_of(command.begin(), command.end(), [](const shell::Word& word) {
    return word.value.starts_with('-') || word.value.starts_with("/var/lib/apt/lists") ||
           word.value.starts_with("/var/cache/");
  });
}

bool is_refreshing(const Command& command) {
  const PackageCommand read = read_package_command(command);
  return read && read.refreshes();
}

/// Some later RUN relies on what `run` has fetched.
bool is_relied_upon(const DockerfileView& view, const Instruction& run) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& other : view.file.of(*stage)) {
      if (other.keyword != Keyword::kRun || &other == &run) continue;
      bool refreshed = false;
      for (const Command& command : other.script.commands) {
        refreshed = refreshed || is_refreshing(command);
        const PackageCommand read = read_package_command(command);
        if (read && read.tool() == PackageTool::kApt && read.installs() && !refreshed) return true;
      }
    }
  }
  return false;
}

using dockerfile::Edits;
using Reason = tl::unexpected<std::string>;

/// Takes commands out of their list with the operator that ties them to it.
Edits without_commands(const DockerfileView& view, const Instruction& run, Range range) {
  const auto& commands = run.script.commands;
  const Reason tangled("the script around it would have to change");
  for (std::size_t i = range.first; i <= range.last + 1 && i < commands.size(); ++i) {
    const Command& each = commands[i];
    if (each.depth > 0 || each.nested || !is_tied(each) || each.words.empty() ||
        !dockerfile::is_editable(view.file, run, each, each.words.front())) {
      return tangled;
    }
  }
  const bool leads = range.first == 0;
  if (!leads && (commands[range.first - 1].depth > 0 || commands[range.first - 1].nested)) {
    return tangled;
  }
  const std::uint32_t begin =
      leads ? commands.front().span.begin : end_of(commands[range.first - 1]);
  const std::uint32_t end =
      leads ? commands[range.last + 1].span.begin : end_of(commands[range.last]);
  const std::string_view text = run.script_text.text;
  const std::string_view tie = ascii::trim(
      leads ? text.substr(end_of(commands[range.last]), end - end_of(commands[range.last]))
            : text.substr(begin, commands[range.first].span.begin - begin));
  if (tie != "&&" && tie != ";") return tangled;
  // From where a command stands to where the next one stands, or from end to end.
  const Span span =
      leads ? Span{run.source(Span{begin, begin + 1}).begin, run.source(Span{end, end + 1}).begin}
            : Span{run.source(Span{begin - 1, begin}).end, run.source(Span{end - 1, end}).end};
  if (view.file.source->slice(span).find('#') != std::string_view::npos) return tangled;
  return std::vector<Edit>{{span, ""}};
}

/// Without its comments, and with one blank line where there were two.
Edits without_run(const DockerfileView& view, const Instruction& run) {
  const std::string_view text = view.file.source->text();
  Span block = block_of(view, run);
  if (block.begin == 0) return dockerfile::remove_instruction(view.file, run);
  const bool blank_above = is_blank_line(text, line_begin(text, block.begin - 1));
  if (blank_above && block.end < text.size() && is_blank_line(text, block.end)) {
    block.end = next_line(text, block.end);
  }
  return std::vector<Edit>{{block, ""}};
}

/// Without the command that would install nothing, and what only served it.
Edits without_install(const DockerfileView& view, const Instruction& run, std::size_t at) {
  const auto& commands = run.script.commands;
  const auto installs = std::count_if(commands.begin(), commands.end(), is_install);
  Range range{at, at};
  if (installs == 1) {
    while (range.first > 0 && is_refreshing(commands[range.first - 1])) --range.first;
    while (range.last + 1 < commands.size() && is_cleaning(commands[range.last + 1])) ++range.last;
    if (range.first < at && is_relied_upon(view, run)) {
      return Reason("another RUN installs from the lists that this one fetches");
    }
  }
  const auto is_idle = [](const Command& each) { return each.name() == "set"; };
  const bool all =
      std::all_of(commands.begin(), commands.begin() + static_cast<std::ptrdiff_t>(range.first),
                  is_idle) &&
      range.last + 1 == commands.size();
  if (all) return without_run(view, run);
  return without_commands(view, run, range);
}

/// Takes neighbours out together, as one may end the line of the other.
Edits without_words(const DockerfileView& view, const Instruction& run, const Command& command,
                    const std::vector<const shell::Word*>& words) {
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!dockerfile::is_editable(view.file, run, command, *words[i])) {
      return Reason("the command stands inside a string");
    }
    Span span = run.source(words[i]->span);
    while (i + 1 < words.size() && words[i + 1] == words[i] + 1) {
      span.end = run.source(words[++i]->span).end;
    }
    if (view.file.source->slice(span).find('#') != std::string_view::npos) {
      return Reason("a comment stands between");
    }
    auto removed = dockerfile::remove_word(view.file, span);
    if (!removed) return removed;
    edits.insert(edits.end(), removed->begin(), removed->end());
  }
  return edits;
}

}  // namespace

Span block_of(const DockerfileView& view, const Instruction& run) {
  const std::string_view text = view.file.source->text();
  std::uint32_t begin = line_begin(text, run.full_span.begin);
  while (begin > 0) {
    const std::uint32_t above = line_begin(text, begin - 1);
    if (!ascii::trim(text.substr(above, begin - above)).starts_with('#')) break;
    begin = above;
  }
  return {begin, next_line(text, run.full_span.end)};
}

Edits leave_out(const DockerfileView& view, const Instruction& run,
                const std::vector<const shell::Word*>& words) {
  if (run.onbuild || run.exec_form) return Reason("the command is not written plainly");
  std::vector<Edit> edits;
  const auto& commands = run.script.commands;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    PackageCommand install = read_package_command(commands[i]);
    if (!install || !install.installs()) continue;
    std::vector<const shell::Word*> here;
    bool others = false;
    while (const shell::Word* word = install.operands.next()) {
      if (std::find(words.begin(), words.end(), word) != words.end()) {
        here.push_back(word);
      } else {
        others = true;
      }
    }
    if (here.empty()) continue;
    if (commands[i].has_flag("--virtual") || commands[i].has_flag("-t")) {
      return Reason("its packages are a group");
    }
    auto removed =
        others ? without_words(view, run, commands[i], here) : without_install(view, run, i);
    if (!removed) return removed;
    edits.insert(edits.end(), removed->begin(), removed->end());
  }
  if (edits.empty() || !plain_edits(edits)) return Reason("the changes it needs overlap");
  return edits;
}

}  // namespace plimsoll::check
