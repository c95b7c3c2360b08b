#include "check/rule.h"
#include "check/stage_reference.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "copy-from-itself",
    .title = "A stage copies from itself",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3023 trivy:DS-0006 kics:cdddb86f semgrep:copy-from-own-alias",
    .why = "A stage cannot use its own result: the build fails.",
    .fix_note = "Name another stage, or leave --from away to copy from the build context.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#copy---from "
        "https://github.com/hadolint/hadolint/wiki/DL3023",
};

bool is_own(const DockerfileView& view, const dockerfile::Instruction& instruction,
            std::string_view name) {
  const dockerfile::Stage* own = view.stage_of(instruction);
  if (own == nullptr) return false;
  if (ascii::is_number(name)) return view.file.find_stage(name) == own;
  return ascii::iequals(own->name, name);
}

void check(const DockerfileView& view, Sink& sink) {
  for_each_stage_reference(
      view, [&](const dockerfile::Instruction& instruction, std::string_view name, Span span) {
        if (!is_own(view, instruction, name)) return;
        sink.report(span, "stage " + dockerfile::quoted(name) + " copies from itself");
      });
}

constexpr Example kExamples[] = {
    {.name = "by name", .before = "FROM node:20 AS Foo\nCOPY --from=«foo» bar .\n"},
    {.name = "by number", .before = "FROM node:20\nCOPY --from=«0» bar .\n"},
    {.name = "an earlier stage",
     .before = "FROM node:20 AS foo\nFROM node:20\nCOPY --from=foo bar .\n"},
    {.name = "an image of the same name in another stage",
     .before = "FROM node:20 AS app\nCOPY --from=nginx:1.27 /a /a\n"},
};

}  // namespace

const Rule& copy_from_itself() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
