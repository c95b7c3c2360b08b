#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "cli/command.h"
#include "cli/completion/completion.h"
#include "cli/output.h"
#include "cli/page/page.h"
#include "cli/program.h"
#include "core/date.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::string command;
  std::string format = "markdown";
  std::string folder;
};

bool is_root(const page::Page& page) {
  return !page.commands.empty();
}

std::string render(const page::Page& page, bool roff) {
  if (roff) return page::to_roff(page, to_string(today()));
  return is_root(page) ? page::markdown_index(page) : page::to_markdown(page);
}

std::string file_name(const page::Page& page, bool roff) {
  if (roff) return page::file_stem(page) + ".1";
  return is_root(page) ? "README.md" : page.name.substr(page.name.find(' ') + 1) + ".md";
}

Exit fail_with(const Error& error) {
  complain(error.to_line());
  return Exit::kEnvironment;
}

Exit write_folder(const std::vector<page::Page>& pages, const std::string& folder, bool roff) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);  // said by the first write, if it matters
  for (const page::Page& page : pages) {
    const auto written = write_output(render(page, roff), folder + '/' + file_name(page, roff));
    if (!written) return fail_with(written.error());
  }
  return Exit::kClean;
}

Exit run(const Options& options) {
  const bool roff = options.format == "man";
  if (!roff && options.format != "markdown") {
    complain("unknown format '" + options.format + "'");
    return Exit::kUsage;
  }
  const Program program;
  std::vector<page::Page> pages = completion::command_pages(program.app());
  pages.insert(pages.begin(), page::page_of(program.app()));
  if (!options.command.empty()) {
    std::erase_if(pages, [&options](const page::Page& page) {
      return page.name != "plimsoll " + options.command;
    });
    if (pages.empty()) {
      complain("no command is called '" + options.command + "'");
      return Exit::kUsage;
    }
  }
  if (!options.folder.empty()) return write_folder(pages, options.folder, roff);
  const auto written = write_output(render(pages.front(), roff), "");
  return written ? Exit::kClean : Exit::kEnvironment;
}

std::function<Exit()> declare(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11's callbacks and the command
  app.add_option("command", options->command,
                 "The command whose page is wanted; without it, the page of plimsoll itself")
      ->type_name("COMMAND");
  app.add_option("--format", options->format, "Print Markdown, or roff for `man`")
      ->capture_default_str()
      ->type_name("markdown|man");
  app.add_option("--folder", options->folder,
                 "Write the page into this folder, or without COMMAND all pages")
      ->type_name("FOLDER");
  return [options] { return run(*options); };
}

constexpr Sample kSamples[] = {
    {"plimsoll manual --format man audit | man -l -", "Read the manual page of a command"},
    {"plimsoll manual --format man --folder man1", "Write all manual pages, for a package"},
};

}  // namespace

const Command& manual() {
  static constexpr Command kCommand{
      .name = "manual",
      .title = "Print the manual of a command",
      .declare = declare,
      .about =
          "Prints what `--help` says as a Markdown or manual page. The date of a manual page "
          "is that of `SOURCE_DATE_EPOCH` when it is set.",
      .samples = kSamples,
      .statuses = kPrintingStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
