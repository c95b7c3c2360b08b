#include "check/two_stage/final_stage.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "check/absolute_path.h"
#include "check/account_command.h"
#include "check/secret_value.h"
#include "check/start_of_image.h"
#include "check/two_stage/steps.h"
#include "check/variable_use.h"
#include "core/path.h"
#include "core/splice.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::two_stage {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

/// Rules that count what a second stage has as well, or look at it for the first time.
constexpr std::string_view kReveals =
    "base-image-not-pinned package-version-unpinned consecutive-runs root-filesystem-copied "
    "setuid-bits-kept app-files-writable copied-files-not-chowned label-missing "
    "recommended-packages-installed base-image-end-of-life base-image-not-minimal";

/// Variables that say how to build and nothing else.
bool is_of_build(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"GO",          "CGO_",    "PIP_",    "NPM_CONFIG_",
                                            "npm_config_", "MAVEN_",  "GRADLE_", "CARGO_",
                                            "NUGET_",      "POETRY_", "YARN_",   "PNPM_"};
  if (name == "DEBIAN_FRONTEND" || name == "CI" || name == "RUSTFLAGS") return true;
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

/// Variables that tools of a build look at although no command names them.
bool may_guide_build(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"NODE_", "NEXT_",   "NUXT_",  "VITE_", "REACT_",
                                            "VUE_",  "PUBLIC_", "RAILS_", "RACK_", "BUNDLE_",
                                            "GEM_",  "DOTNET_", "JAVA_",  "LC_",   "RUST"};
  if (name == "PATH" || name == "HOME" || name == "LANG") return true;
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

