#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "instruction-before-from",
    .title = "An instruction stands before the first FROM",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3061",
    .why = "Only ARG, comments and directives may stand there: the build fails.",
    .fix_note = "Move it below FROM.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#format "
        "https://github.com/hadolint/hadolint/wiki/DL3061",
};

void check(const DockerfileView& view, Sink& sink) {
  if (view.file.stages.empty()) return;
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (instruction.keyword == dockerfile::Keyword::kFrom) return;
    if (instruction.keyword == dockerfile::Keyword::kArg ||
        instruction.keyword == dockerfile::Keyword::kUnknown) {
      continue;
    }
    sink.report(instruction.keyword_span, std::string(dockerfile::to_string(instruction.keyword)) +
                                              " stands before the first FROM");
  }
}

constexpr Example kExamples[] = {
    {.name = "LABEL", .before = "«LABEL» a=b\nFROM alpine:3.20\n"},
    {.name = "after ARG", .before = "ARG V=3.20\n«RUN» id\nFROM alpine:$V\n"},
    {.name = "ARG and comments",
     .before = "# syntax=docker/dockerfile:1\n# who\nARG V=3.20\nFROM alpine:$V\n"},
};

}  // namespace

const Rule& instruction_before_from() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
