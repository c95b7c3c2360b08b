#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "maintainer-deprecated",
    .title = "MAINTAINER is deprecated",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "hadolint:DL4000 trivy:DS-0022 checkov:CKV_DOCKER_6 buildkit:MaintainerDeprecated "
        "kics:99614418 semgrep:maintainer-is-deprecated",
    .why =
        "Scanners and registries read the OCI label, not MAINTAINER, so the owner of a "
        "vulnerable image cannot be found from the image alone.",
    .fix_note = "Safe: the label carries the same text and changes no layer.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#maintainer-deprecated "
        "https://docs.docker.com/reference/build-checks/maintainer-deprecated/",
};

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kMaintainer) return;
  Finding& finding =
      sink.report(instruction.span, "use an OCI authors label instead of MAINTAINER");
  const std::string_view name = instruction.args.text;
  // These mean something in the label but not here; and a label needs a stage.
  const bool plain = !name.empty() && name.find_first_of("\"'$\\`") == std::string_view::npos;
  if (!plain || !instruction.args.segments.empty() ||
      instruction.stage == dockerfile::Instruction::kNoStage) {
    return;
  }
  finding.fix = Fix{.title = "replace with LABEL org.opencontainers.image.authors",
                    .edits = {{instruction.span, "LABEL org.opencontainers.image.authors=\"" +
                                                     std::string(name) + '"'}}};
}

constexpr Example kExamples[] = {
    {.name = "plain name",
     .before = "FROM alpine:3.20\n«MAINTAINER Ada <ada@example.com>»\n",
     .after =
         "FROM alpine:3.20\nLABEL org.opencontainers.image.authors=\"Ada <ada@example.com>\"\n"},
    {.name = "quotes are reported but not fixed",
     .before = "FROM alpine:3.20\n«MAINTAINER Ada \"ops\"»\n"},
    {.name = "a variable is reported but not fixed",
     .before = "FROM alpine:3.20\n«MAINTAINER $NAME»\n"},
    {.name = "the label itself",
     .before = "FROM alpine:3.20\nLABEL org.opencontainers.image.authors=\"Ada\"\n"},
};

}  // namespace

const Rule& maintainer_deprecated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
