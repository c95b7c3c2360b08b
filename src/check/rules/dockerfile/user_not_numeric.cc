#include <span>

#include "check/rule.h"
#include "parse/dockerfile_scope.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "user-not-numeric",
    .title = "USER is a name, which Kubernetes cannot check",
    .severity = Severity::kLow,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL3066",
    .why =
        "With runAsNonRoot the kubelet refuses to start an image whose user is a name: it cannot "
        "tell that the name is not root's.",
    .fix_note = "Write the number that the name has in the image's /etc/passwd: USER 10001:10001.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ "
        "https://docs.docker.com/reference/dockerfile/#user",
};

bool is_windows(const DockerfileView& view, const dockerfile::Stage& stage) {
  const StageBase* base = view.base(stage);
  return base != nullptr && base->reference && family_of(*base->reference) == ImageFamily::kWindows;
}

void judge(const DockerfileView& view, const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.words.empty()) return;
  const dockerfile::Word& word = instruction.words.front();
  dockerfile::Expansion expanded;
  std::string_view user = word.value;
  if (user.find('$') != std::string_view::npos) {
    expanded = dockerfile::Scope(view.file, instruction).expand(word.raw);
    if (!expanded.known) return;
    user = expanded.text;
  }
  user = user.substr(0, user.find(':'));
  // Root by name is another matter: its number would not help.
  if (user.empty() || ascii::is_number(user) || is_root_user(user)) return;
  const dockerfile::Stage* stage = view.stage_of(instruction);
  if (stage != nullptr && is_windows(view, *stage)) return;
  sink.report(word.span, "USER '" + std::string(user) + "' is a name and not a number");
}

/// The USER that the image runs as: the last one of the nearest stage that has any.
const dockerfile::Instruction* deciding_user(const DockerfileView& view) {
  const dockerfile::Instruction* last = nullptr;
  const auto look_at = [&last](std::span<const dockerfile::Instruction> instructions) {
    for (const dockerfile::Instruction& instruction : instructions) {
      if (instruction.keyword == dockerfile::Keyword::kUser) last = &instruction;
    }
  };
  if (view.target == nullptr) look_at(view.file.instructions);
  for (const dockerfile::Stage* stage : view.lineage) {
    if (last == nullptr) look_at(view.file.of(*stage));
  }
  return last;
}

void check(const DockerfileView& view, Sink& sink) {
  if (const dockerfile::Instruction* user = deciding_user(view)) judge(view, *user, sink);
}

constexpr Example kExamples[] = {
    {.name = "a name", .before = "FROM node:20\nUSER «node»\n"},
    {.name = "a name with a group", .before = "FROM node:20\nUSER «node:node»\n"},
    {.name = "the default of a variable", .before = "FROM node:20\nARG APP=node\nUSER «$APP»\n"},
    {.name = "a number", .before = "FROM node:20\nUSER 1000\n"},
    {.name = "numbers", .before = "FROM node:20\nUSER 1000:1000\n"},
    {.name = "a variable without default", .before = "FROM node:20\nARG UID\nUSER $UID\n"},
    {.name = "only the last one counts", .before = "FROM node:20\nUSER node\nUSER 1000\n"},
    {.name = "a build stage", .before = "FROM node:20 AS build\nUSER node\nFROM scratch\nUSER 1\n"},
    {.name = "Windows has no numbers",
     .before = "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nUSER ContainerUser\n"},
};

}  // namespace

const Rule& user_not_numeric() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
