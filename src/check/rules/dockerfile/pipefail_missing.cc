#include <optional>
#include <string>
#include <vector>

#include "check/package_manager.h"
#include "check/rule.h"
#include "core/ascii.h"
#include "parse/dockerfile_edit.h"
#include "workload/image_facts.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "pipefail-missing",
    .title = "A failure at the start of a pipe goes unnoticed",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL4006 semgrep:set-pipefail",
    .why =
        "A pipe's status is that of its last command: when the download in `curl … | tar x` "
        "breaks, "
        "the build goes on with what little arrived and the image is cached.",
    .fix_note =
        "Before the RUN: SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"], or set -o "
        "pipefail in it. Unsafe: dash does not know the option, and commands such as grep "
        "then fail the build when they find nothing.",
    .sources = "https://docs.docker.com/build/building/best-practices/#using-pipes",
};

/// SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
bool sets_pipefail(const dockerfile::Instruction& shell) {
  for (std::size_t i = 1; i + 1 < shell.words.size(); ++i) {
    const std::string_view option = shell.words[i].value;
    if (option.starts_with('-') && option.ends_with('o') &&
        shell.words[i + 1].value == "pipefail") {
      return true;
    }
  }
  return false;
}

/// A file with an interpreter line is run by that, without the options of SHELL.
bool has_interpreter(const dockerfile::Instruction& run) {
  return run.script_text.text.starts_with("#!");
}

/// Printing does not fail, so nothing is lost; and under pipefail `yes |` always would.
bool cannot_fail(const shell::Command& command) {
  const std::string_view name = command.name();
  return name == "echo" || name == "printf" || name == "yes" || name == "true" || name == ":" ||
         name.empty();
}

/// Fails by itself when nothing comes in, or is there so that nothing fails.
bool notices_nothing_came(const shell::Command& consumer) {
  const std::string_view name = consumer.name();
  if (name == "grep" || name == "egrep" || name == "fgrep" || name == "true") return true;
  return name.ends_with("sum") && (consumer.has_flag("-c") || consumer.has_flag("--check"));
}

/// Whether somebody looks at the status of the command at `index`.
class Statuses {
 public:
  explicit Statuses(const shell::Script& script) : commands_(script.commands) {}

  /// To be asked in rising order.
  [[nodiscard]] bool matters(std::size_t index) {
    const shell::Command& command = commands_[index];
    if (command.pipefail || command.in_condition) return false;
    if (index + 1 < commands_.size() && commands_[index + 1].connector == shell::Connector::kOr) {
      return false;
    }
    return !command.in_substitution || is_in_assignment(index);
  }

 private:
  /// The status of `version=$(curl … | jq …)` is that of the pipe; others drop it.
  [[nodiscard]] bool is_in_assignment(std::size_t index) {
    for (; seen_ < index; ++seen_) {
      const shell::Command& command = commands_[seen_];
      if (command.words.empty() && !command.environment.empty()) assignment_ = command.span;
    }
    return assignment_.contains(commands_[index].span);
  }

  const std::vector<shell::Command>& commands_;
  std::size_t seen_ = 0;
  Span assignment_;
};

/// What a stage's findings have in common: one SHELL, above the first of their RUNs.
struct ShellOfStage {
  const dockerfile::Instruction* first = nullptr;
  bool chosen = false;                        ///< by a SHELL of the author's
  std::optional<bool> echoes = std::nullopt;  ///< escapes; found out once, when asked for
};

/// dash's echo reads escapes, bash's does not.
bool echoes_escapes(const dockerfile::Dockerfile& file, const dockerfile::Stage& stage) {
  for (const dockerfile::Instruction& instruction : file.of(stage)) {
    for (const shell::Command& command : instruction.script.commands) {
      if (command.name() != "echo") continue;
      for (const shell::Word& word : command) {
        if (word.value.find('\\') != std::string_view::npos) return true;
      }
    }
  }
  return false;
}

void add_shell(Finding& finding, const DockerfileView& view, const dockerfile::Stage& stage,
               ShellOfStage& shell) {
  if (shell.chosen) {
    finding.unfixed = "its SHELL is the author's choice: add -o pipefail there";
    return;
  }
  const StageBase* base = view.base(stage);
  std::string arguments;
  if (base != nullptr && base->reference && base->facts != nullptr &&
      has_shell(*base->reference) == true) {
    switch (family_of(*base->reference)) {
      case ImageFamily::kDebian:
      case ImageFamily::kUbuntu:
        if (!shell.echoes) shell.echoes = echoes_escapes(view.file, stage);
        if (*shell.echoes) {
          finding.unfixed = "echo with escapes means something else to bash";
          return;
        }
        [[fallthrough]];
      case ImageFamily::kRedhat: arguments = R"(["/bin/bash", "-o", "pipefail", "-c"])"; break;
      case ImageFamily::kAlpine: arguments = R"(["/bin/ash", "-eo", "pipefail", "-c"])"; break;
      default: break;
    }
  }
  if (arguments.empty()) {
    finding.unfixed = "which shell the image has is not known";
    return;
  }
  const std::string line =
      dockerfile::spelled(view.file, dockerfile::Keyword::kShell) + ' ' + arguments;
  finding.fix = Fix{.title = "run the stage's scripts with pipefail",
                    .edits = {dockerfile::insert_before(view.file, *shell.first, {line})},
                    .safety = FixSafety::kUnsafe};
}

