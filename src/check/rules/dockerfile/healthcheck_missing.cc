#include <algorithm>
#include <string>
#include <utility>

#include "check/health_question.h"
#include "check/healthcheck.h"
#include "check/rule.h"
#include "check/start_of_image.h"
#include "check/two_stage.h"

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
        "it and wants probes instead. Unsafe: what answers, and how soon, is a guess.",
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

void add_question(Finding& finding, const DockerfileView& view, const RuleOptions& options) {
  HealthQuestion question = health_question(view);
  if (question.command.empty()) {
    finding.unfixed = std::move(question.reason);
    return;
  }
  if (options.fix.unsafe && TwoStages(view, options).ships_bare()) {
    finding.unfixed =
        "once it is built in a stage of its own, the image has no program to ask with";
    return;
  }
  using dockerfile::Keyword;
  const std::string line = dockerfile::spelled(view.file, Keyword::kHealthcheck) +
                           " --interval=30s --timeout=5s --start-period=30s --retries=3 " +
                           dockerfile::spelled(view.file, Keyword::kCmd) + ' ' + question.command;
  finding.fix = Fix{.title = "ask the service every 30 seconds",
                    .edits = {insert_before_start(view.file, *view.target, {line})},
                    .safety = FixSafety::kUnsafe,
                    .advice = std::move(question.advice)};
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
  add_question(finding, view, sink.options());
}

constexpr Example kExamples[] = {
    {.name = "a service",
     .before = "FROM «node:20»\nEXPOSE 80\nCMD [\"node\", \"a.js\"]\n",
     .after = "FROM node:20\nEXPOSE 80\nHEALTHCHECK --interval=30s --timeout=5s "
              "--start-period=30s --retries=3 CMD [\"node\", \"-e\", \"require('http').get('http://"
              "127.0.0.1:80/', r => process.exit(r.statusCode < 500 ? 0 : 1)).on('error', () => "
              "process.exit(1))\"]\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "only a build stage has one",
     .before = "FROM debian:12 AS b\nHEALTHCHECK CMD a\nFROM «debian:12»\nCMD b\n"},
    {.name = "Python",
     .before = "FROM «python:3.12-slim»\nUSER 1000\nCMD [\"a\"]\nEXPOSE 8000/tcp\n",
     .after =
         "FROM python:3.12-slim\nUSER 1000\nHEALTHCHECK --interval=30s --timeout=5s "
         "--start-period=30s --retries=3 CMD [\"python3\", \"-c\", \"import http.client, sys; c "
         "= http.client.HTTPConnection('127.0.0.1', 8000, timeout=3); c.request('GET', '/'); "
         "sys.exit(c.getresponse().status >= 500)\"]\nCMD [\"a\"]\nEXPOSE 8000/tcp\n"},
    {.name = "BusyBox",
     .before = "FROM «alpine:3.22»\nEXPOSE 8080\nENTRYPOINT [\"/a\"]\n",
     .after = "FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK --interval=30s --timeout=5s "
              "--start-period=30s --retries=3 CMD wget -qSO /dev/null "
              "http://127.0.0.1:8080/ 2>&1 | grep -q 'HTTP/1.. [1-4]'\nENTRYPOINT [\"/a\"]\n"},
    {.name = "a server that is known, at another port",
     .before = "FROM «nginx:1.30-alpine»\nCOPY a /a\nEXPOSE 8080\n",
     .after = "FROM nginx:1.30-alpine\nCOPY a /a\nEXPOSE 8080\nHEALTHCHECK --interval=30s "
              "--timeout=5s --start-period=30s --retries=3 CMD wget -qO- http://localhost:8080/ || "
              "exit 1\n"},
    {.name = "a server of its own",
     .before = "FROM «debian:12»\nEXPOSE 6379 16379\nENTRYPOINT [\"entry.sh\"]\nCMD "
               "[\"/usr/bin/valkey-server\"]\n",
     .after = "FROM debian:12\nEXPOSE 6379 16379\nHEALTHCHECK --interval=30s --timeout=5s "
              "--start-period=30s --retries=3 CMD valkey-cli ping\nENTRYPOINT [\"entry.sh\"]\nCMD "
              "[\"/usr/bin/valkey-server\"]\n"},
    {.name = "a server of its own, at another port",
     .before = "FROM «debian:12»\nEXPOSE 5432\nCMD [\"postgres\", \"-p\", \"5432\"]\n"},
    {.name = "what asks stays in the stage that builds",
     .before = "FROM «golang:1.27-alpine»\nWORKDIR /src\nCOPY . .\nRUN go build -o /a .\n"
               "EXPOSE 8080\nCMD [\"/a\"]\n"},
    {.name = "two ports", .before = "FROM «node:20»\nEXPOSE 80 9229\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "gRPC",
     .before = "FROM «python:3.12»\nEXPOSE 8080\nCMD [\"python\", \"grpc_server.py\"]\n"},
    {.name = "no program to ask with", .before = "FROM «scratch»\nEXPOSE 80\nCMD [\"/a\"]\n"},
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
