#include <memory>
#include <string>

#include "cli/base_question.h"
#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/judged_image.h"
#include "cli/output.h"
#include "cli/vulnerability_flags.h"
#include "core/file_system.h"
#include "report/painter.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  BaseQuestion question{.said_by = "--base"};
  ImageFlags image;
  VulnerabilityFlags vulnerabilities;
  std::string format = "table";
  std::string output;
  ConfigurationFlags configuration;
  bool quiet = false;
  bool no_color = false;
};

Exit run(const Options& options) {
  const auto configuration = read_configuration(DiskFileSystem(), options.configuration, {"."});
  if (!configuration) return Exit::kUsage;
  ImageJudge judge(options.image, &options.vulnerabilities, *configuration, options.quiet);
  const auto answered = answer(options.question, judge);
  if (!answered) {
    complain(answered.error().to_line());
    return exit_of(answered.error());
  }
  for (const std::string& note : judge.notes()) {
    if (!options.quiet) complain(note);
  }
  const report::Appearance look = appearance_of_stdout(options.no_color);
  const report::Painter painter(look);
  const std::string text = options.format == "json" ? report::advice_json(answered->advice)
                                                    : report::quickview(answered->advice, painter);
  const auto written = write_output(text, options.output);
  if (written) return answered->status;
  complain(written.error().to_line());
  return Exit::kEnvironment;
}

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  app.add_option("image", options->question.target,
                 "A saved image, a folder, or a name; `sbom:FILE` is a bill of materials")
      ->required()
      ->type_name("IMAGE");
  app.add_option("--base", options->question.base,
                 "What it is built on, where neither its layers nor its labels tell")
      ->type_name("NAME:TAG");
  declare(app, options->image);
  declare(app, options->vulnerabilities);
  declare(app, options->configuration);
  app.add_option("--format", options->format, "How it is printed")
      ->type_name("table|json")
      ->check(CLI::IsMember({"table", "json"}).description(""));
  app.add_option("-o,--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  app.add_flag("-q,--quiet", options->quiet, "Print only the table, and what went wrong");
  app.add_flag("--no-color", options->no_color, "Print without colour, as with `NO_COLOR` set");
  return [options]() -> Exit { return run(*options); };
}

constexpr Sample kSamples[] = {
    {"plimsoll quickview app.tar", "Whose the vulnerabilities are, and what a new base would mend"},
    {"plimsoll quickview app:1 --base python:3.11-slim --format json",
     "The same for programs, of an image that does not tell its base"},
};
constexpr Status kStatuses[] = {
    {Exit::kClean, "it was printed; no number of vulnerabilities fails this command"},
    {Exit::kUsage, "the command line is wrong"},
    {Exit::kRejected, "the image is not what it claims to be, or there is none of this name"},
    {Exit::kIncomplete, "some part of the image or of the index could not be read"},
    {Exit::kEnvironment,
     "there is no database, it has nothing of this distribution, or no engine or registry "
     "answered"},
};

}  // namespace

const Command& quickview() {
  static constexpr Command kCommand{
      .name = "quickview",
      .title = "Show an image, its base and newer bases side by side",
      .declare = declare_options,
      .about =
          "Counts the vulnerabilities of an image, of the base it is built on, of the same base "
          "built later and of the best other base that the index has (`plimsoll base add`), and "
          "says what to do next. `qv` is short for it.\n"
          "\n"
          "The base is told by its layers, else by the image's label, `--base` or the history of "
          "the image; which of these it was is said.",
      .samples = kSamples,
      .statuses = kStatuses,
      .also = "qv",
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
