#include <algorithm>
#include <memory>
#include <string>

#include "cli/base_choice.h"
#include "cli/base_question.h"
#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/judged_image.h"
#include "cli/output.h"
#include "cli/rewrite.h"
#include "cli/vulnerability_flags.h"
#include "core/date.h"
#include "core/path.h"
#include "report/line_diff.h"
#include "report/painter.h"
#include "scan/base_change.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  BaseQuestion question{.said_by = "--base"};
  ImageFlags image;
  VulnerabilityFlags vulnerabilities;
  ConfigurationFlags configuration;
  std::string dockerfile;
  std::string stage;
  std::string choice;
  bool write = false;
  bool backup = false;
  std::string format = "table";
  std::string output;
  bool quiet = false;
  bool no_color = false;
};

/// As `git apply` reads it.
std::string diff_of(const std::string& path, const scan::BaseChange& change) {
  const auto lines = report::line_diff(change.before, change.after);
  std::string text = "--- a/" + path + "\n+++ b/" + path + '\n';
  for (const report::Hunk& hunk : report::hunks(lines, 1)) {
    std::size_t before = 0;
    std::size_t after = 0;
    std::string body;
    for (std::size_t i = hunk.first; i < hunk.last; ++i) {
      const report::DiffLine& line = lines[i];
      using Kind = report::DiffLine::Kind;
      if (line.kind != Kind::kAdded) ++before;
      if (line.kind != Kind::kRemoved) ++after;
      body += (line.kind == Kind::kSame    ? ' '
               : line.kind == Kind::kAdded ? '+'
                                           : '-') +
              std::string(line.text) + '\n';
    }
    text += "@@ -" + std::to_string(lines[hunk.first].before) + ',' + std::to_string(before) +
            " +" + std::to_string(lines[hunk.first].after) + ',' + std::to_string(after) + " @@\n" +
            body;
  }
  return text;
}

class Run {
 public:
  explicit Run(const Options& options) : options_(options) {}

  Exit operator()() {
    BaseQuestion question = options_.question;
    if (question.target.empty() && options_.dockerfile.empty() && question.base.empty()) {
      return usage("recommend wants an image, a Dockerfile (--file) or a base (--base)");
    }
    if (options_.dockerfile.empty() && (options_.write || !options_.stage.empty())) {
      return usage("--write and --stage are about a Dockerfile: name it with --file");
    }
    if (!options_.dockerfile.empty()) {
      auto base = scan::base_of_file(disk_, options_.dockerfile, options_.stage);
      if (!base) return refuse(base.error());
      question.base = *std::move(base);
      base_ = question.base;
      question.said_by = options_.dockerfile;
    }
    const auto configuration = read_configuration(disk_, options_.configuration, {"."});
    if (!configuration) return Exit::kUsage;
    ImageJudge judge(options_.image, &options_.vulnerabilities, *configuration, options_.quiet);
    auto answered = answer(question, judge);
    if (!answered) return refuse(answered.error());
    for (const std::string& note : judge.notes()) {
      if (!options_.quiet) complain(note);
    }
    Exit status = answered->status;
    std::optional<scan::BaseChange> change;
    if (!options_.dockerfile.empty()) {
      const auto prepared = prepare(*configuration, *answered, change);
      if (!prepared) return refuse(prepared.error());
      status = worse(status, *prepared);
    }
    status = worse(status, print(answered->advice));
    return change && options_.write ? worse(status, write_change(*change)) : status;
  }

 private:
  static Exit usage(const std::string& message) {
    complain(message);
    return Exit::kUsage;
  }
  static Exit refuse(const Error& error) {
    complain(error.to_line());
    return exit_of(error);
  }

  /// The one that the user chose, else a refresh or the best.
  [[nodiscard]] const report::BaseAlternative* chosen(const report::BaseAdvice& advice) const {
    if (options_.choice.empty()) return best_of(advice);
    const std::string wanted = base::familiar(options_.choice);
    if (advice.refresh && advice.refresh->figures.name == wanted) return &*advice.refresh;
    const auto found = std::find_if(advice.others.begin(), advice.others.end(),
                                    [&](const auto& each) { return each.figures.name == wanted; });
    return found == advice.others.end() ? nullptr : &*found;
  }

