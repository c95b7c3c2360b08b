#include "check/two_stage/placement.h"

#include <algorithm>
#include <utility>

#include "check/absolute_path.h"
#include "check/account_command.h"
#include "check/secret_value.h"
#include "check/start_of_image.h"
#include "check/two_stage/layout.h"
#include "check/two_stage/variable_purpose.h"
#include "check/variable_use.h"
#include "core/path.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::two_stage {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

class Placing {
 public:
  Placing(const SingleStage& stage, const Stack& stack, const Plan& plan)
      : stage_(stage),
        stack_(stack),
        plan_(plan),
        file_(stage.view.file),
        layout_(*stage.view.file.source) {}

  tl::expected<Placement, std::string> run() {
    if (stage_.starts.empty() && plan_.fork == nullptr)
      return Reason("it does not say what it starts");
    steps_ = read_steps(stage_, stack_);
    if (installs_anew()) placement_.packages = needed_packages(stage_, stack_);
    if (!placement_.packages.reason.empty()) return Reason(placement_.packages.reason);
    placement_.removed = plan_.unneeded;
    find_point();
    if (placement_.point == nullptr) return Reason(why_no_build());
    std::string reason = place_all();
    if (reason.empty() && plan_.fork != nullptr) reason = settle_user();
    if (reason.empty() && installs_anew()) reason = check_packages();
    if (reason.empty() && installs_anew()) reason = check_health();
    if (!reason.empty()) return Reason(reason);
    return std::move(placement_);
  }

 private:
  [[nodiscard]] bool is_above(const Instruction& instruction) const {
    return placement_.is_above(instruction);
  }
  [[nodiscard]] const Step& step_of(const Instruction& run) const {
    return *std::find_if(steps_.begin(), steps_.end(),
                         [&run](const Step& step) { return step.run == &run; });
  }

  [[nodiscard]] bool serves_itself() const { return !plan_.port.empty(); }
  /// The final stage has another base, and only what is told to.
  [[nodiscard]] bool installs_anew() const { return !serves_itself() && plan_.fork == nullptr; }
  [[nodiscard]] bool is_shared(const Instruction& instruction) const {
    return plan_.fork != nullptr && instruction.span.begin < plan_.fork->span.begin;
  }
  [[nodiscard]] bool is_unneeded(const Instruction& instruction) const {
    return std::find(plan_.unneeded.begin(), plan_.unneeded.end(), &instruction) !=
           plan_.unneeded.end();
  }

  /// The last command of the build; without a shell in the final image, all that needs one.
  void find_point() {
    for (const Step& step : steps_) {
      if (step.role != Role::kBuild || is_unneeded(*step.run)) continue;
      const bool builds = std::any_of(
          step.run->script.commands.begin(), step.run->script.commands.end(),
          [this](const shell::Command& command) { return stack_.builds(stage_, command); });
      if (builds && placement_.first == nullptr) placement_.first = step.run;
      if (builds || (plan_.bare && placement_.first != nullptr)) placement_.point = step.run;
    }
  }

  [[nodiscard]] std::string why_no_build() const {
    for (const Step& step : steps_) {
      if (step.role == Role::kOther) return step.reason;
    }
    return "no RUN builds the application";
  }

  /// Decides of each instruction whether it stays, moves or is repeated.
  std::string place_all() {
    for (const Instruction& instruction : stage_.instructions()) {
      std::string reason = place(instruction);
      if (!reason.empty()) return reason;
    }
    return {};
  }

