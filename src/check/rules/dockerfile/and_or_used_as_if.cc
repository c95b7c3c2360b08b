#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "and-or-used-as-if",
    .title = "A && B || C runs C when B fails, too",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "shellcheck:SC2015",
    .why =
        "It reads like if A then B else C, but a B that fails runs C as well, and the build goes "
        "on "
        "as if nothing had happened.",
    .fix_note = "Unsafe: 'if A; then B; else C; fi' stops where the chain went on.",
    .sources = "https://www.shellcheck.net/wiki/SC2015",
};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_test(const shell::Command& command) {
  constexpr std::array<std::string_view, 3> kTests{"[", "[[", "test"};
  return is_one_of(command.name(), kTests);
}

/// So that C is what happens else: a B like this one does not fail.
bool cannot_fail(const shell::Command& command) {
  constexpr std::array<std::string_view, 8> kSure{":",      "true", "echo",   "printf",
                                                  "export", "set",  "return", "exit"};
  return command.name().empty() || is_one_of(command.name(), kSure);
}

/// C as the answer to any failure: it says so, stops, or lets it pass on purpose.
bool is_for_any_failure(const shell::Command& command) {
  constexpr std::array<std::string_view, 8> kAnswers{":",    "true",   "false",    "exit",
                                                     "echo", "printf", "continue", "return"};
  return command.name().empty() || is_one_of(command.name(), kAnswers);
}

void check(const dockerfile::Instruction& run, Sink& sink) {
  if (run.keyword != dockerfile::Keyword::kRun || !run.script.understood) return;
  const std::vector<shell::Command>& commands = run.script.commands;
  for (std::size_t i = 0; i + 2 < commands.size(); ++i) {
    const shell::Command& then = commands[i + 1];
    const shell::Command& otherwise = commands[i + 2];
    if (otherwise.connector != shell::Connector::kOr || then.connector != shell::Connector::kAnd) {
      continue;
    }
    const shell::Command& test = commands[i];
    const bool one_list = test.depth == then.depth && then.depth == otherwise.depth;
    if (!one_list || !is_test(test) || test.in_condition || test.nested || then.nested) continue;
    if (cannot_fail(then) || is_for_any_failure(otherwise)) continue;
    sink.report(run.source({test.span.begin, otherwise.span.end}),
                "'" + std::string(otherwise.name()) + "' runs when '" + std::string(then.name()) +
                    "' fails, too: this is no if … else");
  }
}

constexpr Example kExamples[] = {
    {.name = "two downloads",
     .before = "FROM debian:12\n"
               "RUN «[ \"$A\" = arm64 ] && curl -fO https://a.example/a || curl -fO "
               "https://a.example/b»\n"},
    {.name = "an if",
     .before = "FROM debian:12\n"
               "RUN if [ \"$A\" = arm64 ]; then make a; else make b; fi\n"},
    {.name = "a failure may pass",
     .before = "FROM debian:12\nRUN [ -e /a ] && sed -i s/a/b/ /a || true\n"},
    {.name = "a failure is told",
     .before = "FROM debian:12\nRUN [ -e /a ] && make || { echo no; exit 1; }\n"},
    {.name = "what cannot fail",
     .before = "FROM debian:12\nRUN [ -e /a ] && echo there || touch /a\n"},
    {.name = "no else is meant",
     .before = "FROM debian:12\nRUN make && make install || make all\n"},
    {.name = "an or of tests", .before = "FROM debian:12\nRUN [ -z \"$A\" ] || make $A\n"},
    {.name = "as a condition",
     .before = "FROM debian:12\nRUN if [ -e /a ] && grep -q a /a || grep -q a /b; then make; fi\n"},
};

}  // namespace

const Rule& and_or_used_as_if() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
