#include "check/account_number.h"
#include "check/rule.h"
#include "check/step_down.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "user-created-not-used",
    .title = "A user is created and the image still runs as root",
    .severity = Severity::kLow,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "tally:user-created-but-never-used",
    .why =
        "Somebody meant the image to run as this user; without a USER instruction its process is "
        "root all the same.",
    .fix_note =
        "Add USER with that account before CMD or ENTRYPOINT, once everything that needs root is "
        "done. By number, so that Kubernetes can check it. Unsafe: the process may write where it "
        "then may not.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

const dockerfile::Instruction* last_user(const DockerfileView& view) {
  const dockerfile::Instruction* last = nullptr;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kUser) last = &instruction;
    }
    if (last != nullptr) return last;
  }
  return nullptr;
}

void check(const DockerfileView& view, Sink& sink) {
  const AccountCreation creation = last_creation(view);
  if (!creation || last_user(view) != nullptr) return;
  const EffectiveUser& user = view.user;
  if (user.runs_as != RunsAs::kRoot && user.runs_as != RunsAs::kUnknown) return;
  Finding& finding = sink.report(creation.run->source(creation.user->span),
                                 "the user '" + std::string(creation.user->value) +
                                     "' is created, but no USER makes the image run as it");
  finding.evidence = user.facts;
  step_down(finding, view, sink.options().fix);
}

constexpr Example kExamples[] = {
    {.name = "useradd without USER",
     .before = "FROM debian:12\nRUN useradd -r -u 1000 «app»\nCMD [\"/app\"]\n",
     .after = "FROM debian:12\nRUN useradd -r -u 1000 app\nUSER 1000\nCMD [\"/app\"]\n"},
    {.name = "adduser of Alpine", .before = "FROM alpine:3.20\nRUN adduser -D -G app «app»\n"},
    {.name = "its number is a variable",
     .before = "FROM debian:12\nARG ID\nRUN useradd -u $ID «app»\nCMD [\"/app\"]\n"},
    {.name = "it is used", .before = "FROM debian:12\nRUN useradd app\nUSER app\n"},
    {.name = "only joins a group", .before = "FROM debian:12\nRUN adduser www-data tty\n"},
    {.name = "the entrypoint drops to it",
     .before = "FROM debian:12\nRUN useradd app && apt-get install -y gosu\n"
               "ENTRYPOINT [\"/entrypoint.sh\"]\n"},
    {.name = "in a build stage",
     .before = "FROM debian:12 AS build\nRUN useradd app\nFROM debian:12\nRUN id\n"},
};

}  // namespace

const Rule& user_created_not_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
