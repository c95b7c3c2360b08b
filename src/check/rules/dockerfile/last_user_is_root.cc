#include <algorithm>

#include "check/rule.h"
#include "check/start_of_image.h"
#include "check/step_down.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "last-user-is-root",
    .title = "A stage's last USER is root",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kSafe,
    .aliases = "hadolint:DL3002 checkov:CKV_DOCKER_8 kics:67fd0c4a semgrep:last-user-is-root",
    .why =
        "Whoever builds FROM this stage, or makes it the final one, gets root without having asked "
        "for it. image-runs-as-root judges what the shipped image really runs as.",
    .fix_note =
        "End each stage with the user that its result is meant to run as. Safe: only where the "
        "stage had another user before, and no other stage goes on from it.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

bool is_continued(const dockerfile::Dockerfile& file, const dockerfile::Stage& stage) {
  constexpr std::size_t kMostStages = 1000;  // more were not written by a person
  if (file.stages.size() > kMostStages) return true;
  return std::any_of(
      file.stages.begin(), file.stages.end(),
      [&stage](const dockerfile::Stage& other) { return other.parent == stage.index; });
}

void check(const StageView& view, Sink& sink) {
  const dockerfile::Instruction* last = nullptr;
  for (const dockerfile::Instruction& instruction : view.instructions()) {
    if (instruction.keyword == dockerfile::Keyword::kUser) last = &instruction;
  }
  if (last == nullptr || last->words.empty()) return;
  const std::string_view user = last->words.front().value;
  if (!is_root_user(user)) return;
  Finding& finding =
      sink.report(last->words.front().span,
                  "the stage ends as root: its last USER is '" + std::string(user) + "'");
  const EarlierUser earlier = earlier_user(view.view, view.stage);
  if (earlier.word == nullptr) {
    finding.unfixed = "the stage has had no other user";
  } else if (is_continued(view.view.file, view.stage)) {
    finding.unfixed = "another stage goes on from this one, maybe as root";
  } else if (view.view.target == &view.stage && !objection_to_stepping_down(view.view).empty()) {
    finding.unfixed = objection_to_stepping_down(view.view);
  } else {
    finding.fix = Fix{.title = "go back to the user '" + std::string(earlier.word->value) + "'",
                      .edits = {insert_before_start(
                          view.view.file, view.stage,
                          {dockerfile::spelled(view.view.file, dockerfile::Keyword::kUser) + ' ' +
                           earlier.text})},
                      .reveals = kRevealedByUser};
  }
}

constexpr Example kExamples[] = {
    {.name = "the last USER is root",
     .before = "FROM debian:12\nUSER app\nUSER «root»\nCMD a\n",
     .after = "FROM debian:12\nUSER app\nUSER root\nUSER app\nCMD a\n"},
    {.name = "by number, in a build stage",
     .before = "FROM node:20 AS build\nUSER «0:0»\nFROM node:20\nUSER node\n"},
    {.name = "what starts is not known", .before = "FROM debian:12\nUSER app\nUSER «root»\n"},
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
