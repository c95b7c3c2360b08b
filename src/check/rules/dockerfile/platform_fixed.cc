#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "platform-fixed",
    .title = "FROM is tied to one platform",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases =
        "hadolint:DL3029 buildkit:FromPlatformFlagConstDisallowed kics:b16e8501 "
        "semgrep:avoid-platform-with-from",
    .why =
        "Whatever platform is asked for, the image holds programs for this one: they run "
        "emulated or not at all.",
    .fix_note = "Leave the flag away, or use $BUILDPLATFORM in stages that only build.",
    .sources =
        "https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/ "
        "https://github.com/hadolint/hadolint/wiki/DL3029",
};

/// The stage says by its name which platform it is for: base-arm64.
bool is_named_for(std::string_view stage, std::string_view platform) {
  if (stage.empty()) return false;
  for (const std::string_view part : ascii::split(platform, '/')) {
    if (!part.empty() && ascii::icontains(stage, part)) return true;
  }
  return false;
}

void check(const StageView& view, Sink& sink) {
  const dockerfile::Instruction& from = view.view.file.instructions[view.stage.from];
  const dockerfile::Flag* platform = from.flag("platform");
  if (platform == nullptr) return;
  const std::string_view value = platform->value;
  if (value.empty() || value.find('$') != std::string_view::npos) return;
  if (is_named_for(view.stage.name, value)) return;
  sink.report(platform->span, "this stage is for " + dockerfile::quoted(value) + " only");
}

constexpr Example kExamples[] = {
    {.name = "one platform", .before = "FROM «--platform=linux/amd64» alpine:3.20\n"},
    {.name = "of several stages",
     .before = "FROM «--platform=linux/amd64» alpine:3.20 AS build\nFROM alpine:3.20\n"},
    {.name = "a variable", .before = "FROM --platform=$BUILDPLATFORM alpine:3.20\n"},
    {.name = "a variable with default",
     .before = "FROM --platform=\"${BUILDPLATFORM:-linux/amd64}\" alpine:3.20\n"},
    {.name = "a stage for the platform",
     .before = "FROM --platform=linux/arm64 alpine:3.20 AS base-arm64\n"},
};

}  // namespace

const Rule& platform_fixed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
