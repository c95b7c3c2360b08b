#include <algorithm>
#include <string>

#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "legacy-key-value",
    .title = "ENV or LABEL without '='",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "buildkit:LegacyKeyValueFormat",
    .why =
        "The form without '=' takes the rest of the line as the value, so a second variable or "
        "a comment silently becomes part of it.",
    .fix_note = "Safe: the same name gets the same value.",
    .sources = "https://docs.docker.com/reference/build-checks/legacy-key-value-format/",
};

/// What stands after '='; "" when that takes a person.
std::string written_value(std::string_view raw) {
  if (raw.empty() || raw.find_first_of("\"'\\`") != std::string_view::npos) return "";
  const bool blank = std::any_of(raw.begin(), raw.end(), ascii::is_space);
  return blank ? '"' + std::string(raw) + '"' : std::string(raw);
}

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kEnv &&
      instruction.keyword != dockerfile::Keyword::kLabel) {
    return;
  }
  if (instruction.assignments.empty()) return;
  const dockerfile::Assignment& pair = instruction.assignments.front();
  if (!pair.legacy || !pair.has_value) return;
  Finding& finding =
      sink.report(pair.span, "no '=' between " + dockerfile::quoted(pair.name) + " and its value");
  const std::string value = written_value(pair.raw);
  if (value.empty() || pair.raw.size() != pair.value_span.size()) return;
  finding.fix = Fix{.title = "join name and value with '='",
                    .edits = {{{pair.name_span.end, pair.value_span.end}, '=' + value}}};
}

constexpr Example kExamples[] = {
    {.name = "ENV",
     .before = "FROM alpine:3.20\nENV «A b»\n",
     .after = "FROM alpine:3.20\nENV A=b\n"},
    {.name = "several words",
     .before = "FROM alpine:3.20\nENV «PATH  /a b:$PATH»\n",
     .after = "FROM alpine:3.20\nENV PATH=\"/a b:$PATH\"\n"},
    {.name = "LABEL",
     .before = "FROM alpine:3.20\nLABEL «a.b c»\n",
     .after = "FROM alpine:3.20\nLABEL a.b=c\n"},
    {.name = "quotes are reported but not fixed", .before = "FROM alpine:3.20\nENV «A \"b\" c»\n"},
    {.name = "with '='", .before = "FROM alpine:3.20\nENV A=b C=\"d e\"\nLABEL x=y\n"},
    {.name = "an argument", .before = "FROM alpine:3.20\nARG A\n"},
};

}  // namespace

const Rule& legacy_key_value() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
