#include "check/relative_workdir.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "workdir-relative",
    .title = "WORKDIR is relative to what the base image happens to set",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "hadolint:DL3000 buildkit:WorkdirRelativePath trivy:DS-0009 checkov:CKV_DOCKER_10 "
        "kics:6b376af8 semgrep:use-absolute-workdir",
    .why =
        "The folder that files are copied to and that the process starts in depends on the "
        "WORKDIR of the base image, and moves when that changes.",
    .fix_note =
        "Write the path from the root: WORKDIR /app. Safe: on a bare distribution it is the same "
        "folder.",
    .sources =
        "https://docs.docker.com/reference/build-checks/workdir-relative-path/ "
        "https://github.com/hadolint/hadolint/wiki/DL3000",
};

/// The bare distributions have no WORKDIR of their own.
bool starts_at_root(const DockerfileView& view, const dockerfile::Instruction& workdir) {
  const dockerfile::Stage* stage = view.stage_of(workdir);
  const StageBase* base = stage == nullptr ? nullptr : view.base(*stage);
  if (base == nullptr || workdir.onbuild) return false;
  if (base->scratch) return true;
  return base->facts != nullptr && base->reference && base->reference->is_official() &&
         (base->facts->kind == ImageKind::kOs || base->facts->kind == ImageKind::kMinimal);
}

void check(const DockerfileView& view, Sink& sink) {
  for_each_relative_workdir(view, [&](const dockerfile::Instruction& workdir, bool chained) {
    if (chained) return;
    const std::string_view path = workdir.args.text;
    const Span span = workdir.args.source(Span{0, static_cast<std::uint32_t>(path.size())});
    Finding& finding = sink.report(span, "WORKDIR " + dockerfile::quoted(path) +
                                             " is relative, and nothing before it says to what");
    if (!starts_at_root(view, workdir) || view.file.source->slice(span) != path ||
        path.starts_with('"') || path.starts_with('.')) {
      finding.unfixed = "where the base image starts is not known";
      return;
    }
    finding.fix =
        Fix{.title = "write it from the root", .edits = {{{span.begin, span.begin}, "/"}}};
  });
}

constexpr Example kExamples[] = {
    {.name = "a relative path",
     .before = "FROM alpine:3.20\nWORKDIR «app»\n",
     .after = "FROM alpine:3.20\nWORKDIR /app\n"},
    {.name = "a base with a folder of its own", .before = "FROM golang:1.27\nWORKDIR «app»\n"},
    {.name = "quoted", .before = "FROM alpine:3.20\nWORKDIR «\"usr/local\"»\n"},
    {.name = "absolute", .before = "FROM alpine:3.20\nWORKDIR /app\n"},
    {.name = "a variable may be absolute",
     .before = "FROM alpine:3.20\nARG HOME=/srv\nWORKDIR ${HOME}/app\n"},
    {.name = "a drive",
     .before = "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR C:\\app\n"},
    {.name = "below an absolute one", .before = "FROM alpine:3.20\nWORKDIR /srv\nWORKDIR app\n"},
    {.name = "below that of the stage it is FROM",
     .before = "FROM alpine:3.20 AS base\nWORKDIR /srv\nFROM base\nWORKDIR app\n"},
};

}  // namespace

const Rule& workdir_relative() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
