#include "check/absolute_path.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "platform-redundant",
    .title = "--platform says what is so anyway",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "hadolint:DL3065 buildkit:RedundantTargetPlatform",
    .why =
        "$TARGETPLATFORM is the default, so the flag only suggests that something special "
        "happens.",
    .fix_note = "Safe: the stage is built for the same platform.",
    .sources = "https://docs.docker.com/reference/build-checks/redundant-target-platform/",
};

void check(const StageView& view, Sink& sink) {
  const dockerfile::Dockerfile& file = view.view.file;
  const dockerfile::Instruction& from = file.instructions[view.stage.from];
  const dockerfile::Flag* platform = from.flag("platform");
  if (platform == nullptr) return;
  const std::string_view value = without_quotes(platform->value);
  if (value != "$TARGETPLATFORM" && value != "${TARGETPLATFORM}") return;
  const dockerfile::Assignment* own = file.global_arg("TARGETPLATFORM");
  if (own != nullptr && own->has_value) return;
  Finding& finding = sink.report(platform->span, "the target platform is the default");
  const std::string_view text = file.source->text();
  std::uint32_t end = platform->span.end;
  while (end < text.size() && ascii::is_blank(text[end])) ++end;
  finding.fix = Fix{.title = "remove the flag", .edits = {{{platform->span.begin, end}, ""}}};
}

constexpr Example kExamples[] = {
    {.name = "plain",
     .before = "FROM «--platform=$TARGETPLATFORM» alpine:3.20\n",
     .after = "FROM alpine:3.20\n"},
    {.name = "in braces",
     .before = "FROM «--platform=${TARGETPLATFORM}»  alpine:3.20 AS a\n",
     .after = "FROM alpine:3.20 AS a\n"},
    {.name = "another platform", .before = "FROM --platform=$BUILDPLATFORM alpine:3.20\n"},
    {.name = "with a default of its own",
     .before = "ARG TARGETPLATFORM=linux/arm64\nFROM --platform=$TARGETPLATFORM alpine:3.20\n"},
    {.name = "part of a platform", .before = "FROM --platform=$TARGETOS/arm64 alpine:3.20\n"},
};

}  // namespace

const Rule& platform_redundant() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
