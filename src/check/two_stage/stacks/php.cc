#include <algorithm>

#include "check/absolute_path.h"
#include "check/left_out_package.h"
#include "check/package_manager.h"
#include "check/same_run_purge.h"
#include "check/two_stage/stack.h"
#include "core/path.h"
#include "parse/dockerfile_edit.h"

/// Composer fetches the packages that an application of PHP uses. The extensions are needed where
/// it runs and, as Composer asks for them, where it is built: both stages are FROM one that has
/// them.
namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

bool builds(const SingleStage&, const shell::Command& command) {
  const std::string_view name = command.name();
  if (name == "composer") return true;
  if (name != "php" || command.begin() == command.end()) return false;
  const std::string_view script = path::name(command.begin()->value);
  return script == "artisan" || script == "console" || script == "composer";
}

bool applies(const SingleStage& stage) {
  bool found = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    found = found || command.name() == "composer";
  });
  return stage.image == "php" && found;
}

/// COPY --from=composer:2 /usr/bin/composer /usr/local/bin/composer
bool copies_composer(const Instruction& copy) {
  if (copy.keyword != Keyword::kCopy || copy.flag("from") == nullptr) return false;
  const std::string_view from = copy.flag("from")->value;
  const std::string_view image = from.substr(0, from.find_first_of(":@"));
  const bool of_image = image == "composer" || image == "library/composer" ||
                        image == "docker.io/composer" || image == "docker.io/library/composer";
  if (!of_image || copy.words.size() != 2 || path::name(copy.words[0].value) != "composer") {
    return false;
  }
  std::string_view to = copy.words[1].value;
  if (path::name(to) == "composer") to = path::folder(to);
  while (to.ends_with('/')) to.remove_suffix(1);
  return to == "/usr/bin" || to == "/usr/local/bin" || to == "/bin";
}

/// `curl https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin`, and no more.
bool fetches_composer(const Instruction& run) {
  if (run.keyword != Keyword::kRun ||
      !ascii::contains(run.script_text.text, "getcomposer.org/installer")) {
    return false;
  }
  static constexpr WordList kPrograms = "curl wget php rm mv chmod set echo composer";
  return std::all_of(run.script.commands.begin(), run.script.commands.end(),
                     [](const shell::Command& command) {
                       return has_word(kPrograms, command.name()) &&
                              (command.name() != "composer" || command.has_flag("--version"));
                     });
}

/// The first that needs the application's files or Composer.
const Instruction* find_fork(const SingleStage& stage) {
  for (const Instruction& each : stage.instructions()) {
    if (copies_composer(each) || fetches_composer(each)) continue;
    if (each.keyword == Keyword::kRun &&
        std::any_of(each.script.commands.begin(), each.script.commands.end(),
                    [&](const shell::Command& command) { return builds(stage, command); })) {
      return &each;
    }
    if (each.keyword != Keyword::kCopy && each.keyword != Keyword::kAdd) continue;
    if (each.words.size() < 2) return &each;
    const std::string target =
        absolute(workdir_at(stage, each), without_quotes(each.words.back().value));
    if (target.empty() || stage.owns(target)) return &each;
  }
  return nullptr;
}

/// What Composer fetches with, and what only a person uses.
constexpr WordList kFetchers = "git unzip zip openssh-client subversion mercurial p7zip-full 7zip";
constexpr WordList kOthers = "curl wget vim vim-tiny nano htop";

/// Some other command, or what the image starts, calls the tool.
bool is_called(const SingleStage& stage, std::string_view package, const Instruction* fork) {
  const std::string_view program = program_of_package(package);
  for (const Instruction& each : stage.instructions()) {
    switch (each.keyword) {
      case Keyword::kRun:
        // Composer's own RUNs are in a stage that has what fetches.
        if (fetches_composer(each)) break;
        for (const shell::Command& command : each.script.commands) {
          const PackageCommand read = read_package_command(command);
          if (read && read.installs()) continue;
          const bool build = builds(stage, command) && each.span.begin >= fork->span.begin;
          if (build && has_word(kFetchers, package)) continue;
          for (const shell::Word& word : command.words) {
            if (ascii::contains(word.value, program)) return true;
          }
        }
        break;
      case Keyword::kCmd:
      case Keyword::kEntrypoint:
      case Keyword::kHealthcheck:
        if (ascii::contains(each.args.text, program)) return true;
        break;
      default: break;
    }
  }
  return false;
}

