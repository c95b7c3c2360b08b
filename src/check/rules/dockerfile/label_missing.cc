#include <string>

#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "label-missing",
    .title = "A label that the schema asks for is missing",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3049",
    .why = "Whoever finds the image cannot tell what the organisation wants every image to tell.",
    .fix_note = "Add the label to the last stage.",
    .sources =
        "https://github.com/hadolint/hadolint/wiki/DL3049 "
        "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
};

bool sets(const DockerfileView& view, std::string_view label) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kLabel) continue;
      if (instruction.assignment(label) != nullptr) return true;
    }
  }
  return false;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr || sink.options().label_schema.empty()) return;
  std::string missing;
  for (const auto& [label, type] : sink.options().label_schema) {
    if (sets(view, label)) continue;
    if (!missing.empty()) missing += ", ";
    missing += dockerfile::quoted(label);
  }
  if (missing.empty()) return;
  sink.report(view.target->image_span, "the image has no label " + missing);
}

constexpr Example kExamples[] = {
    {.name = "none", .before = "FROM «alpine:3.20»\n"},
    {.name = "all but one",
     .before = "FROM alpine:3.20 AS base\nLABEL org.opencontainers.image.created=x "
               "org.opencontainers.image.documentation=x org.opencontainers.image.licenses=x\nFROM "
               "«base»\nLABEL org.opencontainers.image.revision=x "
               "org.opencontainers.image.version=x com.example.contact=x\n"},
    {.name = "all",
     .before = "FROM alpine:3.20 AS base\nLABEL org.opencontainers.image.created=x "
               "org.opencontainers.image.documentation=x org.opencontainers.image.licenses=x\nFROM "
               "base\nLABEL org.opencontainers.image.revision=x org.opencontainers.image.title=x "
               "org.opencontainers.image.version=x com.example.contact=x\n"},
};

}  // namespace

const Rule& label_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
