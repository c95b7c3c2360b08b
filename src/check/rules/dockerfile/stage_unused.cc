#include "check/rule.h"
#include "check/stage_reference.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "stage-unused",
    .title = "A stage is used by nothing",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "tally:no-unreachable-stages",
    .why = "It is not built with the image, so nobody notices when it stops working.",
    .fix_note =
        "Remove the stage. Keep it when it is built by name (--target), and silence this rule "
        "there.",
    .sources = "https://docs.docker.com/reference/dockerfile/#from",
};

/// Something at hand builds this stage by name.
bool is_built_by_name(const DockerfileView& view, const dockerfile::Stage& stage) {
  for (const Workload* workload : view.workloads) {
    if (workload->stage == &stage) return true;
  }
  return false;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.file.stages.size() < 2) return;
  const std::vector<bool> needed = needed_stages(view);
  for (const dockerfile::Stage& stage : view.file.stages) {
    if (needed[stage.index] || is_built_by_name(view, stage)) continue;
    const dockerfile::Instruction& from = view.file.instructions[stage.from];
    const bool named = !stage.name.empty();
    sink.report(named ? stage.name_span : from.keyword_span,
                named ? "the last stage does not need stage " + dockerfile::quoted(stage.name)
                      : "the last stage does not need this one");
  }
}

constexpr Example kExamples[] = {
    {.name = "nobody needs it",
     .before = "FROM alpine:3.20 AS «lint»\nRUN id\nFROM scratch\nCOPY a /a\n"},
    {.name = "without name", .before = "«FROM» alpine:3.20\nRUN id\nFROM scratch\n"},
    {.name = "only another unused one needs it",
     .before = "FROM alpine:3.20 AS «a»\nFROM a AS «b»\nFROM scratch\n"},
    {.name = "copied from",
     .before = "FROM alpine:3.20 AS build\nFROM scratch\nCOPY --from=build /a /a\n"},
    {.name = "mounted",
     .before =
         "FROM alpine:3.20 AS build\nFROM alpine:3.20\nRUN --mount=from=build,target=/b id\n"},
    {.name = "FROM", .before = "FROM alpine:3.20 AS base\nFROM base\n"},
    {.name = "which one is needed depends on the platform",
     .before =
         "FROM alpine:3.20 AS base-amd64\nFROM alpine:3.20 AS base-arm64\nFROM base-$TARGETARCH\n"},
};

}  // namespace

const Rule& stage_unused() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
