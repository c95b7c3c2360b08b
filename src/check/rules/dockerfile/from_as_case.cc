#include "check/letter_case.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "from-as-case",
    .title = "FROM and AS are written in different letter cases",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "buildkit:FromAsCasing",
    .why = "It reads like two languages in one line.",
    .fix_note = "Safe: Docker reads both in any case.",
    .sources = "https://docs.docker.com/reference/build-checks/from-as-casing/",
};

void check(const dockerfile::Instruction& from, Sink& sink) {
  if (from.keyword != dockerfile::Keyword::kFrom || from.words.size() < 3) return;
  const dockerfile::Word& as = from.words[1];
  if (!ascii::iequals(as.raw, "as")) return;
  const LetterCase wanted = letter_case(from.keyword_text);
  // Of FROM itself another rule speaks.
  if (wanted == LetterCase::kMixed || letter_case(as.raw) == wanted) return;
  Finding& finding =
      sink.report(as.span, dockerfile::quoted(as.raw) + " is not in the letter case of " +
                               dockerfile::quoted(from.keyword_text));
  finding.fix = Fix{.title = "write AS like FROM",
                    .edits = {{as.span, wanted == LetterCase::kLower ? "as" : "AS"}}};
}

constexpr Example kExamples[] = {
    {.name = "as", .before = "FROM alpine:3.20 «as» base\n", .after = "FROM alpine:3.20 AS base\n"},
    {.name = "AS", .before = "from alpine:3.20 «AS» base\n", .after = "from alpine:3.20 as base\n"},
    {.name = "neither",
     .before = "FROM alpine:3.20 «As» base\n",
     .after = "FROM alpine:3.20 AS base\n"},
    {.name = "alike", .before = "FROM alpine:3.20 AS base\nfrom base as end\n"},
    {.name = "FROM itself is odd", .before = "From alpine:3.20 as base\n"},
};

}  // namespace

const Rule& from_as_case() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