  std::string place(const Instruction& instruction) {
    if (is_unneeded(instruction) || is_shared(instruction)) return {};
    if (serves_itself()) return place_beside_server(instruction);
    if (!stays_in_build(instruction) && !repeat_arguments(instruction.args.text)) {
      return "an argument of the final stage is a secret";
    }
    switch (instruction.keyword) {
      case Keyword::kRun: return place_run(instruction);
      case Keyword::kCopy:
      case Keyword::kAdd: return place_copy(instruction);
      case Keyword::kEnv: return place_variables(instruction);
      case Keyword::kUser: return place_user(instruction);
      case Keyword::kVolume:
        if (plan_.bare)
          return "it has a volume, which nobody could give to the user of the small image";
        [[fallthrough]];
      case Keyword::kCmd:
      case Keyword::kEntrypoint:
      case Keyword::kExpose:
      case Keyword::kHealthcheck:
      case Keyword::kStopsignal:
        if (is_above(instruction)) move(instruction, placement_.late);
        return {};
      case Keyword::kLabel:
      case Keyword::kMaintainer:
        if (is_above(instruction)) move(instruction, placement_.early);
        return {};
      case Keyword::kWorkdir:
        if (is_above(instruction)) placement_.workdir = &instruction;
        return {};
      default: return {};
    }
  }

  /// Nothing that the original needs to run has a meaning for a server that comes with the image.
  std::string place_beside_server(const Instruction& instruction) {
    switch (instruction.keyword) {
      case Keyword::kCmd:
      case Keyword::kEntrypoint:
      case Keyword::kStopsignal: placement_.removed.push_back(&instruction); return {};
      case Keyword::kExpose:
        placement_.removed.push_back(&instruction);
        expose(instruction);
        return {};
      case Keyword::kHealthcheck: return ask_server(instruction);
      case Keyword::kVolume: return "it has a volume";
      case Keyword::kLabel:
      case Keyword::kMaintainer:
        if (!is_above(instruction)) return {};
        if (!repeat_arguments(instruction.args.text)) return "a label names a secret";
        move(instruction, placement_.early);
        return {};
      case Keyword::kRun: {
        const Step& step = step_of(instruction);
        if (step.role == Role::kOther) return step.reason;
        if (!is_above(instruction)) placement_.removed.push_back(&instruction);
        return step.role == Role::kBuild && !is_above(instruction)
                   ? "files are changed behind the build"
                   : "";
      }
      case Keyword::kCopy:
      case Keyword::kAdd:
        return is_above(instruction) ? place_copy(instruction)
                                     : "files are copied behind the build";
      case Keyword::kEnv:
      case Keyword::kUser:
      case Keyword::kWorkdir:
        if (!is_above(instruction)) placement_.removed.push_back(&instruction);
        return {};
      default: return {};
    }
  }

  /// The same page is asked for, by what the image of the server has.
  std::string ask_server(const Instruction& healthcheck) {
    placement_.removed.push_back(&healthcheck);
    if (&healthcheck != stage_.healthcheck || healthcheck.inner == nullptr) return {};
    constexpr std::string_view kScheme = "http://";
    const std::string_view test = healthcheck.inner->args.text;
    const std::size_t at = test.find(kScheme);
    std::string_view rest = at == std::string_view::npos ? "" : test.substr(at + kScheme.size());
    const std::string_view address = rest.substr(0, rest.find_first_of("/'\"`\\ \t)|;"));
    const std::string_view host = address.substr(0, address.find(':'));
    rest.remove_prefix(address.size());
    const std::string_view page = rest.substr(0, rest.find_first_of("'\"`\\ \t)|;"));
    const bool known = (host == "localhost" || host == "127.0.0.1") &&
                       rest.find(kScheme) == std::string_view::npos &&
                       page.find('$') == std::string_view::npos;
    if (!known) return "its health check asks the server that would go";
    std::string line = dockerfile::spelled(file_, Keyword::kHealthcheck);
    for (const dockerfile::Flag& flag : healthcheck.flags) {
      line += ' ' + std::string(file_.source->slice(flag.span));
    }
    line += ' ' + dockerfile::spelled(file_, Keyword::kCmd) +
            " wget -qO- http://127.0.0.1:" + plan_.port + (page.empty() ? "/" : std::string(page)) +
            " || exit 1";
    placement_.late.push_back(std::move(line));
    return {};
  }

