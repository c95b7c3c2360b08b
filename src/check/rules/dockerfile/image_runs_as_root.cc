#include "check/rule.h"
#include "check/step_down.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "image-runs-as-root",
    .title = "The image runs as root",
    .severity = Severity::kHigh,
    .control = Control::kNonRootUser,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:DS-0002 checkov:CKV_DOCKER_3 kics:fd54f200 semgrep:missing-user "
        "dockle:CIS-DI-0001 cis-docker:4.1",
    .silenced_by = "hadolint:DL3002 checkov:CKV_DOCKER_8 kics:67fd0c4a semgrep:last-user-is-root",
    .why =
        "Whoever breaks into the process is root in the container, and one kernel or runtime bug "
        "away from root on the host.",
    .fix_note =
        "Create a user, give it what it must write, and end the final stage with USER. Where "
        "the base ships one (node, nonroot, 65532), use that. Unsafe: the process may write where "
        "it then may not. Safe where it goes back to a user that the stage had before, or the "
        "number was given. Code stays root's, so that the process cannot change it.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr) return;
  const EffectiveUser& user = view.user;
  if (user.runs_as != RunsAs::kRoot && user.runs_as != RunsAs::kUnknown) return;
  const bool written = user.place.file != nullptr;
  if (user.runs_as == RunsAs::kUnknown && written) {
    sink.unknown(user.explain());
    return;
  }
  const StageBase* base = view.base(*view.target);
  if (user.runs_as == RunsAs::kUnknown && base != nullptr && !base->known) {
    sink.unknown(user.explain());
    return;
  }
  // A base that we know nothing of: Docker's default is root, and most images keep it.
  const Place place = written ? user.place : Place{view.file.source, view.target->image_span};
  Finding& finding = sink.report(place, "the image runs as root: " + user.explain());
  if (user.runs_as == RunsAs::kUnknown) finding.severity = Severity::kMedium;
  finding.evidence = user.facts;
  step_down(finding, view, sink.options().fix);
}

constexpr Example kExamples[] = {
    {.name = "no USER on a base that is root",
     .before = "FROM «node:20»\nCMD [\"node\", \"a.js\"]\n",
     .after = "FROM node:20\nUSER 1000:1000\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "the last USER is root",
     .before = "FROM node:20\nUSER node\nRUN id\nUSER «root»\nCMD [\"node\", \"a.js\"]\n",
     .after = "FROM node:20\nUSER node\nRUN id\nUSER root\nUSER 1000\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "root by number", .before = "FROM debian:12\nUSER «0:0»\n"},
    {.name = "Debian, where instructions stand apart",
     .before = "FROM «debian:12»\nRUN a\n\n# start it\nCMD [\"a\"]\n",
     .after = "FROM debian:12\nRUN a\n\n"
              "RUN groupadd --system --gid 10001 app && useradd --system --uid 10001 --gid app "
              "--no-create-home --shell /usr/sbin/nologin app\nUSER 10001:10001\n\n"
              "# start it\nCMD [\"a\"]\n"},
    {.name = "Alpine, lower case, CRLF",
     .before = "from «alpine:3.22»\r\ncopy a /a\r\nentrypoint [\"/a\"]\r\n",
     .after =
         "from alpine:3.22\r\ncopy a /a\r\nrun addgroup -S -g 10001 app && adduser -S -D -H -u "
         "10001 -G app app\r\nuser 10001:10001\r\nentrypoint [\"/a\"]\r\n"},
    {.name = "scratch, no line end",
     .before = "FROM «scratch»\nENTRYPOINT [\"/a\"]\nCOPY a /a",
     .after = "FROM scratch\nENTRYPOINT [\"/a\"]\nCOPY a /a\nUSER 65532:65532"},
    {.name = "the file creates a user without number",
     .before = "FROM «debian:12»\nRUN useradd app\nCMD [\"a\"]\n",
     .after = "FROM debian:12\nRUN useradd -u 10001 app\nUSER 10001\nCMD [\"a\"]\n"},
    {.name = "a server that starts as root",
     .before = "FROM «debian:12»\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"},
    {.name = "a volume",
     .before = "FROM «debian:12»\nVOLUME /var/lib/a\nVOLUME /etc/b\nCMD [\"a\"]\n",
     .after = "FROM debian:12\nVOLUME /var/lib/a\nVOLUME /etc/b\nRUN groupadd --system --gid 10001 "
              "app && "
              "useradd --system --uid 10001 --gid app --no-create-home --shell /usr/sbin/nologin "
              "app && mkdir -p /var/lib/a && chown -R 10001:10001 /var/lib/a\nUSER 10001:10001\n"
              "CMD [\"a\"]\n"},
    {.name = "a service that starts as root",
     .before = "FROM «debian:12»\nRUN apt-get install -y cron\nCMD [\"/a.sh\"]\n"},
    {.name = "it lives in root's home",
     .before = "FROM «debian:12»\nENV HOME=/root\nCMD [\"a\"]\n"},
    {.name = "a base for others", .before = "FROM «debian:12»\nRUN a\n"},
    {.name = "a named user", .before = "FROM node:20\nUSER node\n"},
    {.name = "a base that is not root", .before = "FROM gcr.io/distroless/static:nonroot\n"},
    {.name = "only a build stage is root",
     .before =
         "FROM node:20 AS build\nUSER root\nFROM node:20\nUSER 1000\nCOPY --from=build /a /a\n"},
    {.name = "a stage it is FROM sets the user",
     .before = "FROM node:20 AS base\nUSER node\nFROM base\nCOPY a /a\n"},
    {.name = "a base that must be given", .before = "ARG BASE\nFROM $BASE\nRUN id\n"},
    {.name = "an entrypoint that drops root",
     .before = "FROM debian:12\nRUN apt-get install -y gosu\nENTRYPOINT [\"/entrypoint.sh\"]\n"},
};

}  // namespace

const Rule& image_runs_as_root() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
