#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "label-empty",
    .title = "A label of the schema is empty",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3051",
    .why = "It is there to satisfy a check, and tells nothing.",
    .fix_note = "Give it a value.",
    .sources = "https://github.com/hadolint/hadolint/wiki/DL3051",
};

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kLabel) return;

  const auto& schema = sink.options().label_schema;
  for (const dockerfile::Assignment& label : instruction.assignments) {
    if (!label.value.empty()) continue;
    // Of the other types an empty value is simply a wrong one.
    const auto known = schema.find(label.name);
    if (known == schema.end() || known->second != "text") continue;
    sink.report(label.span, "label " + dockerfile::quoted(label.name) + " is empty");
  }
}

constexpr Example kExamples[] = {
    {.name = "empty", .before = "FROM alpine:3.20\nLABEL «org.opencontainers.image.title=\"\"»\n"},
    {.name = "a value", .before = "FROM alpine:3.20\nLABEL org.opencontainers.image.title=\"a\"\n"},
    {.name = "outside the schema", .before = "FROM alpine:3.20\nLABEL other=\"\"\n"},
};

}  // namespace

const Rule& label_empty() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