  void expose(const Instruction& expose) {
    const std::string line = dockerfile::spelled(file_, Keyword::kExpose) + ' ' + plan_.port;
    const bool again =
        std::any_of(placement_.late.begin(), placement_.late.end(),
                    [&line](const std::string& each) { return each.ends_with(line); });
    if (again) return;
    const std::uint32_t begin = layout_.block_of(expose).begin;
    std::string_view comments =
        file_.source->slice({begin, layout_.line_begin(expose.full_span.begin)});
    // What names a number names the port that was.
    if (comments.find_first_of("0123456789") != std::string_view::npos) comments = {};
    placement_.late.push_back(std::string(comments) + line);
  }

  std::string place_run(const Instruction& run) {
    const Step& step = step_of(run);
    switch (step.role) {
      case Role::kOther:
        if (!is_above(run) && !plan_.bare && works_in_final_stage(stack_, run)) return {};
        return step.reason;
      case Role::kBuild:
        return step.installs && (!is_above(run) || !plan_.build_image.empty())
                   ? "a RUN installs packages and builds as well"
                   : "";
      case Role::kPackages:
        if (plan_.fork != nullptr) return "packages are installed behind the application's files";
        if (!is_above(run) || !plan_.build_image.empty()) placement_.removed.push_back(&run);
        return {};
      case Role::kAccounts:
        if (plan_.bare) {
          if (step.makes_folders)
            return "it makes folders, and the small image has no shell for that";
          if (!names_account(run)) placement_.removed.push_back(&run);
          drops_account_ = true;
          return {};
        }
        if (!is_above(run)) return {};
        if (plan_.fork != nullptr) {
          move(run, placement_.shared);
        } else if (names_account(run)) {
          repeat(run, placement_.early);
        } else {
          move(run, placement_.early);
        }
        return {};
    }
    return {};
  }

  /// The build itself uses the account that `run` creates.
  [[nodiscard]] bool names_account(const Instruction& run) const {
    for (const Instruction& other : stage_.instructions()) {
      if (!is_above(other) || &other == &run) continue;
      if (other.keyword == Keyword::kUser) {
        if (other.span.begin < placement_.point->span.begin) return true;
        continue;
      }
      if (other.flag("chown") != nullptr) return true;
      if (other.keyword == Keyword::kRun && step_of(other).role == Role::kBuild &&
          ascii::contains(other.script_text.text, "chown")) {
        return true;
      }
    }
    return false;
  }

  std::string place_copy(const Instruction& copy) {
    if (copy.words.size() < 2 || !copy.heredocs.empty()) return "a COPY is not written plainly";
    if (!is_above(copy)) return {};
    const std::string target =
        absolute(workdir_at(stage_, copy), without_quotes(copy.words.back().value));
    if (!target.empty() && (stage_.owns(target) || path::is_within(target, "/go") ||
                            path::is_within(target, "/tmp"))) {
      return is_lost(copy);
    }
    return "files are copied to other places than the folder of the application";
  }

  /// Where only a program is taken over, what lies beside it has to be source.
  [[nodiscard]] std::string is_lost(const Instruction& copy) const {
    if (!plan_.only_program) return {};
    constexpr WordList kFolders =
        "templates template static public assets views migrations config configs conf certs www "
        "html data resources i18n locales";
    constexpr WordList kEndings =
        ".yaml .yml .json .env .html .conf .ini .crt .pem .key .db .csv .tmpl .properties .cfg";
    for (std::size_t i = 0; i + 1 < copy.words.size(); ++i) {
      const std::string_view name = path::name(copy.words[i].value);
      if (has_word(kFolders, name) || has_word(kEndings, path::extension(name))) {
        return "whether the program reads '" + std::string(name) + "' is not known";
      }
    }
    return {};
  }