/// Null when nothing is wrong.
Finding* judge(const dockerfile::Instruction& run, Sink& sink) {
  const auto& commands = run.script.commands;
  Statuses statuses(run.script);
  std::vector<const shell::Command*> last_of;  // by pipeline
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const shell::Command& command = commands[i];
    const std::size_t pipeline = command.pipeline;
    if (pipeline >= last_of.size()) last_of.resize(pipeline + 1);
    const shell::Command* before = last_of[pipeline];
    last_of[pipeline] = &command;
    if (command.connector != shell::Connector::kPipe || before == nullptr) continue;
    if (cannot_fail(*before) || notices_nothing_came(command)) continue;
    if (!statuses.matters(i)) continue;
    return &sink.report(
        run.source(before->span),
        "when '" + std::string(before->name()) + "' fails, the pipe does not: pipefail is not set");
  }
  return nullptr;
}

bool has_pipe(const dockerfile::Instruction& run) {
  for (const shell::Command& command : run.script.commands) {
    if (command.connector == shell::Connector::kPipe) return true;
  }
  return false;
}

/// cmd or PowerShell is the default there, whatever we made of the script.
bool is_windows(const dockerfile::Stage* stage) {
  return stage != nullptr && (ascii::icontains(stage->image_expanded, "windows") ||
                              ascii::icontains(stage->image_expanded, "nanoserver"));
}

void check(const DockerfileView& view, Sink& sink) {
  bool pipefail = false;
  ShellOfStage shell;
  std::vector<bool> at_end(view.file.stages.size());
  for (const dockerfile::Instruction& outer : view.file.instructions) {
    const dockerfile::Stage* stage = view.stage_of(outer);
    if (outer.keyword == dockerfile::Keyword::kFrom && stage != nullptr) {
      pipefail = stage->parent && *stage->parent < at_end.size() && at_end[*stage->parent];
      shell = {};
    }
    if (outer.keyword == dockerfile::Keyword::kShell) {
      pipefail = sets_pipefail(outer);
      shell.chosen = true;
    }
    if (stage != nullptr) at_end[stage->index] = pipefail;
    const dockerfile::Instruction& run = outer.inner != nullptr ? *outer.inner : outer;
    if (run.keyword != dockerfile::Keyword::kRun || !run.script.understood) continue;
    const bool applies = pipefail && !run.exec_form && !has_interpreter(run);
    if (applies || !has_pipe(run) || is_windows(stage)) continue;
    Finding* finding = judge(run, sink);
    if (finding == nullptr || stage == nullptr) continue;
    if (run.onbuild || run.exec_form || has_interpreter(run)) {
      finding->unfixed = "no SHELL of this file runs it";
      continue;
    }
    if (shell.first == nullptr) shell.first = &outer;
    add_shell(*finding, view, *stage, shell);
  }
}

constexpr Example kExamples[] = {
    {.name = "a download",
     .before = "FROM debian:12\nRUN «curl -s https://a.b/c» | tar xz\n",
     .after = "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN curl -s "
              "https://a.b/c | tar xz\n"},
    {.name = "one SHELL for a stage, below its comment's RUN",
     .before = "FROM alpine:3.20\nRUN a\n# fetch\nRUN «b» | c\nRUN «d» | e\nFROM alpine:3.20\nRUN "
               "«f» | g\n",
     .after =
         "FROM alpine:3.20\nRUN a\nSHELL [\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]\n# fetch\n"
         "RUN b | c\nRUN d | e\nFROM alpine:3.20\n"
         "SHELL [\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN f | g\n"},
    {.name = "an unknown base", .before = "FROM example/a:1\nRUN «a» | b\n"},
    {.name = "escapes of dash's echo",
     .before = "FROM debian:12\nRUN echo 'a\\n' > /a\nRUN «b» | c\n"},
    {.name = "SHELL",
     .before = "FROM debian:12\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN a | b\n"},
    {.name = "SHELL without it",
     .before = "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a | b\n"
               "SHELL [\"/bin/sh\", \"-c\"]\nRUN «a» | b\n"},
    {.name = "SHELL of a stage it is FROM",
     .before = "FROM debian:12 AS a\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nFROM a\n"
               "RUN a | b\n"},
    {.name = "SHELL of another stage",
     .before = "FROM debian:12 AS a\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n"
               "FROM debian:12\nRUN «a» | b\n"},
    {.name = "set in the script", .before = "FROM debian:12\nRUN set -o pipefail && a | b\n"},
    {.name = "a heredoc with an interpreter",
     .before = "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN <<EOF\n"
               "#!/bin/bash\n«a» | b\nEOF\n"},
    {.name = "nothing that could fail", .before = "FROM debian:12\nRUN echo a | b && yes | c\n"},
    {.name = "PowerShell", .before = "FROM debian:12\nSHELL [\"pwsh\", \"-c\"]\nRUN a | b\n"},
    {.name = "the status is asked for",
     .before = "FROM debian:12\nRUN if a | grep -q b; then c; fi\n"},
    {.name = "only the output is wanted", .before = "FROM debian:12\nRUN echo \"$(a | b)\"\n"},
    {.name = "an assignment has the status of the pipe",
     .before = "FROM debian:12\nRUN v=$(«curl -s https://a.b» | jq .v) && c \"$v\"\n"},
    {.name = "a consumer that fails without input",
     .before = "FROM debian:12\nRUN php -m | grep -q zip && grep a b | sha256sum -c -\n"},
    {.name = "only the last consumer's failure counts",
     .before = "FROM debian:12\nRUN a | «grep b» | c\n"},
    {.name = "failure is expected", .before = "FROM debian:12\nRUN a | b || true\n"},
};

}  // namespace

const Rule& pipefail_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
