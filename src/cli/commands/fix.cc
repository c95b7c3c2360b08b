#include "scan/fix.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/fix_value.h"
#include "cli/base_fix.h"
#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/fix_view.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/rewrite.h"
#include "cli/rule_selection.h"
#include "core/path.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::vector<std::string> targets{"."};
  bool diff = false;
  bool check = false;
  bool yes = false;
  bool backup = false;
  bool unsafe = false;
  std::vector<std::string> rules;
  std::vector<std::string> values;
  bool verbose = false;
  bool quiet = false;
  bool no_color = false;
  std::size_t jobs = 0;
  ConfigurationFlags configuration;
  BaseFixFlags bases;
  bool targets_given = false;
};

class Run {
 public:
  explicit Run(const Options& options) : options_(options) {}

  Exit operator()() {
    if (options_.check + options_.diff + options_.yes > 1) {
      return usage("--check, --diff and --yes are three different things");
    }
    if (!prepare()) return Exit::kUsage;
    report::Appearance look = appearance_of_stdout(options_.no_color);
    look.verbose = options_.verbose;
    const bool interactive = !options_.check && !options_.diff && !options_.yes;
    if (interactive && (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0)) {
      return usage("there is no terminal to ask on: give --yes, --diff or --check");
    }
    scan::FixPlan plan = make_plan();
    if (interactive && ask_values(plan)) plan = make_plan();
    const Exit status = complain_about(plan);
    for (const std::string& note : notes_) complain(note);
    if (options_.diff && ::isatty(STDOUT_FILENO) == 0) {
      return worse(status, print_patch(plan));
    }
    if (!options_.quiet) {
      const Exit printed = print(render_plan(plan, look) + render_outcome(plan, look));
      if (printed != Exit::kClean) return printed;
    }
    if (options_.diff) return status;
    if (options_.check) return plan.empty() ? status : worse(status, Exit::kFindings);
    if (plan.empty() || (interactive && !ask("Write these changes?"))) return status;
    return worse(status, write_all(plan));
  }

 private:
  static Exit usage(const std::string& message) {
    complain(message);
    return Exit::kUsage;
  }

  static Exit print(const std::string& text) {
    const auto written = write_output(text, "");
    if (written) return Exit::kClean;
    complain(written.error().to_line());
    return Exit::kEnvironment;
  }

  static Exit print_patch(const scan::FixPlan& plan) {
    const Patch patch = render_patch(plan);
    Exit status = print(patch.text);
    for (const std::string& path : patch.withheld) {
      complain(path + ": not in the patch, which would show a secret; --yes writes it");
      status = worse(status, Exit::kIncomplete);
    }
    return status;
  }

  bool prepare() {
    auto configuration = read_configuration(disk_, options_.configuration, options_.targets);
    if (!configuration) return false;
    const auto selected = select_rules(options_.rules, "--rules");
    if (!selected) return false;
    scan::AuditOptions& audit = fix_.audit;
    audit.configuration = *std::move(configuration);
    const auto& targets = audit.configuration.targets;
    audit.targets = targets && !options_.targets_given ? targets->value : options_.targets;
    audit.configuration.apply(audit.rules);
    audit.all_rules = selected->all;
    audit.only_rules = selected->only;
    audit.jobs = options_.jobs;
    audit.rules.today = today();
    fix_.unsafe = options_.unsafe;
    for (const std::string& target : audit.targets) {
      if (target == "-") {
        complain("standard input cannot be fixed in place: name files");
        return false;
      }
    }
    for (const std::string& assignment : options_.values) {
      const auto set = check::set_fix_value(assignment, audit.rules.fix);
      if (set) continue;
      complain("--set: " + set.error().to_line());
      return false;
    }
    return true;
  }

  scan::FixPlan make_plan() {
    scan::Progress progress;
    const ProgressLine line([&progress] { return progress_text(progress); }, options_.quiet);
    fix_.audit.progress = &progress;
    scan::FixPlan plan = scan::plan_fixes(disk_, fix_);
    fix_.audit.progress = nullptr;
    notes_.clear();
    add_base_fixes(options_.bases, disk_, fix_, plan, notes_);
    return plan;
  }

  /// What was not read is not fixed either.
  [[nodiscard]] static Exit complain_about(const scan::FixPlan& plan) {
    Exit status = Exit::kClean;
    for (const Incomplete& part : plan.incomplete) {
      complain((part.path.empty() ? "" : part.path + ": ") + part.limit +
               (part.rejected ? " (rejected, not fixed)" : " (incomplete)"));
      status = worse(status, part.rejected ? Exit::kRejected : Exit::kIncomplete);
    }
    return status;
  }

  /// @return whether some value was given, so that more can be fixed
  bool ask_values(const scan::FixPlan& plan) {
    bool given = false;
    for (const check::FixValueName& value : check::fix_value_names()) {
      const auto wanted =
          std::count_if(plan.left.begin(), plan.left.end(),
                        [&value](const scan::Unfixed& left) { return left.needs == value.name; });
      if (wanted == 0) continue;
      check::FixValue& current = fix_.audit.rules.fix.*(value.member);
      std::cout << "The " << value.title << " (for " << wanted
                << (wanted == 1 ? " finding" : " findings") << "; for example " << current.text
                << ", empty to leave it): " << std::flush;
      std::string line;
      if (!std::getline(std::cin, line) || line.empty()) continue;
      const auto set = check::set_fix_value(value.name, line, fix_.audit.rules.fix);
      if (!set) complain(set.error().to_line());
      given |= set.has_value();
    }
    return given;
  }

