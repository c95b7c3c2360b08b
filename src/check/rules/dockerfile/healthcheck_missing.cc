#include <algorithm>

#include "check/healthcheck.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "healthcheck-missing",
    .title = "The image has no HEALTHCHECK",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "hadolint:DL3057 trivy:DS-0026 checkov:CKV_DOCKER_2 kics:b03a748a dockle:CIS-DI-0006 "
        "cis-docker:4.6",
    .why =
        "A process that hangs still counts as running: nobody restarts it, and traffic keeps going "
        "there.",
    .fix_note =
        "Add HEALTHCHECK with a command that asks the service itself. Kubernetes does not look at "
        "it and wants probes instead.",
    .sources = "https://docs.docker.com/reference/dockerfile/#healthcheck",
};

/// Everyone who runs the image looks after its health: a check of their own, or Kubernetes, which
/// ignores the image's.
bool is_checked_elsewhere(const DockerfileView& view) {
  return !view.workloads.empty() &&
         std::all_of(view.workloads.begin(), view.workloads.end(), [](const Workload* workload) {
           return workload->form == Form::kKubernetes || workload->healthcheck.is_set() ||
                  workload->one_shot;
         });
}

/// Says what to start or where it listens; what does not is a tool or a base for others.
bool looks_like_service(const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kExpose ||
          instruction.keyword == dockerfile::Keyword::kCmd ||
          instruction.keyword == dockerfile::Keyword::kEntrypoint) {
        return true;
      }
    }
  }
  return false;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr || healthcheck_in_force(view) != nullptr) return;
  if (is_checked_elsewhere(view)) return;
  const StageBase* base = view.base(*view.target);
  if (base != nullptr && !base->known) {
    sink.unknown("the base image is not known, and it may have a HEALTHCHECK");
    return;
  }
  const ImageFacts* facts = base == nullptr ? nullptr : base->facts;
  if (facts != nullptr && facts->has_healthcheck.value_or(false)) return;
  const bool server = facts != nullptr && facts->kind == ImageKind::kServer;
  Finding& finding = sink.report(view.target->image_span,
                                 "the image has no HEALTHCHECK, so a hung process goes unnoticed");
  if (!server && !looks_like_service(view)) finding.severity = Severity::kInfo;
  if (facts != nullptr && !facts->healthcheck.empty()) {
    finding.because("fits", std::string(facts->healthcheck));
  }
}

constexpr Example kExamples[] = {
    {.name = "a service", .before = "FROM «node:20»\nEXPOSE 80\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "only a build stage has one",
     .before = "FROM debian:12 AS b\nHEALTHCHECK CMD a\nFROM «debian:12»\nCMD b\n"},
    {.name = "has one", .before = "FROM node:20\nHEALTHCHECK CMD node check.js\nCMD node a.js\n"},
    {.name = "switched off with intent", .before = "FROM node:20\nHEALTHCHECK NONE\nCMD a\n"},
    {.name = "a stage it is FROM has one",
     .before = "FROM node:20 AS base\nHEALTHCHECK CMD a\nFROM base\nCMD b\n"},
    {.name = "a base that must be given", .before = "ARG BASE\nFROM $BASE\nCMD b\n"},
};

}  // namespace

const Rule& healthcheck_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