/// Takes the tools out of what both stages have, and puts those that fetch into the build.
std::string leave_tools(const SingleStage& stage, Plan& plan) {
  std::string names;
  bool by_apk = false;
  for (const Instruction& run : stage.instructions()) {
    if (run.keyword != Keyword::kRun || run.span.begin >= plan.fork->span.begin) continue;
    std::vector<const shell::Word*> words;
    for (const shell::Command& command : run.script.commands) {
      PackageCommand install = read_package_command(command);
      if (!install || !install.installs()) continue;
      while (const shell::Word* word = install.operands.next()) {
        const std::string_view package = name_of_package(*word);
        const bool fetcher = has_word(kFetchers, package);
        if (!fetcher && !has_word(kOthers, package)) continue;
        if (is_called(stage, package, plan.fork)) continue;
        by_apk = install.tool() == PackageTool::kApk;
        words.push_back(word);
        if (fetcher) names += ' ' + std::string(word->raw);
      }
    }
    if (words.empty()) continue;
    auto edits = leave_out(stage.view, run, words);
    if (!edits) return std::move(edits.error());
    plan.edits.insert(plan.edits.end(), edits->begin(), edits->end());
  }
  if (names.empty()) return {};
  std::string line = dockerfile::spelled(stage.view.file, Keyword::kRun);
  line += by_apk ? " apk add --no-cache"
                 : " apt-get update && apt-get install -y --no-install-recommends";
  line += names;
  if (!by_apk) line += " && rm -rf /var/lib/apt/lists/*";
  plan.build_lines.push_back(std::move(line));
  return {};
}

/// The comments right above, each with its line end.
std::string_view comments_of(const SingleStage& stage, const Instruction& instruction) {
  const Span block = block_of(stage.view, instruction);
  const std::string_view lines =
      stage.view.file.source->slice({block.begin, instruction.full_span.begin});
  return lines.substr(0, lines.rfind('\n') + 1);
}

/// Composer comes into the build only.
bool place_composer(const SingleStage& stage, Plan& plan) {
  const auto& file = stage.view.file;
  for (const Instruction& each : stage.instructions()) {
    const bool copied = copies_composer(each);
    if (!copied && !fetches_composer(each)) continue;
    plan.unneeded.push_back(&each);
    plan.build_lines.push_back(
        std::string(comments_of(stage, each)) +
        (copied ? std::string(file.source->slice(each.span))
                : dockerfile::spelled(file, Keyword::kCopy) +
                      " --from=composer:2 /usr/bin/composer /usr/local/bin/composer"));
    return true;
  }
  return false;
}

/// Packages of development may be used: by a script of the build, or by what runs in that mode.
bool may_develop(const SingleStage& stage) {
  const std::string_view mode = setting(stage, "APP_ENV");
  if (!mode.empty() && mode != "prod" && mode != "production") return true;
  bool found = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    constexpr WordList kHarmless =
        "install i dump-autoload dumpautoload clear-cache clearcache check-platform-reqs config "
        "self-update";
    const std::string_view verb = command.subcommand();
    if (command.name() == "composer" && !verb.empty() && !has_word(kHarmless, verb)) found = true;
    // Symfony's console starts in development unless it is told not to.
    if (command.name() == "php" && builds(stage, command) && mode.empty()) found = true;
  });
  return found;
}

