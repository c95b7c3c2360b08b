#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "dockerfile-syntax",
    .title = "The Dockerfile has a mistake that stops the build",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .why =
        "BuildKit refuses the file or drops the line, so nothing else that is said of the image "
        "can be relied on.",
    .fix_note = "Correct the line; the message says what BuildKit expects there.",
    .sources = "https://docs.docker.com/reference/dockerfile/#format",
};

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Problem& problem : view.file.problems) {
    if (!problem.fatal) sink.report(problem.span, problem.message);
  }
}

constexpr Example kExamples[] = {
    {.name = "a misspelt instruction", .before = "FROM alpine:3.20\n«RNU» id\n"},
    {.name = "COPY without a destination", .before = "FROM alpine:3.20\n«COPY a»\n"},
    {.name = "an instruction before FROM", .before = "«RUN id»\nFROM alpine:3.20\n"},
    {.name = "an argument before FROM", .before = "ARG V=3.20\nFROM alpine:$V\nCMD [\"id\"]\n"},
    {.name = "a comment between continued lines",
     .before = "FROM alpine:3.20\nRUN id && \\\n  # who\n  id\n"},
};

}  // namespace

const Rule& dockerfile_syntax() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
