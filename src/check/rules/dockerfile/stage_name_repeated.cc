#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "stage-name-repeated",
    .title = "Two stages have the same name",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases =
        "hadolint:DL3024 buildkit:DuplicateStageName trivy:DS-0012 checkov:CKV_DOCKER_11 "
        "kics:f2daed12 semgrep:alias-must-be-unique",
    .why = "COPY --from and --target silently mean the later one of the two.",
    .fix_note = "Give each stage a name of its own.",
    .sources =
        "https://docs.docker.com/reference/build-checks/duplicate-stage-name/ "
        "https://github.com/hadolint/hadolint/wiki/DL3024",
};

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Stage& stage : view.file.stages) {
    if (stage.name.empty()) continue;
    for (std::uint32_t i = 0; i < stage.index; ++i) {
      if (!ascii::iequals(view.file.stages[i].name, stage.name)) continue;
      sink.report(stage.name_span,
                  "an earlier stage is called " + dockerfile::quoted(stage.name) + ", too");
      break;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "the same name", .before = "FROM alpine:3.20 AS foo\nFROM scratch AS «foo»\n"},
    {.name = "in other letters", .before = "FROM alpine:3.20 AS foo\nFROM scratch AS «FOO»\n"},
    {.name = "two names", .before = "FROM alpine:3.20 AS foo\nFROM scratch AS bar\n"},
    {.name = "no names", .before = "FROM alpine:3.20\nFROM alpine:3.20\n"},
};

}  // namespace

const Rule& stage_name_repeated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
