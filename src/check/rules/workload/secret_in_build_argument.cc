#include "check/rule.h"
#include "check/secret_name.h"
#include "check/secret_value.h"
#include "check/variable_secret.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-in-build-argument",
    .title = "A secret is a build argument",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why = "Build arguments stay in the image's history: whoever can pull the image can read them.",
    .fix_note = "Use build.secrets in the file and RUN --mount=type=secret in the Dockerfile.",
    .sources = "https://docs.docker.com/build/building/secrets/",
    .forms = kFormCompose,
};

/// The value comes from elsewhere, but ends up in the image all the same.
bool passes_secret(const EnvironmentVariable& argument) {
  using Source = EnvironmentVariable::Source;
  if (argument.source != Source::kVariable && argument.source != Source::kHost) return false;
  return read_secret_name(argument.name).strength == SecretName::Strength::kStrong;
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.build) return;
  for (const EnvironmentVariable& argument : workload.build->args) {
    const Place place = place_of(workload, argument);
    if (passes_secret(argument)) {
      Finding& finding =
          sink.report(place, "the build argument '" + argument.name + "' ends up in the image");
      finding.severity = Severity::kMedium;
      continue;
    }
    const SecretJudgement judged = judge_secret(argument.name, argument.value);
    if (judged.verdict != SecretVerdict::kSecret) continue;
    sink.report(place, "the build argument '" + argument.name + "' is a literal " +
                           std::string(judged.kind));
  }
}

constexpr Example kExamples[] = {
    {.name = "literal",
     .before = "services:\n"
               "  a:\n"
               "    build:\n"
               "      context: .\n"
               "      args:\n"
               "        NPM_TOKEN: «kX9vQ2mLp7Zt4Rb1»\n"},
    {.name = "passed on",
     .before = "services:\n"
               "  a:\n"
               "    build:\n"
               "      context: .\n"
               "      args:\n"
               "        - NPM_TOKEN=«${NPM_TOKEN}»\n"},
    {.name = "taken from the shell",
     .before = "services:\n"
               "  a:\n"
               "    build:\n"
               "      context: .\n"
               "      args:\n"
               "        - «NPM_TOKEN»\n"},
    {.name = "no secret",
     .before = "services:\n"
               "  a:\n"
               "    build:\n"
               "      context: .\n"
               "      args:\n"
               "        NODE_VERSION: \"24\"\n"
               "        TOKEN_URL: https://example.com\n"},
    {.name = "a build secret",
     .before = "services:\n"
               "  a:\n"
               "    build:\n"
               "      context: .\n"
               "      secrets:\n"
               "        - npm\n"},
};

}  // namespace

const Rule& secret_in_build_argument() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
