#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "last-user-is-root",
    .title = "A stage's last USER is root",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL3002 checkov:CKV_DOCKER_8 kics:67fd0c4a semgrep:last-user-is-root",
    .why =
        "Whoever builds FROM this stage, or makes it the final one, gets root without having asked "
        "for it. image-runs-as-root judges what the shipped image really runs as.",
    .fix_note = "End each stage with the user that its result is meant to run as.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

void check(const StageView& view, Sink& sink) {
  const dockerfile::Instruction* last = nullptr;
  for (const dockerfile::Instruction& instruction : view.instructions()) {
    if (instruction.keyword == dockerfile::Keyword::kUser) last = &instruction;
  }
  if (last == nullptr || last->words.empty()) return;
  const std::string_view user = last->words.front().value;
  if (!is_root_user(user)) return;
  sink.report(last->words.front().span,
              "the stage ends as root: its last USER is '" + std::string(user) + "'");
}

constexpr Example kExamples[] = {
    {.name = "the last USER is root", .before = "FROM debian:12\nUSER app\nUSER «root»\n"},
    {.name = "by number, in a build stage",
     .before = "FROM node:20 AS build\nUSER «0:0»\nFROM node:20\nUSER node\n"},
    {.name = "root is left again", .before = "FROM debian:12\nUSER root\nRUN id\nUSER app\n"},
    {.name = "no USER at all", .before = "FROM debian:12\nRUN id\n"},
    {.name = "a user that nobody knows yet", .before = "FROM debian:12\nARG U\nUSER $U\n"},
};

}  // namespace

const Rule& last_user_is_root() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
