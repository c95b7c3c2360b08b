#include <cstdint>

#include "check/hardening.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-healthcheck-missing",
    .title = "Nobody asks whether the container still works",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kics:698ed579 cis-docker:5.27",
    .why =
        "A server that hangs still counts as running: nothing restarts it, and traffic goes on "
        "being sent to it.",
    .fix_note =
        "Ask for something that the program can only answer when it works, with a tool that is in "
        "the image.",
    .sources =
        "https://docs.docker.com/reference/compose-file/services/#healthcheck "
        "https://docs.docker.com/reference/dockerfile/#healthcheck",
    .forms = kFormsEngine,
};

enum class Declared : std::uint8_t { kNo, kYes, kUnknown };

Declared declared_by(const ImageFacts* facts) {
  if (facts == nullptr || !facts->has_healthcheck) return Declared::kUnknown;
  return *facts->has_healthcheck ? Declared::kYes : Declared::kNo;
}

/// The last HEALTHCHECK of the nearest stage that has one decides; then the base image.
Declared declared_by_image(const Workload& workload) {
  if (workload.dockerfile == nullptr || workload.stage == nullptr) {
    return workload.build ? Declared::kUnknown : declared_by(workload.image_facts);
  }
  const auto lineage = workload.dockerfile->lineage(*workload.stage);
  for (const dockerfile::Stage* stage : lineage) {
    const auto instructions = workload.dockerfile->of(*stage);
    for (auto at = instructions.rbegin(); at != instructions.rend(); ++at) {
      if (at->keyword != dockerfile::Keyword::kHealthcheck) continue;
      return ascii::iequals(ascii::trim(at->args.text), "NONE") ? Declared::kNo : Declared::kYes;
    }
  }
  if (!lineage.empty() && lineage.back()->image_expanded == "scratch") return Declared::kNo;
  return declared_by(workload.image_facts);
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.has(Workload::Setting::kHealthcheck) || workload.one_shot) return;
  if (workload.healthcheck.is_set()) return;
  const Declared declared =
      workload.healthcheck.is_known() ? declared_by_image(workload) : Declared::kUnknown;
  if (declared == Declared::kUnknown) {
    sink.unknown("the image may declare a health check");
  } else if (declared == Declared::kNo) {
    Finding& finding = sink.missing(workload, "no health check, and the image has none");
    if (!runs_published_image(workload) || workload.image_facts->healthcheck.empty()) {
      finding.unfixed = "only its authors know what tells that it is healthy";
      return;
    }
    remedy(finding, "ask whether it is healthy",
           spelling::set(workload, spelling::Attribute::kHealthcheck,
                         std::string(workload.image_facts->healthcheck)),
           workload.image_facts->from_sources ? FixSafety::kSafe : FixSafety::kUnsafe);
    // Where it cannot be waited for, it is still better than none.
    if (finding.fix) finding.fix->reveals = "dependency-without-health";
  }
}

constexpr Example kExamples[] = {
    {.name = "an image without one",
     .before = "services:\n"
               "  «web»:\n"
               "    image: nginx:1.27\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    healthcheck:\n"
              "      test: [CMD-SHELL, \"curl -fsS http://localhost/ || exit 1\"]\n"
              "      interval: 30s\n"
              "      timeout: 5s\n"
              "      retries: 3\n"
              "      start_period: 30s\n"},
    {.name = "set here",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    healthcheck:\n"
               "      test: curl -f localhost\n"},
    {.name = "an image that nothing is known of",
     .before = "services:\n"
               "  web:\n"
               "    image: registry.example.com/app:1\n"},
    {.name = "declared by the Dockerfile",
     .before = "-- compose.yaml --\n"
               "services:\n"
               "  web:\n"
               "    build: .\n"
               "-- Dockerfile --\n"
               "FROM node:24\n"
               "HEALTHCHECK CMD node ping.js\n"},
    {.name = "not declared by the Dockerfile",
     .before = "-- compose.yaml --\n"
               "services:\n"
               "  «web»:\n"
               "    build: .\n"
               "-- Dockerfile --\n"
               "FROM node:24\n"
               "CMD [\"node\", \"a.js\"]\n"},
    {.name = "switched off in the Dockerfile",
     .before = "-- compose.yaml --\n"
               "services:\n"
               "  «web»:\n"
               "    build: .\n"
               "-- Dockerfile --\n"
               "FROM node:24\n"
               "HEALTHCHECK NONE\n"},
    {.name = "a tool that ends by itself",
     .file = "run.sh",
     .before = "docker run --rm nginx:1.27 nginx -t\n"},
};

}  // namespace

const Rule& container_healthcheck_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