/// Only what runs, without questions.
std::string settle_installs(const SingleStage& stage, Plan& plan) {
  std::string reason;
  const bool develops = may_develop(stage);
  for_each_command(stage, [&](const Instruction& run, const shell::Command& command) {
    if (command.name() == "chown" && run.span.begin >= plan.fork->span.begin) {
      const bool built =
          std::any_of(run.script.commands.begin(), run.script.commands.end(),
                      [&](const shell::Command& each) { return builds(stage, each); });
      if (built) reason = "the RUN that builds gives files to another account as well";
    }
    if (command.name() != "composer") return;
    const std::string_view verb = command.subcommand();
    if (verb == "global" || command.has_flag("-d") || command.has_flag("--working-dir")) {
      reason = "Composer installs to a place of its own";
    }
    if (verb != "install" && verb != "i") return;
    const shell::Word& word =
        *std::find_if(command.begin(), command.end(),
                      [verb](const shell::Word& each) { return each.value == verb; });
    std::string flags;
    const auto add = [&](std::string_view flag, std::string_view letter) {
      if (command.has_flag(flag) || (!letter.empty() && command.has_flag(letter))) return;
      flags += (flags.empty() ? "" : " ") + std::string(flag);
    };
    if (!develops && !command.has_flag("--dev") && !command.has_flag("--no-dev")) {
      add("--no-dev", "");
      plan.advice = "check that it starts without the packages that only development needs";
    }
    add("--no-interaction", "-n");
    if (!command.has_flag("--no-autoloader") && !command.has_flag("-a") &&
        !command.has_flag("--classmap-authoritative")) {
      add("--optimize-autoloader", "-o");
    }
    if (flags.empty()) return;
    auto edits = dockerfile::insert_words(stage.view.file, run, command, word, flags);
    if (edits) plan.edits.insert(plan.edits.end(), edits->begin(), edits->end());
  });
  return reason;
}

/// What Composer reads, and itself.
bool is_manifest(std::string_view name) {
  return name == "composer" || name == "composer.json" || name == "composer.lock" ||
         name == "composer.*" || name == "auth.json" || name == "symfony.lock";
}

/// COPY --chown of the application; false when there are several.
bool read_owner(const SingleStage& stage, const Instruction& last, std::string& owner) {
  for (const Instruction& copy : stage.instructions()) {
    if (copy.keyword != Keyword::kCopy || copy.span.begin > last.span.begin) continue;
    const dockerfile::Flag* chown = copy.flag("chown");
    if (chown == nullptr) continue;
    if (!owner.empty() && owner != chown->value) return false;
    owner = chown->value;
  }
  return true;
}

PlanOrReason plan(const SingleStage& stage) {
  if (stage.root.empty()) return Reason("which folder holds the application is not certain");
  for (const Words& start : stage.starts) {
    constexpr WordList kStarts = "php php-fpm apache2-foreground apache2ctl docker-php-entrypoint";
    const std::string_view program = path::name(start.front());
    if (!has_word(kStarts, program)) {
      return Reason("what '" + std::string(program) + "' calls is not known");
    }
  }
  Plan plan;
  plan.fork = find_fork(stage);
  const Instruction* last = nullptr;
  for_each_command(stage, [&](const Instruction& run, const shell::Command& command) {
    if (builds(stage, command) && !fetches_composer(run)) last = &run;
  });
  if (plan.fork == nullptr || last == nullptr) return Reason("no RUN builds the application");
  for (const Instruction& each : stage.instructions()) {
    if (each.keyword == Keyword::kUser && each.span.begin < last->span.begin) {
      return Reason("it is built by another user than root");
    }
  }
  std::string reason = leave_tools(stage, plan);
  if (reason.empty()) reason = settle_installs(stage, plan);
  if (!reason.empty()) return Reason(std::move(reason));
  if (!place_composer(stage, plan)) return Reason("where Composer comes from is not certain");
  const bool only_packages = copied_later(stage, *last, is_manifest) == CopiedLater::kWholly;
  const std::string result = only_packages ? stage.root + "/vendor" : stage.root;
  plan.results = {{result, result, {}}};
  if (!read_owner(stage, *last, plan.results.front().chown)) {
    return Reason("files of several owners are copied");
  }
  return plan;
}

}  // namespace

const Stack& php() {
  static constexpr Stack kStack{.applies = applies,
                                .builds = builds,
                                .plan = plan,
                                .provided = {},
                                .programs =
                                    "php a2enmod a2dismod a2ensite a2dissite "
                                    "docker-php-ext-enable"};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
