#include <string>

#include "check/label_value.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "label-value-invalid",
    .title = "A label is not what the schema says it is",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases =
        "hadolint:DL3052 hadolint:DL3053 hadolint:DL3054 hadolint:DL3055 hadolint:DL3056 "
        "hadolint:DL3058",
    .why =
        "Tools that read the label as a URL, a time, a licence, a commit, a version or an "
        "address fail on it.",
    .fix_note = "Write the value in the form that the message names.",
    .sources =
        "https://github.com/opencontainers/image-spec/blob/main/annotations.md "
        "https://github.com/hadolint/hadolint/wiki/DL3052",
};

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kLabel) return;

  const auto& schema = sink.options().label_schema;
  if (schema.empty()) return;
  for (const dockerfile::Assignment& label : instruction.assignments) {
    const auto known = schema.find(label.name);
    if (known == schema.end() || label.value.find('$') != std::string_view::npos) continue;
    if (fits_label_type(label.value, known->second)) continue;
    sink.report(label.has_value ? label.value_span : label.span,
                "label " + dockerfile::quoted(label.name) + " is not " +
                    std::string(describe_label_type(known->second)));
  }
}

constexpr Example kExamples[] = {
    {.name = "a version",
     .before = "FROM alpine:3.20\nLABEL org.opencontainers.image.version=«\"1.0\"»\n"},
    {.name = "a time",
     .before = "FROM alpine:3.20\nLABEL org.opencontainers.image.created=«\"2021-03-10\"»\n"},
    {.name = "a licence",
     .before = "FROM alpine:3.20\nLABEL org.opencontainers.image.licenses=«\"Apache 2\"»\n"},
    {.name = "fitting",
     .before = "FROM alpine:3.20\nLABEL org.opencontainers.image.version=\"1.0.0\" "
               "org.opencontainers.image.licenses=\"MIT OR Apache-2.0\" "
               "com.example.contact=ada@example.com\n"},
    {.name = "a variable",
     .before = "FROM alpine:3.20\nARG V\nLABEL org.opencontainers.image.version=\"$V\"\n"},
    {.name = "outside the schema", .before = "FROM alpine:3.20\nLABEL version=\"1\"\n"},
};

}  // namespace

const Rule& label_value_invalid() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
