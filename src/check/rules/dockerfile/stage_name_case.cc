#include "check/letter_case.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "stage-name-case",
    .title = "A stage's name has capitals",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "buildkit:StageNameCasing",
    .why =
        "Docker compares the names without regard to case, so capitals suggest differences that "
        "are none.",
    .fix_note = "Safe: every reference keeps meaning this stage, however it is written.",
    .sources = "https://docs.docker.com/reference/build-checks/stage-name-casing/",
};

void check(const StageView& view, Sink& sink) {
  const std::string_view name = view.stage.name;
  if (letter_case(name) == LetterCase::kLower) return;
  Finding& finding = sink.report(
      view.stage.name_span, "the stage name " + dockerfile::quoted(name) + " is not in lower case");
  if (name.size() != view.stage.name_span.size()) return;
  finding.fix = Fix{.title = "write the stage name in lower case",
                    .edits = {{view.stage.name_span, ascii::lower(name)}}};
}

constexpr Example kExamples[] = {
    {.name = "camel case",
     .before = "FROM alpine:3.20 AS «buildStage»\nFROM scratch\nCOPY --from=buildStage /a /a\n",
     .after = "FROM alpine:3.20 AS buildstage\nFROM scratch\nCOPY --from=buildStage /a /a\n"},
    {.name = "capitals",
     .before = "FROM alpine:3.20 AS «BASE»\n",
     .after = "FROM alpine:3.20 AS base\n"},
    {.name = "lower case", .before = "FROM alpine:3.20 AS base-1\n"},
};

}  // namespace

const Rule& stage_name_case() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
