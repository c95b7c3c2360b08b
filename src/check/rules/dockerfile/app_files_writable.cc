#include <string>

#include "check/account_number.h"
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

/// Compares names and numbers of accounts.
class Accounts {
 public:
  explicit Accounts(const DockerfileView& view) : view_(view) {}

  [[nodiscard]] bool are_same(std::string_view one, std::string_view other) {
    if (one == other) return true;
    if (one.empty() || ascii::is_number(one) == ascii::is_number(other)) return false;
    // Each reads the stage: a hostile file must not make that quadratic.
    if (--left_ < 0) return false;
    return ascii::is_number(one) ? number_of(other) == one : number_of(one) == other;
  }

 private:
  /// Of an account that the file creates or the base brings; "" when not known.
  [[nodiscard]] std::string number_of(std::string_view name) const {
    if (const AccountCreation creation = last_creation(view_, name)) {
      return std::string(creation.number);
    }
    const StageBase* base = view_.target == nullptr ? nullptr : view_.base(*view_.target);
    return base == nullptr ? std::string() : number_in_base(*base, name).value_or("");
  }

  const DockerfileView& view_;
  int left_ = 16;
};

void check(const DockerfileView& view, Sink& sink) {
  const std::string_view user = runtime_user(view);
  if (user.empty() || user.find('$') != std::string_view::npos || is_root_user(user)) return;
  Accounts accounts(view);
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kCopy &&
          instruction.keyword != dockerfile::Keyword::kAdd) {
        continue;
      }
      const dockerfile::Flag* chown = instruction.flag("chown");
      if (chown == nullptr ||
          !accounts.are_same(chown->value.substr(0, chown->value.find(':')), user)) {
        continue;
      }
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
    {.name = "by name and by number",
     .before = "FROM node:20\nCOPY «--chown=node:node» . /app\nUSER 1000\n"},
    {.name = "the number of an account of the file",
     .before = "FROM debian:12\nRUN useradd -u 5000 app\nCOPY «--chown=5000» . /app\nUSER app\n"},
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
