#include <optional>
#include <string>
#include <string_view>

#include "check/build_variable.h"
#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "test-operand-unquoted",
    .title = "A test in the shell has an operand that may vanish",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "shellcheck:SC2070 shellcheck:SC2086",
    .why =
        "An empty variable without quotes is no word at all: '[ -n $X ]' is true then, and '[ $X = "
        "y ]' is a syntax error, which counts as false.",
    .fix_note =
        "Unsafe: quoted, the test says what was meant, which may be another branch than the one "
        "taken so far.",
    .sources = "https://www.shellcheck.net/wiki/SC2070 https://www.shellcheck.net/wiki/SC2086",
};

bool is_comparison(std::string_view word) {
  return word == "=" || word == "==" || word == "!=" || word == "-eq" || word == "-ne" ||
         word == "-lt" || word == "-le" || word == "-gt" || word == "-ge";
}

/// The variable that is the whole of an unquoted word.
std::optional<std::string_view> lone_variable(const shell::Word& word) {
  if (!word.expands || word.quoted) return std::nullopt;
  const auto name = leading_variable(word.raw);
  if (!name) return std::nullopt;
  const std::size_t marks = word.raw.starts_with("${") ? 3 : 1;
  return word.raw.size() == name->size() + marks ? name : std::nullopt;
}

constexpr std::size_t kMostLooks = 64;  // each look at a variable reads the whole stage

class Judge {
 public:
  Judge(const DockerfileView& view, Sink& sink) : view_(view), sink_(sink) {}

  void judge(const dockerfile::Instruction& run, const shell::Command& test) {
    for (const shell::Word* word = test.begin(); word != test.end(); ++word) {
      const auto name = lone_variable(*word);
      if (!name) continue;
      if (word != test.begin() && (word - 1)->raw == "-n") {
        report(run, *word, "so the test is true when " + std::string(*name) + " is empty");
        continue;
      }
      const bool compared = word + 1 != test.end() && is_comparison((word + 1)->raw);
      if (compared && may_be_empty(run, *word, *name)) {
        report(run, *word, "and " + std::string(*name) + " may be empty");
      }
    }
  }

 private:
  bool may_be_empty(const dockerfile::Instruction& run, const shell::Word& word,
                    std::string_view name) {
    if (is_predefined_variable(name) || ++looks_ > kMostLooks) return false;
    return !script_mentions_elsewhere(run, word, name) &&
           value_in_stage(view_, run, name) == BuildValue::kMayBeEmpty;
  }

  void report(const dockerfile::Instruction& run, const shell::Word& word, const std::string& why) {
    sink_.report(run.source(word.span), "'" + std::string(word.raw) + "' is not quoted, " + why);
  }

  const DockerfileView& view_;
  Sink& sink_;
  std::size_t looks_ = 0;
};

void check(const DockerfileView& view, Sink& sink) {
  Judge judge(view, sink);
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    for (const shell::Command& command : run.script.commands) {
      const std::string_view name = command.name();
      if (name == "[" || name == "test") judge.judge(run, command);
    }
  });
}

constexpr Example kExamples[] = {
    {.name = "always true",
     .before = "FROM debian:12\n"
               "ARG X\n"
               "RUN if [ -n «$X» ]; then echo set; fi\n"},
    {.name = "also in braces",
     .before = "FROM debian:12\n"
               "RUN test -n «${X}» && echo set\n"},
    {.name = "compared, and without default",
     .before = "FROM debian:12\n"
               "ARG MODE\n"
               "RUN if [ «$MODE» = debug ]; then make debug; fi\n"},
    {.name = "quoted",
     .before = "FROM debian:12\n"
               "ARG X\n"
               "RUN [ -n \"$X\" ] && [ \"$X\" = y ]\n"},
    {.name = "with a default",
     .before = "FROM debian:12\n"
               "ARG MODE=release\n"
               "RUN if [ $MODE = debug ]; then make debug; fi\n"},
    {.name = "set by the script",
     .before = "FROM debian:12\n"
               "RUN n=$(nproc); [ $n -gt 2 ] && make\n"},
    {.name = "the other test",
     .before = "FROM debian:12\n"
               "ARG X\n"
               "RUN [ -z $X ] || make\n"},
    {.name = "bash does not split here",
     .before = "FROM debian:12\n"
               "SHELL [\"/bin/bash\", \"-c\"]\n"
               "ARG X\n"
               "RUN [[ -n $X ]] && make\n"},
};

}  // namespace

const Rule& test_operand_unquoted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
