#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "onbuild-not-allowed",
    .title = "ONBUILD with an instruction that cannot follow it",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3043",
    .why = "Docker refuses ONBUILD, FROM and MAINTAINER there: the build fails.",
    .fix_note = "Move the instruction to the Dockerfile of the image that is built from this one.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#onbuild-limitations "
        "https://github.com/hadolint/hadolint/wiki/DL3043",
};

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kOnbuild || instruction.inner == nullptr) return;
  const dockerfile::Instruction& inner = *instruction.inner;
  if (inner.keyword != dockerfile::Keyword::kOnbuild &&
      inner.keyword != dockerfile::Keyword::kFrom &&
      inner.keyword != dockerfile::Keyword::kMaintainer) {
    return;
  }
  sink.report(inner.keyword_span,
              std::string(dockerfile::to_string(inner.keyword)) + " cannot follow ONBUILD");
}

constexpr Example kExamples[] = {
    {.name = "FROM", .before = "FROM alpine:3.20\nONBUILD «FROM» alpine:3.20\n"},
    {.name = "ONBUILD", .before = "FROM alpine:3.20\nONBUILD «ONBUILD» RUN id\n"},
    {.name = "MAINTAINER", .before = "FROM alpine:3.20\nONBUILD «MAINTAINER» Ada\n"},
    {.name = "others", .before = "FROM alpine:3.20\nONBUILD RUN id\nONBUILD COPY a /a\n"},
};

}  // namespace

const Rule& onbuild_not_allowed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