  std::string place_variables(const Instruction& env) {
    if (!is_above(env)) return {};
    const auto& all = env.assignments;
    if (std::all_of(all.begin(), all.end(), [this](const auto& each) {
          return is_of_build(each.name) && !is_used_later(each.name);
        })) {
      return {};
    }
    const bool repeated = std::any_of(all.begin(), all.end(), [&](const auto& each) {
      return is_of_build(each.name) || may_guide_build(each.name) || is_used(each.name, env) ||
             (plan_.reads_environment && !is_of_run_time(each.name));
    });
    for (const dockerfile::Assignment& each : all) {
      const SecretVerdict verdict = judge_secret(each.name, each.value).verdict;
      const bool plain =
          verdict == SecretVerdict::kNo || (verdict == SecretVerdict::kNameOnly && !repeated);
      if (!plain) return "a secret has to leave its environment first";
      if (!repeat_arguments(each.raw))
        return "where the value of '" + std::string(each.name) + "' comes from is not certain";
    }
    if (repeated) {
      repeat(env, placement_.early);
    } else {
      move(env, placement_.early);
    }
    return {};
  }

  /// Some instruction of the final stage names the variable.
  [[nodiscard]] bool is_used_later(std::string_view name) const {
    return std::any_of(
        stage_.instructions().begin(), stage_.instructions().end(), [&](const Instruction& each) {
          const std::string_view text = each.args.text;
          return !stays_in_build(each) && (ascii::contains(text, '$' + std::string(name)) ||
                                           ascii::contains(text, "${" + std::string(name)));
        });
  }
  [[nodiscard]] bool stays_in_build(const Instruction& each) const {
    return is_above(each) && (each.keyword == Keyword::kRun || each.keyword == Keyword::kCopy ||
                              each.keyword == Keyword::kAdd || each.keyword == Keyword::kArg ||
                              each.keyword == Keyword::kEnv || each.keyword == Keyword::kWorkdir);
  }

  /// Some instruction of the build names the variable.
  [[nodiscard]] bool is_used(std::string_view name, const Instruction& env) const {
    for (const Instruction& other : stage_.instructions()) {
      if (&other == &env || !is_above(other)) continue;
      const bool passive = other.keyword == Keyword::kCmd || other.keyword == Keyword::kLabel ||
                           other.keyword == Keyword::kEntrypoint ||
                           other.keyword == Keyword::kExpose ||
                           other.keyword == Keyword::kHealthcheck;
      if (!passive && ascii::contains(other.args.text, name)) return true;
    }
    return false;
  }

  /// ARGs that `text` needs stand in both stages.
  bool repeat_arguments(std::string_view text) {
    bool fine = true;
    for_each_variable(text, file_.escape, [&](const VariableUse& use) {
      for (const Instruction& other : stage_.instructions()) {
        if (other.keyword != Keyword::kArg || !is_above(other) || is_shared(other)) continue;
        const dockerfile::Assignment* argument = other.assignment(use.name);
        if (argument == nullptr) continue;
        if (judge_secret(argument->name, argument->value).verdict != SecretVerdict::kNo)
          fine = false;
        if (std::find(arguments_.begin(), arguments_.end(), &other) != arguments_.end()) continue;
        arguments_.push_back(&other);
        repeat(other, placement_.early);
      }
    });
    return fine;
  }

  std::string place_user(const Instruction& user) {
    if (user.words.size() != 1 || user.words[0].value.find('$') != std::string_view::npos) {
      return "the user is not written plainly";
    }
    user_ = &user;
    return {};
  }

  /// USER at the end of the original is that of the final stage.
  std::string settle_user() {
    if (user_ == nullptr) return {};
    const std::string_view name = user_->words[0].value;
    const std::string_view account = name.substr(0, name.find(':'));
    const bool number = ascii::is_number(account);
    if (plan_.is_nonroot && drops_account_ && !stage_.options.fix.user.given) {
      // The image brings a user for the same purpose.
      for (const Instruction& each : stage_.instructions()) {
        if (each.keyword == Keyword::kUser && (!is_above(each) || &each == user_)) {
          placement_.removed.push_back(&each);
        }
      }
      return {};
    }
    if (!number && plan_.bare)
      return "the small image does not know the user '" + std::string(account) + "'";
    if (!number && !plan_.build_image.empty() && !is_created(account)) {
      return "the small image may not know the user '" + std::string(account) + "'";
    }
    if (!is_above(*user_)) return {};
    const bool in_use =
        std::any_of(stage_.instructions().begin(), stage_.instructions().end(),
                    [this](const Instruction& each) {
                      return is_above(each) && each.span.begin > user_->span.begin &&
                             (each.keyword == Keyword::kRun || each.keyword == Keyword::kCopy ||
                              each.keyword == Keyword::kAdd);
                    });
    if (in_use) {
      repeat(*user_, placement_.late);
    } else {
      move(*user_, placement_.late);
    }
    return {};
  }

