#include <string>

#include "check/letter_case.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "instruction-case",
    .title = "Instructions are written in different letter cases",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "buildkit:ConsistentInstructionCasing",
    .why = "Whoever searches the file for COPY misses copy.",
    .fix_note = "Safe: Docker reads keywords in any case.",
    .sources = "https://docs.docker.com/reference/build-checks/consistent-instruction-casing/",
};

bool counts(const dockerfile::Instruction& instruction) {
  return instruction.keyword != dockerfile::Keyword::kUnknown &&
         instruction.stage != dockerfile::Instruction::kNoStage &&
         instruction.keyword_text.size() == instruction.keyword_span.size();
}

void check(const DockerfileView& view, Sink& sink) {
  std::size_t lower = 0;
  std::size_t upper = 0;
  std::size_t mixed = 0;
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (!counts(instruction)) continue;
    const LetterCase written = letter_case(instruction.keyword_text);
    ++(written == LetterCase::kLower ? lower : written == LetterCase::kUpper ? upper : mixed);
  }
  if (mixed == 0 && (lower == 0 || upper == 0)) return;
  const LetterCase wanted = lower > upper ? LetterCase::kLower : LetterCase::kUpper;
  const std::string_view in_words = wanted == LetterCase::kLower ? "lower case" : "upper case";
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (!counts(instruction) || letter_case(instruction.keyword_text) == wanted) continue;
    const std::string_view text = instruction.keyword_text;
    Finding& finding = sink.report(
        instruction.keyword_span, dockerfile::quoted(text) + " is not in " + std::string(in_words) +
                                      ", as most instructions of this file are");
    finding.fix =
        Fix{.title = "write the instruction in " + std::string(in_words),
            .edits = {{instruction.keyword_span,
                       wanted == LetterCase::kLower ? ascii::lower(text) : ascii::upper(text)}},
            .reveals = "from-as-case"};
  }
}

constexpr Example kExamples[] = {
    {.name = "one in lower case",
     .before = "FROM alpine:3.20\n«copy» a /a\nCOPY b /b\n",
     .after = "FROM alpine:3.20\nCOPY a /a\nCOPY b /b\n"},
    {.name = "neither",
     .before = "«From» alpine:3.20 AS a\nFROM alpine:3.20\n",
     .after = "FROM alpine:3.20 AS a\nFROM alpine:3.20\n"},
    {.name = "one in upper case",
     .before = "from alpine:3.20\n«COPY» a /a\nrun id\n",
     .after = "from alpine:3.20\ncopy a /a\nrun id\n"},
    {.name = "all in lower case", .before = "from alpine:3.20\ncopy a /a\n"},
    {.name = "all in upper case", .before = "FROM alpine:3.20\nCOPY a /a\n"},
};

}  // namespace

const Rule& instruction_case() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
