#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "privileges-dropped-at-runtime",
    .title = "The image starts as root and drops it",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kNone,
    .silenced_by = "hadolint:DL3002 trivy:DS-0002 checkov:CKV_DOCKER_3 checkov:CKV_DOCKER_8",
    .why =
        "The service itself is not root, but its start script is, and docker exec is too: the "
        "container needs the capabilities to change user, and runAsNonRoot refuses it.",
    .fix_note =
        "Nothing to do where the script must fix the ownership of a volume. Otherwise set that up "
        "at build time and end with USER.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr) return;
  const EffectiveUser& user = view.user;
  if (user.runs_as != RunsAs::kDropsRoot) return;
  const Place place =
      user.place.file != nullptr ? user.place : Place{view.file.source, view.target->image_span};
  sink.report(place, "starts as root and drops it at run time: " + user.explain()).evidence =
      user.facts;
}

constexpr Example kExamples[] = {
    {.name = "a script and gosu",
     .before = "FROM «debian:12»\nRUN apt-get install -y gosu\nENTRYPOINT [\"/entrypoint.sh\"]\n"},
    {.name = "directly",
     .before = "FROM «alpine:3.20»\nENTRYPOINT [\"su-exec\", \"app\", \"/app\"]\n"},
    {.name = "never root", .before = "FROM debian:12\nUSER 1000\n"},
    {.name = "root to the end", .before = "FROM debian:12\nCMD [\"/app\"]\n"},
};

}  // namespace

const Rule& privileges_dropped_at_runtime() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