  [[nodiscard]] bool is_created(std::string_view account) const {
    bool created = false;
    for_each_command(stage_, [&](const Instruction&, const shell::Command& command) {
      const auto read = read_account_command(command);
      if (read && read->user != nullptr && read->user->value == account) created = true;
    });
    return created;
  }

  std::string check_packages() {
    std::string reason = settle_user();
    if (!reason.empty()) return reason;
    if (placement_.packages.names.empty()) return {};
    if (plan_.bare) {
      return "at run time it may need '" + placement_.packages.names.front() +
             "', which nothing can install into the small image";
    }
    std::string line = dockerfile::spelled(file_, Keyword::kRun);
    line += placement_.packages.by_apk
                ? " apk add --no-cache"
                : " apt-get update && apt-get install -y --no-install-recommends";
    for (const std::string& name : placement_.packages.names) line += ' ' + name;
    if (!placement_.packages.by_apk) line += " && rm -rf /var/lib/apt/lists/*";
    placement_.early.push_back(std::move(line));
    return {};
  }

  /// What the health check calls is in the small image.
  std::string check_health() const {
    if (stage_.healthcheck == nullptr || stage_.healthcheck->inner == nullptr) return {};
    const Instruction& test = *stage_.healthcheck->inner;
    if (ascii::iequals(test.keyword_text, "none")) return {};
    if (plan_.bare && !test.exec_form)
      return "its health check needs a shell, which the small image lacks";
    constexpr WordList kAlways = "node python python3 ruby java dotnet exit true test [ grep";
    for (const shell::Command& command : test.script.commands) {
      const std::string_view name = command.name();
      if (command.words.empty()) continue;
      const bool started =
          std::any_of(stage_.starts.begin(), stage_.starts.end(), [&](const Words& start) {
            return start.front() ==
                   command.words[command.program < command.words.size() ? command.program : 0]
                       .value;
          });
      if (started || (!plan_.bare && has_word(kAlways, name))) continue;
      if (!plan_.bare && name == "wget" && ascii::contains(plan_.image, "alpine")) continue;
      const bool installed =
          std::any_of(placement_.packages.names.begin(), placement_.packages.names.end(),
                      [name](const std::string& package) { return package.starts_with(name); });
      if (installed) continue;
      return "its health check calls '" + std::string(name) + "', which the small image lacks";
    }
    return {};
  }

  void repeat(const Instruction& instruction, std::vector<std::string>& lines) {
    // The comment above says it once.
    const Span whole = instruction.full_span;
    lines.emplace_back(file_.source->slice({layout_.line_begin(whole.begin), whole.end}));
  }
  void move(const Instruction& instruction, std::vector<std::string>& lines) {
    std::string_view block = file_.source->slice(layout_.block_of(instruction));
    while (!block.empty() && (block.back() == '\n' || block.back() == '\r')) block.remove_suffix(1);
    lines.emplace_back(block);
    placement_.removed.push_back(&instruction);
  }

  const SingleStage& stage_;
  const Stack& stack_;
  const Plan& plan_;
  const dockerfile::Dockerfile& file_;
  const Layout layout_;
  std::vector<Step> steps_;
  Placement placement_;
  const Instruction* user_ = nullptr;
  bool drops_account_ = false;
  std::vector<const Instruction*> arguments_;
};

}  // namespace

tl::expected<Placement, std::string> place_instructions(const SingleStage& stage,
                                                        const Stack& stack, const Plan& plan) {
  return Placing(stage, stack, plan).run();
}

}  // namespace plimsoll::check::two_stage