  static std::string no_edit_for(const report::BaseAlternative& alternative) {
    return "No edit for " + alternative.figures.name +
           ": another repository is another start, which a person has to write";
  }

  Result<Exit> prepare(const config::Configuration& configuration, BaseAnswer& answered,
                       std::optional<scan::BaseChange>& change) {
    report::BaseAdvice& advice = answered.advice;
    const report::BaseAlternative* choice = chosen(advice);
    if (choice == nullptr) {
      if (!options_.choice.empty()) {
        return fail(ErrorCode::kUsage, "the index has no alternative '" + options_.choice + '\'');
      }
      return Exit::kClean;
    }
    if (options_.choice.empty()) {
      const report::BaseAlternative& best = *choice;
      choice = &editable(advice, best);
      if (choice != &best) {
        advice.no_edit = no_edit_for(best) + ". This is the one for " + choice->figures.name;
      }
    }
    if (options_.write && options_.choice.empty() && !is_easy(*choice)) {
      return fail(ErrorCode::kUsage, "'" + choice->figures.name + "' is more than a rebuild (" +
                                         choice->caveats.back() + "): write it with --choose " +
                                         choice->figures.name);
    }
    if (!answered.is_as_said) {
      advice.no_edit = "No edit: " + options_.dockerfile + " names " + base_ +
                       ", and the image is built on " + advice.base->name;
      return options_.write ? Exit::kUsage : Exit::kClean;
    }
    if (!is_of_repository(*choice, advice)) {
      advice.no_edit = no_edit_for(*choice);
      return options_.write ? Exit::kUsage : Exit::kClean;
    }
    const auto reference = base::reference_of(choice->figures.name);
    return edit(configuration, *choice, reference->tag, advice, change);
  }

  Result<Exit> edit(const config::Configuration& configuration,
                    const report::BaseAlternative& choice, const std::string& tag,
                    report::BaseAdvice& advice, std::optional<scan::BaseChange>& change) {
    scan::AuditOptions audit;
    audit.configuration = configuration;
    audit.configuration.apply(audit.rules);
    audit.rules.today = today();
    auto made = scan::change_base(disk_, audit, options_.dockerfile, options_.stage,
                                  {.tag = tag, .digest = choice.figures.digest});
    if (made) {
      advice.edit = diff_of(options_.dockerfile, *made);
      if (!made->left.empty()) {
        std::string stages;
        for (const std::string& stage : made->left) {
          stages += (stages.empty() ? "" : ", ") + stage;
        }
        advice.no_edit += (advice.no_edit.empty() ? "" : ". ") + std::string("Not edited: stage ") +
                          stages + ", which stays on " + advice.base->name;
      }
      change = *std::move(made);
      return Exit::kClean;
    }
    const bool is_refresh = choice.steps.front() == "refresh";
    advice.no_edit =
        is_refresh ? "No edit is needed for a newer " + choice.figures.name + ": build with --pull"
                   : "No edit for " + choice.figures.name + ": " + made.error().message;
    // Asked to write and nothing to write: who asked must know.
    return options_.write && !is_refresh ? Exit::kUsage : Exit::kClean;
  }

  Exit print(const report::BaseAdvice& advice) const {
    const report::Appearance look = appearance_of_stdout(options_.no_color);
    const report::Painter painter(look);
    const std::string text = options_.format == "json" ? report::advice_json(advice)
                                                       : report::recommendations(advice, painter);
    const auto written = write_output(text, options_.output);
    if (written) return Exit::kClean;
    complain(written.error().to_line());
    return Exit::kEnvironment;
  }