  static bool ask(std::string_view question) {
    std::cout << '\n' << question << " [y/N] " << std::flush;
    std::string line;
    return std::getline(std::cin, line) && (line == "y" || line == "Y" || line == "yes");
  }

  /// The folder that a file may not lead out of: the target it was found under.
  [[nodiscard]] std::string root_of(const std::string& path) const {
    for (const std::string& target : fix_.audit.targets) {
      const std::string root = path::normalize(target);
      if (!path::is_within(path, root)) continue;
      return root == path ? std::string(path::folder(path)) : root;
    }
    return ".";
  }

  Exit write_all(const scan::FixPlan& plan) {
    Exit status = Exit::kClean;
    std::size_t written = 0;
    std::vector<std::string> backups;
    for (const scan::FileChange& file : plan.files) {
      const std::string root = root_of(file.path);
      const auto done =
          write({file.path, file.before, file.after, file.is_new, root}, options_.backup);
      if (!done) {
        complain(done.error().to_line());
        status = Exit::kEnvironment;
        continue;
      }
      ++written;
      if (!done->empty()) backups.push_back(*done);
    }
    if (options_.quiet) return status;
    std::string text = std::to_string(written) + (written == 1 ? " file" : " files") + " written";
    for (const std::string& backup : backups) text += "\n  the old text is in " + backup;
    return worse(status, print(text + '\n'));
  }

  const Options& options_;
  DiskFileSystem disk_;
  scan::FixOptions fix_;
  std::vector<std::string> notes_;  ///< of the last plan
};

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  const CLI::Option* targets =
      app.add_option("target", options->targets,
                     "Files and folders to harden; without any, the current folder")
          ->type_name("TARGET");
  app.add_flag("--diff", options->diff,
               "Show what would change and write nothing; into a pipe, as a patch for `git apply`");
  app.add_flag("--check", options->check,
               "Write nothing, and end with 1 when something would change");
  app.add_flag("-y,--yes", options->yes, "Write without asking");
  app.add_flag("--backup", options->backup, "Keep each old text beside its file, as `.NAME.orig`");
  app.add_flag("--unsafe", options->unsafe,
               "Also make fixes that may change behaviour, with guesses for the values they need");
  app.add_option("--rules", options->rules,
                 "Fix what the named rules find only; `all` adds those that are mere style")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("default|all|RULE,...");
  app.add_option("--set", options->values,
                 "Give a value that fixes need, so that they count as safe: `memory`, `cpus`, "
                 "`memory-request`, `cpu-request`, `pids`, `user`, `publish`")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE,...");
  declare(app, options->bases);
  declare(app, options->configuration);
  app.add_flag("-v,--verbose", options->verbose, "Say of each finding that stays why it stays");
  app.add_flag("-q,--quiet", options->quiet, "Print nothing but errors");
  app.add_flag("--no-color", options->no_color, "Print without colour, as with `NO_COLOR` set");
  app.add_option("--jobs", options->jobs, "Use this many threads; 0 means one per processor")
      ->capture_default_str()
      ->type_name("N");
  return [options, targets]() -> Exit {
    options->targets_given = targets->count() > 0;
    return Run(*options)();
  };
}

constexpr Sample kSamples[] = {
    {"plimsoll fix", "Show what would be hardened below the current folder, and ask"},
    {"plimsoll fix --diff compose.yaml", "Show the changes of one file"},
    {"plimsoll fix --yes --set memory=512m,cpus=1 .",
     "Harden without asking, with these limits where there are none"},
    {"plimsoll fix --unsafe --diff . > hardened.patch",
     "Keep a patch of all that can be done, to be looked through"},
    {"plimsoll fix --check .", "In CI: fail while a safe fix is open"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "all was written, or nothing was to be done"},
    {Exit::kFindings, "with `--check`: something would change"},
    {Exit::kUsage, "the command line or the configuration is wrong, or there is nobody to ask"},
    {Exit::kRejected, "some input was rejected and so is not fixed"},
    {Exit::kIncomplete, "some part could not be judged"},
    {Exit::kEnvironment, "some file could not be written; it is as it was"},
};

}  // namespace

const Command& fix() {
  static constexpr Command kCommand{
      .name = "fix",
      .title = "Harden the files that audit judges, by edits that are proven",
      .declare = declare_options,
      .about =
          "Makes the fixes of findings as edits of bytes: comments, order, quoting, indentation "
          "and line ends stay. Every result is judged again before it is shown: the file is still "
          "read whole, the finding is gone and nothing new appeared, or the fix is left out.\n"
          "\n"
          "Safe fixes keep what the file means. Others may change behaviour and wait for "
          "`--unsafe`; limits wait for a value (`--set`), for which an interactive run asks.\n"
          "\n"
          "Where the index of base images (`plimsoll base add`) has something better than what "
          "FROM "
          "names, that is offered, too, as `plimsoll recommend` would write it.\n"
          "\n"
          "A file is written whole or not at all, and not when it changed meanwhile or is a link "
          "out of the tree.",
      .samples = kSamples,
      .statuses = kStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
