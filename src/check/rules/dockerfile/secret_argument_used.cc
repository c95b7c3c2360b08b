#include "check/rule.h"
#include "check/secret_mount.h"
#include "check/secret_value.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-argument-used",
    .title = "RUN uses a secret that comes as a build argument",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .points_at_secret = false,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "semgrep:secret-in-build-arg",
    .why =
        "The history of the layer that RUN makes records the argument's value: docker history "
        "shows it to everyone who can pull the image.",
    .fix_note =
        "RUN --mount=type=secret,id=NAME,env=NAME gives the command the same variable and leaves "
        "no trace. Unsafe: the build has to be called with --secret from then on.",
    .sources = "https://docs.docker.com/build/building/secrets/",
};

/// Keeps a hostile file from costing arguments times text.
constexpr std::size_t kMostArguments = 64;

void check(const StageView& stage, Sink& sink) {
  if (!stage.view.ships(stage.stage)) return;
  std::size_t judged_arguments = 0;
  const auto instructions = stage.instructions();
  for (const dockerfile::Instruction& instruction : instructions) {
    if (instruction.keyword != dockerfile::Keyword::kArg) continue;
    for (const dockerfile::Assignment& argument : instruction.assignments) {
      const SecretJudgement judged = judge_secret(argument.name, "");
      if (judged.verdict == SecretVerdict::kNo) continue;
      if (++judged_arguments > kMostArguments) return;
      for (const dockerfile::Instruction* run = &instruction + 1;
           run != instructions.data() + instructions.size(); ++run) {
        if (!runs_with(*run, argument.name)) continue;
        Finding& finding = sink.report(argument.name_span,
                                       "the build argument '" + std::string(argument.name) +
                                           "' is used by RUN, so its value stays in the history");
        move_to_mount(finding, stage.view, instruction, argument);
        break;
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a token for npm",
     .before = "FROM node:20\nARG «NPM_TOKEN»\nRUN echo \"$NPM_TOKEN\" > .npmrc && npm ci\n",
     .after =
         "# syntax=docker/dockerfile:1\nFROM node:20\nRUN "
         "--mount=type=secret,id=npm_token,env=NPM_TOKEN echo \"$NPM_TOKEN\" > .npmrc && npm ci\n"},
    {.name = "with a default",
     .before = "FROM node:20\nARG «TOKEN»=x\nRUN curl -H \"X: ${TOKEN}\" a.example\n",
     .after = "# syntax=docker/dockerfile:1\nFROM node:20\nRUN "
              "--mount=type=secret,id=token,env=TOKEN curl -H \"X: ${TOKEN}\" a.example\n"},
    {.name = "another variable that starts alike",
     .before = "FROM node:20\nARG TOKEN\nRUN echo $TOKEN_URL\n"},
    {.name = "two RUNs, one a heredoc, among other arguments, with a syntax",
     .before = "# syntax=docker/dockerfile:1.12\r\nFROM node:20\r\nARG A «TOKEN»\r\n"
               "RUN a $TOKEN\r\nRUN <<EOF\r\nb ${TOKEN}\r\nEOF\r\n",
     .after = "# syntax=docker/dockerfile:1.12\r\nFROM node:20\r\nARG A\r\n"
              "RUN --mount=type=secret,id=token,env=TOKEN a $TOKEN\r\n"
              "RUN --mount=type=secret,id=token,env=TOKEN <<EOF\r\nb ${TOKEN}\r\nEOF\r\n"},
    {.name = "ENV keeps it",
     .before = "FROM node:20\nARG «TOKEN»\nENV T=$TOKEN\nRUN echo $TOKEN\n"},
    {.name = "no secret", .before = "FROM node:20\nARG VERSION\nRUN echo $VERSION\n"},
    {.name = "a secret mount",
     .before = "FROM node:20\nRUN --mount=type=secret,id=t,env=TOKEN echo $TOKEN\n"},
    {.name = "a build stage's history does not ship",
     .before =
         "FROM node:20 AS b\nARG TOKEN\nRUN echo $TOKEN\nFROM node:20\nCOPY --from=b /a /a\n"},
};

}  // namespace

const Rule& secret_argument_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