  Exit write_change(const scan::BaseChange& change) const {
    const std::string root(path::folder(options_.dockerfile));
    const auto done = write(
        {.path = options_.dockerfile, .before = change.before, .after = change.after, .root = root},
        options_.backup);
    if (!done) {
      complain(done.error().to_line());
      return Exit::kEnvironment;
    }
    if (!options_.quiet) complain(options_.dockerfile + ": written");
    return Exit::kClean;
  }

  const Options& options_;
  DiskFileSystem disk_;
  std::string base_;  ///< that the Dockerfile names
};

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  app.add_option("image", options->question.target,
                 "A saved image, a folder, or a name; may be left out with --file or --base")
      ->type_name("IMAGE");
  app.add_option("--base", options->question.base,
                 "What it is built on, where neither its layers nor its labels tell")
      ->type_name("NAME:TAG");
  app.add_option("-f,--file", options->dockerfile,
                 "The Dockerfile whose FROM is asked about, and shown as it would be edited")
      ->type_name("DOCKERFILE");
  app.add_option("--stage", options->stage, "Of a Dockerfile with several, this stage's base")
      ->type_name("STAGE");
  app.add_option("--choose", options->choice,
                 "Show the edit for this alternative, instead of the best")
      ->type_name("NAME:TAG");
  CLI::Option* const only_refresh = app.add_flag("--only-refresh", options->question.only_refresh,
                                                 "Tell only of the same tag, built later");
  app.add_flag("--only-update", options->question.only_update, "Tell only of other tags")
      ->excludes(only_refresh);
  app.add_option("--tag", options->question.tag, "Tell only of this tag, such as `3.12-slim`")
      ->type_name("TAG");
  app.add_flag("--write", options->write,
               "Write the edit; what is more than a refresh or a patch must be chosen by name");
  app.add_flag("--backup", options->backup, "Keep the old text beside its file, as `.NAME.orig`");
  declare(app, options->image);
  declare(app, options->vulnerabilities);
  declare(app, options->configuration);
  app.add_option("--format", options->format, "How it is printed")
      ->type_name("table|json")
      ->check(CLI::IsMember({"table", "json"}).description(""));
  app.add_option("-o,--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  app.add_flag("-q,--quiet", options->quiet, "Print only the answer, and what went wrong");
  app.add_flag("--no-color", options->no_color, "Print without colour, as with `NO_COLOR` set");
  return [options]() -> Exit { return Run(*options)(); };
}

constexpr Sample kSamples[] = {
    {"plimsoll recommend app.tar", "What the image could be built on instead, with figures"},
    {"plimsoll recommend --file Dockerfile", "The same for what FROM names, and the edit"},
    {"plimsoll recommend --file Dockerfile --choose python:3.12-slim --write",
     "Change FROM, if that can be proven to be all that changes"},
};
constexpr Status kStatuses[] = {
    {Exit::kClean, "it was printed, and written if that was asked for"},
    {Exit::kUsage, "the command line is wrong, or the edit cannot be made; the file is as it was"},
    {Exit::kRejected, "the image is not what it claims to be, or there is none of this name"},
    {Exit::kIncomplete, "some part of the image or of the index could not be read"},
    {Exit::kEnvironment,
     "there is no database, no engine or registry answered, or nothing could be written"},
};

}  // namespace

const Command& recommend() {
  static constexpr Command kCommand{
      .name = "recommend",
      .title = "Recommend other base images, with what each would mend",
      .declare = declare_options,
      .about =
          "Looks through the index of bases (`plimsoll base add`) for what the image could be "
          "built on instead: the same tag built later, the next patch, minor and major release, "
          "the slim, Alpine and distroless flavours. Of each it tells which vulnerabilities go "
          "and come, the difference in packages and size, and what to mind. The best is what "
          "removes most for what it costs.\n"
          "\n"
          "With `--file` the edit of FROM is shown; `--write` makes it, if the file is still read "
          "whole, no other base changes and no rule finds anything new.",
      .samples = kSamples,
      .statuses = kStatuses,
      .also = "recommendations",
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