/// Variables that only a running program looks at.
bool is_of_run_time(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {
      "ASPNETCORE_", "GIN_",     "LOG_",      "JAVA_OPTS",
      "FLASK_",      "UVICORN_", "GUNICORN_", "PYTHONUNBUFFERED"};
  if (name == "PORT" || name == "HOST" || name == "TZ" || name == "LISTEN_ADDR") return true;
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

/// Name of the stage that the two others are FROM.
constexpr std::string_view kShared = "base";

class Writer {
 public:
  Writer(const SingleStage& stage, const Stack& stack, const Plan& plan)
      : stage_(stage), stack_(stack), plan_(plan), file_(stage.view.file) {}

  tl::expected<Fix, std::string> write() {
    if (stage_.starts.empty() && plan_.fork == nullptr)
      return Reason("it does not say what it starts");
    steps_ = read_steps(stage_, stack_);
    if (installs_anew()) packages_ = needed_packages(stage_, stack_);
    if (!packages_.reason.empty()) return Reason(packages_.reason);
    removed_ = plan_.unneeded;
    find_point();
    if (point_ == nullptr) return Reason(why_no_build());
    std::string reason = place_instructions();
    if (reason.empty() && plan_.fork != nullptr) reason = settle_user();
    if (reason.empty() && installs_anew()) reason = check_packages();
    if (reason.empty() && installs_anew()) reason = check_health();
    if (!reason.empty()) return Reason(reason);
    return fix();
  }

 private:
  [[nodiscard]] bool is_above(const Instruction& instruction) const {
    return instruction.span.begin <= point_->span.begin;
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
      if (builds && first_ == nullptr) first_ = step.run;
      if (builds || (plan_.bare && first_ != nullptr)) point_ = step.run;
    }
  }

  [[nodiscard]] std::string why_no_build() const {
    for (const Step& step : steps_) {
      if (step.role == Role::kOther) return step.reason;
    }
    return "no RUN builds the application";
  }

  /// Decides of each instruction whether it stays, moves or is repeated.
  std::string place_instructions() {
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
        if (is_above(instruction)) move(instruction, late_);
        return {};
      case Keyword::kLabel:
      case Keyword::kMaintainer:
        if (is_above(instruction)) move(instruction, early_);
        return {};
      case Keyword::kWorkdir:
        if (is_above(instruction)) workdir_ = &instruction;
        return {};
      default: return {};
    }
  }

  /// Nothing that the original needs to run has a meaning for a server that comes with the image.
  std::string place_beside_server(const Instruction& instruction) {
    switch (instruction.keyword) {
      case Keyword::kCmd:
      case Keyword::kEntrypoint:
      case Keyword::kStopsignal: removed_.push_back(&instruction); return {};
      case Keyword::kExpose:
        removed_.push_back(&instruction);
        expose(instruction);
        return {};
      case Keyword::kHealthcheck: return ask_server(instruction);
      case Keyword::kVolume: return "it has a volume";
      case Keyword::kLabel:
      case Keyword::kMaintainer:
        if (!is_above(instruction)) return {};
        if (!repeat_arguments(instruction.args.text)) return "a label names a secret";
        move(instruction, early_);
        return {};
      case Keyword::kRun: {
        const Step& step = step_of(instruction);
        if (step.role == Role::kOther) return step.reason;
        if (!is_above(instruction)) removed_.push_back(&instruction);
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
        if (!is_above(instruction)) removed_.push_back(&instruction);
        return {};
      default: return {};
    }
  }

  /// The same page is asked for, by what the image of the server has.
  std::string ask_server(const Instruction& healthcheck) {
    removed_.push_back(&healthcheck);
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
    late_.push_back(std::move(line));
    return {};
  }

  void expose(const Instruction& expose) {
    const std::string line = dockerfile::spelled(file_, Keyword::kExpose) + ' ' + plan_.port;
    const bool again = std::any_of(late_.begin(), late_.end(), [&line](const std::string& each) {
      return each.ends_with(line);
    });
    if (again) return;
    const std::uint32_t begin = block_of(expose).begin;
    std::string_view comments = file_.source->slice({begin, line_begin(expose.full_span.begin)});
    // What names a number names the port that was.
    if (comments.find_first_of("0123456789") != std::string_view::npos) comments = {};
    late_.push_back(std::string(comments) + line);
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
        if (!is_above(run) || !plan_.build_image.empty()) removed_.push_back(&run);
        return {};
      case Role::kAccounts:
        if (plan_.bare) {
          if (step.makes_folders)
            return "it makes folders, and the small image has no shell for that";
          if (!names_account(run)) removed_.push_back(&run);
          drops_account_ = true;
          return {};
        }
        if (!is_above(run)) return {};
        if (plan_.fork != nullptr) {
          move(run, shared_);
        } else if (names_account(run)) {
          repeat(run, early_);
        } else {
          move(run, early_);
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
        if (other.span.begin < point_->span.begin) return true;
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
      repeat(env, early_);
    } else {
      move(env, early_);
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
        repeat(other, early_);
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
          removed_.push_back(&each);
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
      repeat(*user_, late_);
    } else {
      move(*user_, late_);
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
    if (packages_.names.empty()) return {};
    if (plan_.bare) {
      return "at run time it may need '" + packages_.names.front() +
             "', which nothing can install into the small image";
    }
    std::string line = dockerfile::spelled(file_, Keyword::kRun);
    line += packages_.by_apk ? " apk add --no-cache"
                             : " apt-get update && apt-get install -y --no-install-recommends";
    for (const std::string& name : packages_.names) line += ' ' + name;
    if (!packages_.by_apk) line += " && rm -rf /var/lib/apt/lists/*";
    early_.push_back(std::move(line));
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
          std::any_of(packages_.names.begin(), packages_.names.end(),
                      [name](const std::string& package) { return package.starts_with(name); });
      if (installed) continue;
      return "its health check calls '" + std::string(name) + "', which the small image lacks";
    }
    return {};
  }

  // What follows makes text of the decisions.

  [[nodiscard]] std::string_view text() const { return file_.source->text(); }

  [[nodiscard]] std::uint32_t line_begin(std::uint32_t at) const {
    while (at > 0 && text()[at - 1] != '\n') --at;
    return at;
  }
  [[nodiscard]] std::uint32_t next_line(std::uint32_t at) const {
    if (at > 0 && text()[at - 1] == '\n') return at;
    const std::size_t end = text().find('\n', at);
    return static_cast<std::uint32_t>(end == std::string_view::npos ? text().size() : end + 1);
  }
  [[nodiscard]] std::string_view line_at(std::uint32_t begin) const {
    return ascii::trim(text().substr(begin, next_line(begin + 1) - begin));
  }
  [[nodiscard]] bool is_blank_above(std::uint32_t line) const {
    return line > 0 && line_at(line_begin(line - 1)).empty();
  }

  /// With the comments right above it.
  [[nodiscard]] Span block_of(const Instruction& instruction) const {
    std::uint32_t begin = line_begin(instruction.full_span.begin);
    while (begin > 0) {
      const std::uint32_t above = line_begin(begin - 1);
      if (!line_at(above).starts_with('#')) break;
      begin = above;
    }
    return {begin, next_line(instruction.full_span.end)};
  }

  void repeat(const Instruction& instruction, std::vector<std::string>& lines) {
    // The comment above says it once.
    const Span whole = instruction.full_span;
    lines.emplace_back(file_.source->slice({line_begin(whole.begin), whole.end}));
  }
  void move(const Instruction& instruction, std::vector<std::string>& lines) {
    std::string_view block = file_.source->slice(block_of(instruction));
    while (!block.empty() && (block.back() == '\n' || block.back() == '\r')) block.remove_suffix(1);
    lines.emplace_back(block);
    removed_.push_back(&instruction);
  }

  /// Instructions that stand together go together, with the blank line that set them off.
  void remove_all(std::vector<Edit>& edits) {
    std::sort(removed_.begin(), removed_.end(), [](const Instruction* a, const Instruction* b) {
      return a->span.begin < b->span.begin;
    });
    for (std::size_t i = 0; i < removed_.size(); ++i) {
      Span span = block_of(*removed_[i]);
      while (i + 1 < removed_.size() && next_of(*removed_[i]) == removed_[i + 1]) {
        span.end = block_of(*removed_[++i]).end;
      }
      if (span.begin == 0 || is_blank_above(span.begin)) {
        while (span.end < text().size() && line_at(span.end).empty())
          span.end = next_line(span.end + 1);
        while (is_blank_above(span.begin) && is_blank_above(line_begin(span.begin - 1))) {
          span.begin = line_begin(span.begin - 1);
        }
      }
      // The file does not end in blank lines.
      const std::uint32_t build = next_line(point_->full_span.end);
      while (span.end == text().size() && span.begin > build && is_blank_above(span.begin)) {
        span.begin = line_begin(span.begin - 1);
      }
      edits.push_back({span, ""});
    }
  }
  [[nodiscard]] const Instruction* next_of(const Instruction& instruction) const {
    const Instruction* next = &instruction + 1;
    return next < file_.instructions.data() + file_.instructions.size() ? next : nullptr;
  }

  [[nodiscard]] std::string new_name() const {
    for (const char* name : {"build", "builder", "build-stage", "compile"}) {
      if (file_.find_stage(name) == nullptr) return name;
    }
    return {};
  }

  [[nodiscard]] std::string copy_line(const Result& result) const {
    const std::string chown = result.chown.empty() ? "" : " --chown=" + result.chown;
    return dockerfile::spelled(file_, Keyword::kCopy) + " --from=" + name_ + chown + ' ' +
           result.from + ' ' + result.to;
  }

  std::vector<std::string> lines_of_final_stage() {
    const auto spelled = [this](Keyword keyword) { return dockerfile::spelled(file_, keyword); };
    std::vector<std::string> lines;
    std::string from = spelled(Keyword::kFrom) + ' ' +
                       (plan_.fork != nullptr ? std::string(kShared) : plan_.image);
    if (!stage_.stage.name.empty()) {
      from += as_word() + std::string(stage_.stage.name);
    }
    lines.push_back(std::move(from));
    lines.insert(lines.end(), early_.begin(), early_.end());
    if (!plan_.environment.empty())
      lines.push_back(spelled(Keyword::kEnv) + ' ' + plan_.environment);
    if (!serves_itself() && workdir_ != nullptr && starts_there()) {
      lines.push_back(spelled(Keyword::kWorkdir) + ' ' + workdir_at_point());
    }
    for (const Result& result : plan_.results) lines.push_back(copy_line(result));
    if (!plan_.setup.empty()) lines.push_back(spelled(Keyword::kRun) + ' ' + plan_.setup);
    lines.insert(lines.end(), late_.begin(), late_.end());
    return lines;
  }

  /// The folder means something without the sources that lay there.
  [[nodiscard]] bool starts_there() const {
    // Another one follows before anything is done there.
    const auto instructions = stage_.instructions();
    const auto next =
        std::find_if(instructions.begin(), instructions.end(), [this](const Instruction& each) {
          return !is_above(each) &&
                 (each.keyword == Keyword::kWorkdir || each.keyword == Keyword::kRun ||
                  each.keyword == Keyword::kCopy || each.keyword == Keyword::kAdd);
        });
    if (next != instructions.end() && next->keyword == Keyword::kWorkdir &&
        next->args.text.starts_with('/')) {
      return false;
    }
    if (!plan_.only_program) return true;
    const bool copied = std::any_of(stage_.instructions().begin(), stage_.instructions().end(),
                                    [this](const Instruction& each) {
                                      return !is_above(each) && (each.keyword == Keyword::kCopy ||
                                                                 each.keyword == Keyword::kAdd);
                                    });
    const bool relative =
        std::any_of(stage_.starts.begin(), stage_.starts.end(), [](const Words& start) {
          return std::any_of(start.begin(), start.end(), [](std::string_view word) {
            return !word.starts_with('/') && (ascii::contains(word, "/") || word.ends_with(".jar"));
          });
        });
    return copied || relative;
  }

  [[nodiscard]] std::string workdir_at_point() const {
    const std::string_view written = workdir_->args.text;
    if (written.starts_with('/')) return std::string(written);
    const Instruction* next = next_of(*workdir_);
    return next == nullptr ? stage_.workdir : workdir_at(stage_, *next);
  }

  [[nodiscard]] std::string as_word() const {
    return dockerfile::spelled(file_, Keyword::kFrom) == "from" ? " as " : " AS ";
  }

  void change_from(std::vector<Edit>& edits) const {
    const dockerfile::Stage& stage = stage_.stage;
    const std::string name = plan_.fork != nullptr ? std::string(kShared) : name_;
    const std::string image =
        plan_.build_image.empty() ? std::string(stage.image) : plan_.build_image;
    if (stage.name.empty()) {
      edits.push_back({stage.image_span, image + as_word() + name});
      return;
    }
    if (image != stage.image) edits.push_back({stage.image_span, image});
    edits.push_back({stage.name_span, name});
  }

  void add_final_stage(std::vector<Edit>& edits) {
    const std::string end(dockerfile::line_end(file_));
    std::vector<std::string> lines = lines_of_final_stage();
    const Instruction* next = nullptr;
    for (const Instruction& each : stage_.instructions()) {
      if (is_above(each)) continue;
      if (std::find(removed_.begin(), removed_.end(), &each) != removed_.end()) continue;
      next = &each;
      break;
    }
    if (next == nullptr) {
      lines.insert(lines.begin(), std::string());
      edits.push_back(dockerfile::insert_after(file_, *point_, lines));
      return;
    }
    Edit edit = dockerfile::insert_before(file_, *next, lines);
    if (!is_blank_above(edit.span.begin)) edit.text.insert(0, end);
    edits.push_back(std::move(edit));
  }

  /// The build on what both stages have.
  void begin_build(std::vector<Edit>& edits) const {
    std::vector<std::string> lines = shared_;
    if (!lines.empty()) lines.emplace_back();
    lines.push_back(dockerfile::spelled(file_, Keyword::kFrom) + ' ' + std::string(kShared) +
                    as_word() + name_);
    lines.insert(lines.end(), plan_.build_lines.begin(), plan_.build_lines.end());
    Edit edit = dockerfile::insert_before(file_, *plan_.fork, lines);
    if (shared_.empty() && !is_blank_above(edit.span.begin)) {
      edit.text.insert(0, std::string(dockerfile::line_end(file_)));
    }
    edits.push_back(std::move(edit));
  }

  void prepare(std::vector<Edit>& edits) const {
    if (plan_.fork != nullptr) begin_build(edits);
    std::vector<std::string> lines;
    if (!plan_.preparation.empty()) {
      lines.push_back(dockerfile::spelled(file_, Keyword::kRun) + ' ' + plan_.preparation);
    }
    if (!plan_.environment.empty()) {
      lines.push_back(dockerfile::spelled(file_, Keyword::kEnv) + ' ' + plan_.environment);
    }
    if (!lines.empty()) edits.push_back(dockerfile::insert_before(file_, *first_, lines));
  }

  tl::expected<Fix, std::string> fix() {
    name_ = new_name();
    const bool taken = plan_.fork != nullptr && file_.find_stage(kShared) != nullptr &&
                       stage_.stage.name != kShared;
    if (name_.empty() || taken) return Reason("its stages have the names that a new one would get");
    std::vector<Edit> edits = plan_.edits;
    change_from(edits);
    prepare(edits);
    add_final_stage(edits);
    remove_all(edits);
    const auto plain = plain_edits(edits);
    if (!plain) return Reason("the changes it needs overlap");
    Fix fix{.title = "build in a stage of its own and ship '" +
                     (plan_.fork != nullptr ? std::string(stage_.stage.image) : plan_.image) + "'",
            .edits = guarded(*plain),
            .safety = FixSafety::kUnsafe,
            .advice = advice(),
            .reveals = kReveals};
    return fix;
  }

  /// All that stands in the stage is changed, if only to what it was: what another fix puts in
  /// there may be meant for either of the two stages, so that it has to wait. Each change takes the
  /// byte before and the one behind it, since an insertion at the edge of a change is none inside.
  [[nodiscard]] std::vector<Edit> guarded(const std::vector<Edit>& plain) const {
    const auto size = static_cast<std::uint32_t>(text().size());
    std::vector<Edit> groups;
    for (const Edit& edit : plain) {
      if (groups.empty() || edit.span.begin > groups.back().span.end + 2) {
        groups.push_back({edit.span, edit.text});
        continue;
      }
      Edit& last = groups.back();
      last.text += file_.source->slice({last.span.end, edit.span.begin});
      last.text += edit.text;
      last.span.end = edit.span.end;
    }
    std::vector<Edit> all;
    std::uint32_t at = groups.front().span.begin;
    for (Edit& group : groups) {
      if (group.span.begin > at) {
        --group.span.begin;
        group.text.insert(0, 1, text()[group.span.begin]);
        keep({at, group.span.begin}, all);
      }
      if (group.span.end < size) group.text += text()[group.span.end++];
      at = group.span.end;
      all.push_back(std::move(group));
    }
    keep({at, size}, all);
    return all;
  }
  void keep(Span span, std::vector<Edit>& edits) const {
    if (!span.empty()) edits.push_back({span, std::string(file_.source->slice(span))});
  }

  [[nodiscard]] std::string advice() const {
    std::string advice = plan_.advice;
    if (!packages_.dropped.empty()) {
      if (!advice.empty()) advice += "; ";
      advice += "check that what it runs calls none of what the image no longer has:";
      std::string separator = " ";
      for (const std::string& name : packages_.dropped) {
        advice += separator + name;
        separator = ", ";
      }
    }
    return advice;
  }

  const SingleStage& stage_;
  const Stack& stack_;
  const Plan& plan_;
  const dockerfile::Dockerfile& file_;
  std::vector<Step> steps_;
  NeededPackages packages_;
  const Instruction* first_ = nullptr;    ///< RUN of the build
  const Instruction* point_ = nullptr;    ///< the last one: the new stage begins below it
  const Instruction* workdir_ = nullptr;  ///< in force there
  const Instruction* user_ = nullptr;
  bool drops_account_ = false;
  std::string name_;
  std::vector<std::string> shared_;  ///< lines that both stages get, at the fork
  std::vector<std::string> early_;   ///< lines above what is copied
  std::vector<std::string> late_;    ///< lines below it
  std::vector<const Instruction*> removed_;
  std::vector<const Instruction*> arguments_;
};

}  // namespace

tl::expected<Fix, std::string> write_final_stage(const SingleStage& stage, const Stack& stack,
                                                 const Plan& plan) {
  return Writer(stage, stack, plan).write();
}

}  // namespace plimsoll::check::two_stage
