#include "check/rule.h"
#include "check/secret_mount.h"
#include "check/secret_value.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-in-image-environment",
    .title = "ARG or ENV carries a secret",
    .severity = Severity::kCritical,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "buildkit:SecretsUsedInArgOrEnv hadolint:DL3064 trivy:DS-0031 dockle:CIS-DI-0010 "
        "cis-docker:4.10 tally:secrets-in-code",
    .why =
        "docker history and docker inspect show every ENV, and ARG values with the layers they "
        "took part in: who can pull the image can read the secret, and deleting the line does not "
        "take it back.",
    .fix_note =
        "Build with RUN --mount=type=secret, pass run-time secrets when the container starts, and "
        "replace a secret that was committed. Unsafe: builds and containers have to be given the "
        "secret from then on.",
    .sources =
        "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ "
        "https://docs.docker.com/build/building/secrets/",
};

std::string_view article(std::string_view kind) {
  return kind == "credentials" ? "" : kind.find_first_of("aeiouAEIOU") == 0 ? "an " : "a ";
}

std::string message_for(std::string_view keyword, const dockerfile::Assignment& assignment,
                        const SecretJudgement& judged) {
  const std::string what = std::string(article(judged.kind)) + std::string(judged.kind);
  const std::string subject = std::string(keyword) + " '" + std::string(assignment.name) + "'";
  switch (judged.verdict) {
    case SecretVerdict::kSecret: return subject + " holds " + what + " in plain text";
    case SecretVerdict::kDefaultPassword:
      return subject + " holds " + what + " that everybody knows";
    case SecretVerdict::kPlaceholder: return subject + " is a place for " + what;
    case SecretVerdict::kNameOnly:
    case SecretVerdict::kNo: break;
  }
  return subject + " is named like " + what + ", and its value stays in the image";
}

/// A value that is not there yet leaks when somebody builds; one that is here has leaked.
Severity severity_of(SecretVerdict verdict, bool ships) {
  switch (verdict) {
    case SecretVerdict::kSecret: return Severity::kCritical;
    case SecretVerdict::kDefaultPassword: return ships ? Severity::kHigh : Severity::kLow;
    default: return Severity::kLow;
  }
}

/// Each reads the file: a hostile one must not make that quadratic.
constexpr int kMostFixes = 64;

void check(const DockerfileView& view, Sink& sink) {
  int fixes_left = kMostFixes;
  for (const dockerfile::Instruction& outer : view.file.instructions) {
    const dockerfile::Instruction& instruction =
        outer.keyword == dockerfile::Keyword::kOnbuild && outer.inner != nullptr ? *outer.inner
                                                                                 : outer;
    if (instruction.keyword != dockerfile::Keyword::kEnv &&
        instruction.keyword != dockerfile::Keyword::kArg) {
      continue;
    }
    for (const dockerfile::Assignment& assignment : instruction.assignments) {
      const SecretJudgement judged = judge_secret(assignment.name, assignment.value);
      if (judged.verdict == SecretVerdict::kNo) continue;
      Finding& finding =
          sink.report(assignment.span,
                      message_for(dockerfile::to_string(instruction.keyword), assignment, judged));
      finding.severity = severity_of(judged.verdict, view.ships(instruction));
      finding.because("value", std::string(to_string(judged.verdict)));
      if (fixes_left-- > 0) move_to_mount(finding, view, instruction, assignment);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a password",
     .before = "FROM debian:12\nENV «DB_PASSWORD=Tr4u8dkLq0s9»\n",
     .after = "FROM debian:12\n"},
    {.name = "a password that everybody knows",
     .before = "FROM postgres:16\nENV POSTGRES_USER=app «POSTGRES_PASSWORD=postgres»\n",
     .after = "FROM postgres:16\nENV POSTGRES_USER=app\n"},
    {.name = "an argument without value", .before = "FROM debian:12\nARG «NPM_TOKEN»\n"},
    {.name = "before FROM", .before = "ARG «openai_api_key»\nFROM debian:12\n"},
    {.name = "an old form",
     .before = "FROM debian:12\nENV «password hunter2hunter2»\n",
     .after = "FROM debian:12\n"},
    {.name = "one of several, and used by a RUN",
     .before = "FROM debian:12\nENV A=1 \\\n    «API_TOKEN=abcdefghij0123456789» \\\n    B=2\nRUN "
               "a $API_TOKEN\n",
     .after = "# syntax=docker/dockerfile:1\nFROM debian:12\nENV A=1 \\\n    B=2\n"
              "RUN --mount=type=secret,id=api_token,env=API_TOKEN a $API_TOKEN\n"},
    {.name = "where the secret is, not what it is",
     .before = "FROM debian:12\nENV DB_PASSWORD_FILE=/run/secrets/db\n"},
    {.name = "settings and public keys",
     .before = "FROM debian:12\nENV PASSWORD_MIN_LENGTH=12 "
               "GPG_KEY=0D96DF4D4110E5C43FBFB17F2D347EA6AA65421D\n"},
};

}  // namespace

const Rule& secret_in_image_environment() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
