#include "check/relative_workdir.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "workdir-chained",
    .title = "WORKDIR is relative to an earlier one",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3000 trivy:DS-0009 checkov:CKV_DOCKER_10",
    .why =
        "Where the path ends up takes reading every WORKDIR above it, and an edit there moves "
        "it silently.",
    .fix_note = "Write the whole path.",
    .sources = "https://github.com/hadolint/hadolint/wiki/DL3000",
};

void check(const DockerfileView& view, Sink& sink) {
  for_each_relative_workdir(view, [&](const dockerfile::Instruction& workdir, bool chained) {
    if (!chained) return;
    const std::string_view path = workdir.args.text;
    sink.report(workdir.args.source(Span{0, static_cast<std::uint32_t>(path.size())}),
                "WORKDIR " + dockerfile::quoted(path) + " is relative to an earlier one");
  });
}

constexpr Example kExamples[] = {
    {.name = "below an absolute one", .before = "FROM alpine:3.20\nWORKDIR /srv\nWORKDIR «app»\n"},
    {.name = "upwards, in quotes",
     .before = "FROM alpine:3.20\nWORKDIR /srv\nWORKDIR «\"../app\"»\n"},
    {.name = "the first of a stage", .before = "FROM alpine:3.20\nWORKDIR app\n"},
    {.name = "absolute", .before = "FROM alpine:3.20\nWORKDIR /srv\nWORKDIR /srv/app\n"},
};

}  // namespace

const Rule& workdir_chained() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
