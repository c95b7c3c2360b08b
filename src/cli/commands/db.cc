#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/database.h"
#include "cli/feed_update.h"
#include "cli/line_answers.h"
#include "cli/output.h"
#include "cli/version_question.h"
#include "core/ascii.h"
#include "version/order.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::string action;
  std::vector<std::string> operands;
  bool range = false;
  std::string database = default_database();
  std::string format = "table";
  bool quiet = false;
  UpdateFlags update;
};

Exit compare_lines(const VersionQuestion& question) {
  return answer_lines(
      [&](std::string_view line) { return answer(question, ascii::split(line, '\t')); });
}

Exit compare_operands(const VersionQuestion& question, const std::vector<std::string>& operands) {
  const std::vector<std::string_view> columns(operands.begin(), operands.end());
  const auto found = answer(question, columns);
  if (!found) {
    complain(found.error().message);
    return Exit::kUsage;
  }
  const auto written = write_output(std::string(*found) + '\n', "");
  if (written) return Exit::kClean;
  complain(written.error().to_line());
  return Exit::kEnvironment;
}

Exit compare(const Options& options) {
  VersionQuestion question{.is_range = options.range};
  const bool reads_lines = options.operands.empty() || options.operands.back() == "-";
  if (!reads_lines) return compare_operands(question, options.operands);
  if (options.operands.size() > 2) {
    complain("db compare takes at most an ecosystem before '-'");
    return Exit::kUsage;
  }
  if (options.operands.size() == 2) {
    question.order = version::find_order(options.operands.front());
    if (question.order == nullptr) {
      complain("no ecosystem is called '" + options.operands.front() +
               "' (known: those of OSV, and " + version::order_names() + ")");
      return Exit::kUsage;
    }
  }
  return compare_lines(question);
}

Exit wants_none(const Options& options) {
  complain("db " + options.action + " takes no operand, but '" + options.operands.front() + "'");
  return Exit::kUsage;
}

Exit import(const Options& options) {
  if (options.operands.empty()) {
    complain("db import wants the files or folders of feeds");
    return Exit::kUsage;
  }
  return import_feeds(options.operands, options.database, options.quiet);
}

Exit update(const Options& options) {
  if (!options.operands.empty()) return wants_none(options);
  if (options.update.list) return list_feeds(options.update, options.format == "json");
  return update_database(options.update, options.database, options.quiet);
}

Exit status(const Options& options) {
  if (!options.operands.empty()) return wants_none(options);
  return print_status(options.database, options.format == "json");
}

Exit verify(const Options& options) {
  if (!options.operands.empty()) return wants_none(options);
  return verify_database(options.database);
}

struct Action {
  std::string_view name;
  Exit (*run)(const Options& options);
};

constexpr Action kActions[] = {{"compare", compare},
                               {"import", import},
                               {"status", status},
                               {"update", update},
                               {"verify", verify}};

Exit run(const Options& options) {
  for (const Action& action : kActions) {
    if (action.name == options.action) return action.run(options);
  }
  complain("db does not know '" + options.action +
           "', only compare, import, status, update and verify");
  return Exit::kUsage;
}

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11's callbacks and the command
  app.add_option(
         "action", options->action,
         "Download the public feeds and make the database of them; make it of files; say how old "
         "it "
         "is and what it covers; see that it is undamaged; or compare versions as the tools of an "
         "ecosystem do")
      ->required()
      ->type_name("update|import|status|verify|compare");
  app.add_option(
         "operands", options->operands,
         "Of `import`: files and folders of feeds. Of `compare`: an ecosystem and two "
         "versions; an ecosystem, the word `in`, a range and a version; or `-` for lines of "
         "these on standard input, with tabs between, behind the ecosystem if it is the "
         "same for all")
      ->type_name("OPERAND");
  app.add_flag("--range", options->range,
               "Two operands behind the ecosystem are a range and a version, also where they look "
               "like two versions");
  app.add_option("--db", options->database, "The database of advisories")->type_name("FILE");
  app.add_option("--format", options->format, "How `status` and `update --list` print")
      ->type_name("table|json")
      ->check(CLI::IsMember({"table", "json"}).description(""));
  declare(app, options->update);
  app.add_flag("--quiet,-q", options->quiet, "Say only what went wrong");
  return [options]() -> Exit { return run(*options); };
}

constexpr Sample kSamples[] = {
    {"plimsoll db update", "Download the public feeds, and make the database of them"},
    {"plimsoll db update --ecosystem debian,npm", "Only what images of that kind need"},
    {"plimsoll db update --mirror /media/feeds --only-mirror", "Without a network"},
    {"plimsoll db import osv/ epss_scores.csv.gz known_exploited_vulnerabilities.json",
     "Make the database of what was downloaded"},
    {"plimsoll db status", "Say how old it is and what it covers"},
    {"plimsoll db compare Debian:12 1.0~rc1 1.0", "Tell which of two versions is later"},
    {"plimsoll db compare npm in '^1.2 || 3.x' 1.9.0", "Tell whether a range has a version"},
    {"plimsoll db compare - < pairs.tsv", "Answer many such lines"},
    {"plimsoll db compare PyPI - < pairs.tsv", "The same for lines without an ecosystem"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "every question was answered, or the database is made or good"},
    {Exit::kUsage, "the command line is wrong"},
    {Exit::kRejected,
     "a line of standard input is no question, no file is a feed, or the database is damaged"},
    {Exit::kIncomplete, "some files of feeds could not be read; the database has the others"},
    {Exit::kEnvironment,
     "something could not be read or written, or a feed could not be fetched or was refused"},
};

}  // namespace

const Command& db() {
  static constexpr Command kCommand{
      .name = "db",
      .title = "Make and check the database of advisories, and compare versions",
      .declare = declare_options,
      .about =
          "`import` reads OSV's exports (`ECOSYSTEM/all.zip`, or folders of records) and the feeds "
          "of distributions, packed or not, and makes one file of them; what the old one had "
          "besides is gone. Nothing is downloaded.\n"
          "\n"
          "`update` downloads the public feeds into a folder, only what is newer than what is "
          "there, "
          "and makes the database of them. What is cut off, is not what its digest says or is "
          "older "
          "than before is refused; the copy from before stays.\n"
          "\n"
          "`compare` prints `<`, `=` or `>` for two versions, and `in` or `out` for a range and a "
          "version. An ecosystem is one of OSV's (`Debian:12`, `Ubuntu:22.04:LTS`, `Red Hat`, "
          "`PyPI`, `crates.io`) or the name of a scheme (`deb`, `rpm`, `apk`, `semver`, `pep440`), "
          "in any case.\n"
          "\n"
          "With `-` each line of standard input has one line of output. A line that is no question "
          "is told on standard error with its number and answered by `error`; one that is empty "
          "or a comment (`# …`) is answered by an empty line.",
      .samples = kSamples,
      .statuses = kStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
