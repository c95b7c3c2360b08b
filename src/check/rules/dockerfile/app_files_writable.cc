#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "app-files-writable",
    .title = "The process may change its own program",
    .severity = Severity::kInfo,
    .control = Control::kReadOnlyFilesystem,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "An intruder who may write files can then replace the code that runs next, and stay after "
        "the hole is closed.",
    .fix_note =
        "Leave code to root (no --chown, or --chmod without w) and give the user only the folders "
        "that it writes to. Unsafe to do blindly: some programs write beside their code.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

/// The user that the last USER of the built image names, without group; "" when it is not known.
std::string_view runtime_user(const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    const auto instructions = view.file.of(*stage);
    for (std::size_t i = instructions.size(); i-- > 0;) {
      if (instructions[i].keyword != dockerfile::Keyword::kUser) continue;
      if (instructions[i].words.empty()) return {};
      const std::string_view user = instructions[i].words.front().value;
      return user.substr(0, user.find(':'));
    }
  }
  return {};
}

/// --chmod=555, a-w, …: nobody may write.
bool forbids_writing(const dockerfile::Flag* chmod) {
  if (chmod == nullptr) return false;
  if (!ascii::is_number(chmod->value)) return ascii::contains(chmod->value, "-w");
  const std::string_view digits = chmod->value;
  return digits.size() >= 3 && ((digits[digits.size() - 3] - '0') & 2) == 0;
}

void check(const DockerfileView& view, Sink& sink) {
  const std::string_view user = runtime_user(view);
  if (user.empty() || user.find('$') != std::string_view::npos || is_root_user(user)) return;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kCopy &&
          instruction.keyword != dockerfile::Keyword::kAdd) {
        continue;
      }
      const dockerfile::Flag* chown = instruction.flag("chown");
      if (chown == nullptr || chown->value.substr(0, chown->value.find(':')) != user) continue;
      if (forbids_writing(instruction.flag("chmod"))) continue;
      sink.report(chown->span,
                  "'" + std::string(user) + "', who runs the process, may change what is copied");
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "the same user",
     .before = "FROM node:20\nCOPY «--chown=node:node» . /app\nUSER node\n"},
    {.name = "by number", .before = "FROM debian:12\nADD «--chown=1000» a /app\nUSER 1000:1000\n"},
    {.name = "only to read",
     .before = "FROM node:20\nCOPY --chown=node --chmod=0555 . /app\nUSER node\n"},
    {.name = "root's", .before = "FROM node:20\nCOPY . /app\nUSER node\n"},
    {.name = "somebody else's", .before = "FROM node:20\nCOPY --chown=app . /app\nUSER node\n"},
};

}  // namespace

const Rule& app_files_writable() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
