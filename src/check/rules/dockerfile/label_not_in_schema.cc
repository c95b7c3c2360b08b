#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "label-not-in-schema",
    .title = "A label that the schema does not know",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3050",
    .why =
        "Labels outside the agreed set are read by nobody, and mostly are a misspelt one that "
        "is.",
    .fix_note = "Correct the name, or add the label to the schema.",
    .sources = "https://github.com/hadolint/hadolint/wiki/DL3050",
};

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kLabel || !sink.options().strict_labels) {
    return;
  }

  for (const dockerfile::Assignment& label : instruction.assignments) {
    if (sink.options().label_schema.contains(label.name)) continue;
    sink.report(label.name_span, "the schema has no label " + dockerfile::quoted(label.name));
  }
}

constexpr Example kExamples[] = {
    {.name = "another one",
     .before = "FROM alpine:3.20\nLABEL org.opencontainers.image.title=\"a\" "
               "«org.opencontainers.image.titel»=\"a\"\n"},
    {.name = "of the schema",
     .before = "FROM alpine:3.20\nLABEL org.opencontainers.image.title=\"a\"\n"},
};

}  // namespace

const Rule& label_not_in_schema() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
