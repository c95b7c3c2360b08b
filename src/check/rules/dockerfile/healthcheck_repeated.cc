#include "check/remedy.h"
#include "check/replaced_instruction.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "healthcheck-repeated",
    .title = "An earlier HEALTHCHECK has no effect",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kSafe,
    .aliases = "hadolint:DL3012 trivy:DS-0023 buildkit:MultipleInstructionsDisallowed",
    .why = "Only the last of a stage counts, so what the first one watches goes unwatched.",
    .fix_note =
        "Put both checks into one command, or remove the one that has no effect. Safe: it had none "
        "before.",
    .sources =
        "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/ "
        "https://github.com/hadolint/hadolint/wiki/DL3012",
};

void check(const DockerfileView& view, Sink& sink) {
  for_each_replaced(
      view, dockerfile::Keyword::kHealthcheck, [&](const dockerfile::Instruction& instruction) {
        remedy(sink.report(instruction.keyword_span,
                           "a later HEALTHCHECK of the same stage replaces this one"),
               "remove what has no effect", dockerfile::remove_instruction(view.file, instruction),
               FixSafety::kSafe);
      });
}

constexpr Example kExamples[] = {
    {.name = "two",
     .before = "FROM alpine:3.20\n«HEALTHCHECK» CMD a\nHEALTHCHECK CMD b\n",
     .after = "FROM alpine:3.20\nHEALTHCHECK CMD b\n"},
    {.name = "taken back",
     .before = "FROM alpine:3.20\n«HEALTHCHECK» CMD a\nHEALTHCHECK NONE\n",
     .after = "FROM alpine:3.20\nHEALTHCHECK NONE\n"},
    {.name = "one in each stage",
     .before = "FROM alpine:3.20\nHEALTHCHECK CMD a\nFROM alpine:3.20\nHEALTHCHECK CMD b\n"},
};

}  // namespace

const Rule& healthcheck_repeated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
