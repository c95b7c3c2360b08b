#include "check/healthcheck.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "healthcheck-disabled",
    .title = "HEALTHCHECK is switched off",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kNone,
    .why =
        "HEALTHCHECK NONE takes away even the check that the base image brings: a process that "
        "hangs stays up.",
    .fix_note = "Remove the line, or give a command that asks the service.",
    .sources = "https://docs.docker.com/reference/dockerfile/#healthcheck",
};

void check(const DockerfileView& view, Sink& sink) {
  const dockerfile::Instruction* healthcheck = healthcheck_in_force(view);
  if (healthcheck == nullptr || !is_disabled(*healthcheck)) return;
  sink.report(healthcheck->span, "the health check is switched off");
}

constexpr Example kExamples[] = {
    {.name = "off", .before = "FROM node:20\n«HEALTHCHECK NONE»\n"},
    {.name = "off in a stage it is FROM",
     .before = "FROM node:20 AS base\n«HEALTHCHECK none»\nFROM base\nRUN id\n"},
    {.name = "on again", .before = "FROM node:20\nHEALTHCHECK NONE\nHEALTHCHECK CMD a\n"},
    {.name = "in a build stage", .before = "FROM node:20\nHEALTHCHECK NONE\nFROM node:20\n"},
};

}  // namespace

const Rule& healthcheck_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
