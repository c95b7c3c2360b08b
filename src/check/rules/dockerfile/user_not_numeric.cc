#include <span>
#include <string>
#include <utility>
#include <vector>

#include "check/account_number.h"
#include "check/rule.h"
#include "parse/dockerfile_scope.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "user-not-numeric",
    .title = "USER is a name, which Kubernetes cannot check",
    .severity = Severity::kLow,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kSafe,
    .aliases = "hadolint:DL3066",
    .why =
        "With runAsNonRoot the kubelet refuses to start an image whose user is a name: it cannot "
        "tell that the name is not root's.",
    .fix_note =
        "Write the number that the name has in the image's /etc/passwd: USER 10001:10001. Safe: "
        "it is the same account. Unsafe where the account gets the number only now.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ "
        "https://docs.docker.com/reference/dockerfile/#user",
};

bool is_windows(const DockerfileView& view, const dockerfile::Stage& stage) {
  const StageBase* base = view.base(stage);
  return base != nullptr && base->reference && family_of(*base->reference) == ImageFamily::kWindows;
}

/// Puts the number in place of the name; the group stays unless its number is known too.
void write_number(Finding& finding, const DockerfileView& view, const dockerfile::Word& word,
                  std::string_view user, const FixValues& values) {
  const dockerfile::Stage* stage = view.target;
  const StageBase* base = stage == nullptr ? nullptr : view.base(*stage);
  const AccountCreation creation = last_creation(view, user);
  std::string number(creation.number);
  std::vector<Edit> edits;
  bool renumbered = false;
  if (creation && number.empty()) {
    number = values.user.text.substr(0, values.user.text.find(':'));
    auto edit = give_number(view, creation, number);
    if (!edit) {
      finding.unfixed = "the number of the account is not known";
      return;
    }
    edits.push_back(*std::move(edit));
    renumbered = true;
  } else if (!creation && base != nullptr) {
    number = number_in_base(*base, user).value_or("");
  }
  if (number.empty()) {
    finding.unfixed = "the number of the account is not known";
    return;
  }
  if (user.size() < word.value.size() && !creation && base != nullptr) {
    const std::string_view group = word.value.substr(user.size() + 1);
    number += ':' + group_in_base(*base, group).value_or(std::string(group));
    edits.insert(edits.begin(), {word.span, number});
  } else {
    const auto size = static_cast<std::uint32_t>(user.size());
    edits.insert(edits.begin(), {{word.span.begin, word.span.begin + size}, number});
  }
  finding.fix =
      Fix{.title = "write the number of '" + std::string(user) + "'", .edits = std::move(edits)};
  if (!renumbered) return;
  finding.fix->title = "give '" + std::string(user) + "' a number and write that";
  finding.fix->safety = values.user.given ? FixSafety::kSafe : FixSafety::kUnsafe;
  finding.fix->needs = "user";
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
  Finding& finding =
      sink.report(word.span, "USER '" + std::string(user) + "' is a name and not a number");
  if (word.raw != word.value || word.value.find('$') != std::string_view::npos) {
    finding.unfixed = "the name is not written plainly";
  } else {
    write_number(finding, view, word, user, sink.options().fix);
  }
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
    {.name = "a name",
     .before = "FROM node:20\nUSER «node»\n",
     .after = "FROM node:20\nUSER 1000\n"},
    {.name = "a name with a group",
     .before = "FROM node:20\nUSER «node:node»\n",
     .after = "FROM node:20\nUSER 1000:1000\n"},
    {.name = "the default of a variable", .before = "FROM node:20\nARG APP=node\nUSER «$APP»\n"},
    {.name = "an account of the file",
     .before = "FROM debian:12\nRUN useradd --uid=5000 app\nUSER «app:staff»\n",
     .after = "FROM debian:12\nRUN useradd --uid=5000 app\nUSER 5000:staff\n"},
    {.name = "an account of the file without number",
     .before = "FROM alpine:3.22\nRUN addgroup app && adduser -D -G app app\nUSER «app»\n",
     .after = "FROM alpine:3.22\nRUN addgroup app && adduser -u 10001 -D -G app app\nUSER 10001\n"},
    {.name = "an account that comes from elsewhere",
     .before = "FROM debian:12\nCOPY passwd /etc/passwd\nUSER «app»\n"},
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
