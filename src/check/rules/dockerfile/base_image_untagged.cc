#include "check/base_tag.h"
#include "check/external_image.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "workload/newer_release.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-untagged",
    .title = "The base image has no tag",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "hadolint:DL3006 trivy:DS-0001 checkov:CKV_DOCKER_7 kics:9efb0b2d "
        "semgrep:missing-image-version dockle:DKL-DI-0006",
    .why =
        "Without a tag it is 'latest': a build next month takes another major version, and nobody "
        "can say which one runs today.",
    .fix_note =
        "Choose the version that the build works with, and keep it current with an update bot. "
        "Unsafe: which version that is, is a guess; the fix writes the release that the name means "
        "today.",
    .sources = "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
};

void add_tag(Finding& finding, const StageView& stage, const std::optional<std::string>& tag) {
  const auto reference = base_reference(stage.view, stage.stage);
  if (!tag || !reference || !stage.stage.image_known) {
    finding.unfixed = "which version it should be is yours to choose";
    return;
  }
  remedy(finding, "take the current release, '" + *tag + "'",
         set_base_tag(stage.view, stage.stage, *reference, *tag), FixSafety::kUnsafe);
  if (finding.fix) finding.fix->reveals = "base-image-not-minimal";
}

void check(const StageView& stage, Sink& sink) {
  if (stage.stage.parent) return;
  std::string name;
  std::optional<std::string> tag;
  if (const auto reference = base_reference(stage.view, stage.stage)) {
    if (!reference->tag.empty() || !reference->digest.empty()) return;
    name = reference->familiar_name();
    tag = current_tag(*reference, sink.options().today);
  } else {
    // Whichever the registry is: nothing after the name can bring a tag.
    const std::string_view last =
        stage.stage.image_known ? std::string_view() : literal_name(stage.stage.image);
    if (last.empty() || last.find_first_of(":@") != std::string_view::npos) return;
    name = last;
  }
  Finding& finding =
      sink.report(stage.stage.image_span, "the base image '" + name + "' has no tag");
  add_tag(finding, stage, tag);
}

constexpr Example kExamples[] = {
    {.name = "no tag", .before = "FROM «debian»\n", .after = "FROM debian:13\n"},
    {.name = "a registry with a port", .before = "FROM «registry.example.com:5000/a/b» AS x\n"},
    {.name = "each stage", .before = "FROM «node» AS a\nFROM «debian»\n"},
    {.name = "the registry is a variable", .before = "ARG R\nFROM «${R}/ubuntu»\n"},
    {.name = "a variable that nobody declares is empty", .before = "FROM «alpine$TAG»\n"},
    {.name = "a default without tag",
     .before = "ARG BASE=debian\nFROM «$BASE»\n",
     .after = "ARG BASE=debian:13\nFROM $BASE\n"},
    {.name = "an ARG that came too late",
     .before = "FROM debian:13\nARG IMAGE=all-in-one\nFROM «$IMAGE»\n"},
    {.name = "a product whose releases are known",
     .before = "FROM --platform=linux/amd64 «docker.io/node» as a\n",
     .after = "FROM --platform=linux/amd64 docker.io/node:26 as a\n"},
    {.name = "a tag", .before = "FROM debian:12\n"},
    {.name = "a digest",
     .before = "FROM debian@sha256:"
               "0000000000000000000000000000000000000000000000000000000000000000\n"},
    {.name = "a variable that must be given", .before = "ARG BASE\nFROM ${BASE}\n"},
    {.name = "scratch and other stages", .before = "FROM scratch AS a\nFROM a\n"},
    {.name = "a tag by variable", .before = "ARG V=12\nFROM debian:${V}\n"},
};

}  // namespace

const Rule& base_image_untagged() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
