#include "check/base_tag.h"
#include "check/external_image.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "workload/newer_release.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-latest",
    .title = "The base image is 'latest'",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "hadolint:DL3007 trivy:DS-0001 checkov:CKV_DOCKER_7 kics:f45ea400 "
        "semgrep:avoid-latest-version dockle:DKL-DI-0006",
    .why =
        "The tag moves: a build next month takes another major version, and nobody can say which "
        "one runs today.",
    .fix_note =
        "Choose the version that the build works with, and keep it current with an update bot. "
        "Unsafe: which version that is, is a guess; the fix writes the release that the name means "
        "today.",
    .sources = "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
};

void check(const StageView& stage, Sink& sink) {
  if (stage.stage.parent) return;
  std::string name;
  std::optional<std::string> tag;
  if (const auto reference = base_reference(stage.view, stage.stage)) {
    if (reference->tag != "latest" || !reference->digest.empty()) return;
    name = reference->familiar_name();
    tag = current_tag(*reference, sink.options().today);
  } else {
    // ${REGISTRY}/debian:latest
    if (stage.stage.image_known || !stage.stage.image.ends_with(":latest")) return;
    name = stage.stage.image.substr(0, stage.stage.image.rfind(':'));
  }
  Finding& finding =
      sink.report(stage.stage.image_span, "the base image '" + name + "' is whatever 'latest' is");
  const auto known = base_reference(stage.view, stage.stage);
  if (!tag || !known || !stage.stage.image_known) {
    finding.unfixed = "which version it should be is yours to choose";
    return;
  }
  remedy(finding, "take the current release, '" + *tag + "'",
         set_base_tag(stage.view, stage.stage, *known, *tag), FixSafety::kUnsafe);
  if (finding.fix) finding.fix->reveals = "base-image-not-minimal";
}

constexpr Example kExamples[] = {
    {.name = "latest", .before = "FROM «debian:latest»\n", .after = "FROM debian:13\n"},
    {.name = "by the default of a variable",
     .before = "ARG TAG=latest\nFROM «debian:$TAG»\n",
     .after = "ARG TAG=13\nFROM debian:$TAG\n"},
    {.name = "the registry is a variable", .before = "ARG R\nFROM «${R}/debian:latest» AS b\n"},
    {.name = "a version", .before = "FROM debian:12\n"},
    {.name = "a digest decides",
     .before = "FROM debian:latest@sha256:"
               "0000000000000000000000000000000000000000000000000000000000000000\n"},
    {.name = "another stage", .before = "FROM debian:12 AS latest\nFROM latest\n"},
};

}  // namespace

const Rule& base_image_latest() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
