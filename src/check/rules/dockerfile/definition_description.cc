#include <iterator>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "definition-description",
    .title = "A comment above ARG or FROM does not describe it",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "buildkit:InvalidDefinitionDescription",
    .why =
        "docker build --call=outline shows the comment as the description of the argument or "
        "stage, whatever it was about.",
    .fix_note = "Start the comment with the name, or put an empty line below it.",
    .sources = "https://docs.docker.com/reference/build-checks/invalid-definition-description/",
};

/// The check is experimental in BuildKit: the file has to ask for it.
bool is_asked_for(const dockerfile::Dockerfile& file) {
  for (const dockerfile::Directive& directive : file.directives) {
    if (directive.name != "check") continue;
    for (std::string_view part : ascii::split(directive.value, ';')) {
      part = ascii::trim(part);
      constexpr std::string_view kKey = "experimental=";
      if (!part.starts_with(kKey)) continue;
      for (const std::string_view name : ascii::split(part.substr(kKey.size()), ',')) {
        const std::string_view check = ascii::trim(name);
        if (check == "all" || check == "InvalidDefinitionDescription") return true;
      }
    }
  }
  return false;
}

bool defines(const dockerfile::Instruction& instruction, std::string_view stage,
             std::string_view name) {
  if (instruction.keyword == dockerfile::Keyword::kFrom) return stage == name;
  return instruction.assignment(name) != nullptr;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.file.directives.empty() || !is_asked_for(view.file)) return;
  const SourceFile& source = *view.file.source;
  auto comment = view.file.comments.begin();
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    while (comment != view.file.comments.end() && comment->span.begin < instruction.span.begin) {
      ++comment;
    }
    const bool from = instruction.keyword == dockerfile::Keyword::kFrom;
    if (!from && instruction.keyword != dockerfile::Keyword::kArg) continue;
    if (comment == view.file.comments.begin()) continue;
    const dockerfile::Comment& above = *std::prev(comment);
    if (source.line_index(above.span.begin) + 1 != source.line_index(instruction.span.begin)) {
      continue;
    }
    const std::string_view stage = from ? view.file.stages[instruction.stage].name : "";
    if (from && stage.empty()) continue;
    // Pragmas are no descriptions.
    if (above.text.starts_with("check=")) continue;
    if (defines(instruction, stage, above.text.substr(0, above.text.find(' ')))) continue;
    sink.report(above.span, "the comment does not start with the name that it describes");
  }
}

constexpr Example kExamples[] = {
    {.name = "about something else",
     .before = "# check=experimental=InvalidDefinitionDescription\n«# bar is it»\nARG "
               "foo=bar\nFROM alpine:3.20\n"},
    {.name = "a stage",
     .before =
         "# check=experimental=all;error=false\n# who\n«# The base»\nFROM alpine:3.20 AS base\n"},
    {.name = "descriptions",
     .before = "# check=experimental=InvalidDefinitionDescription\n# foo is it\nARG foo=bar "
               "bar=x\n# base is the base\nFROM alpine:3.20 AS base\n"},
    {.name = "an empty line below",
     .before = "# check=experimental=InvalidDefinitionDescription\n# bar is it\n\nARG foo=bar\n# "
               "no name\nFROM alpine:3.20\n"},
    {.name = "nobody asked", .before = "# bar is it\nARG foo=bar\nFROM alpine:3.20\n"},
};

}  // namespace

const Rule& definition_description() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
