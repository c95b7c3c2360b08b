#include "check/account_command.h"
#include "check/rule.h"

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
        "done.",
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

struct Creation {
  const dockerfile::Instruction* instruction = nullptr;
  const shell::Word* user = nullptr;
};

Creation last_creation(const DockerfileView& view) {
  Creation creation;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kRun) continue;
      for (const shell::Command& command : instruction.script.commands) {
        const auto account = read_account_command(command);
        if (!account || account->verb != AccountCommand::Verb::kCreate) continue;
        // nixbld$i of a loop is not one account.
        const bool in_loop =
            command.depth > 0 && account->user != nullptr && account->user->expands;
        if (account->user != nullptr && !in_loop) creation = {&instruction, account->user};
      }
    }
    if (creation.user != nullptr) break;
  }
  return creation;
}

void check(const DockerfileView& view, Sink& sink) {
  const Creation creation = last_creation(view);
  if (creation.user == nullptr || last_user(view) != nullptr) return;
  const EffectiveUser& user = view.user;
  if (user.runs_as != RunsAs::kRoot && user.runs_as != RunsAs::kUnknown) return;
  sink.report(creation.instruction->source(creation.user->span),
              "the user '" + std::string(creation.user->value) +
                  "' is created, but no USER makes the image run as it")
      .evidence = user.facts;
}

constexpr Example kExamples[] = {
    {.name = "useradd without USER",
     .before = "FROM debian:12\nRUN useradd -r -u 1000 «app»\nCMD [\"/app\"]\n"},
    {.name = "adduser of Alpine", .before = "FROM alpine:3.20\nRUN adduser -D -G app «app»\n"},
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
