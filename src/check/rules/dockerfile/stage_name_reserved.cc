#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "stage-name-reserved",
    .title = "A stage has a name that Docker reserves",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3063 buildkit:ReservedStageName",
    .why =
        "'scratch' is the empty image and 'context' the build context, so the stage cannot be "
        "meant by its name.",
    .fix_note = "Choose another name.",
    .sources = "https://docs.docker.com/reference/build-checks/reserved-stage-name/",
};

void check(const StageView& view, Sink& sink) {
  const std::string_view name = view.stage.name;
  if (!ascii::iequals(name, "scratch") && !ascii::iequals(name, "context")) return;
  sink.report(view.stage.name_span, "the name " + dockerfile::quoted(name) + " is reserved");
}

constexpr Example kExamples[] = {
    {.name = "scratch", .before = "FROM alpine:3.20 AS «scratch»\n"},
    {.name = "context", .before = "FROM alpine:3.20 AS «Context»\n"},
    {.name = "FROM scratch", .before = "FROM scratch AS build\n"},
};

}  // namespace

const Rule& stage_name_reserved() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
