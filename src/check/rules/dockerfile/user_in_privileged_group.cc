#include <optional>
#include <utility>

#include "check/account_command.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "user-in-privileged-group",
    .title = "The image's user can become root",
    .severity = Severity::kHigh,
    .control = Control::kNonRootUser,
    .enabled = true,
    .fix_safety = FixSafety::kNone,
    .why =
        "A user who may sudo, or who is in a group that owns the disk or the Docker socket, is "
        "root for whoever breaks into the process: dropping root was for nothing.",
    .fix_note = "Do what needs root before USER, at build time, and leave sudo out of the image.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/#user "
        "https://docs.docker.com/engine/install/linux-postinstall/",
};

constexpr std::string_view kPrivileged[] = {"sudo", "wheel", "docker", "lxd", "disk", "shadow"};

std::string_view privileged_group(std::string_view groups) {
  while (!groups.empty()) {
    const std::size_t comma = groups.find(',');
    const std::string_view group = groups.substr(0, comma);
    for (const std::string_view each : kPrivileged) {
      if (group == each) return each;
    }
    if (comma == std::string_view::npos) break;
    groups.remove_prefix(comma + 1);
  }
  return {};
}

/// %sudo ALL=(ALL) NOPASSWD: ALL
const shell::Word* sudoers_line(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name != "echo" && name != "printf" && name != "sed") return nullptr;
  for (const shell::Word& word : command) {
    if (ascii::contains(word.value, "NOPASSWD")) return &word;
  }
  return nullptr;
}

/// What of `command` is privileged, and how it reads.
struct Privilege {
  const shell::Word* word = nullptr;
  std::string message;
};

Privilege privilege_of(const shell::Command& command) {
  if (command.words.size() < 2) return {};
  if (const shell::Word* word = sudoers_line(command)) {
    if (ascii::trim(word->value).starts_with('#')) return {};
    return {word, "sudo is allowed without a password"};
  }
  const auto account = read_account_command(command);
  if (!account || !account->groups || account->user == nullptr) return {};
  const std::string_view group = privileged_group(account->groups.value);
  if (group.empty() || is_root_user(account->user->value)) return {};
  return {account->groups.word, "the user '" + std::string(account->user->value) +
                                    "' joins the group '" + std::string(group) +
                                    "', which is as good as root"};
}

void check(const DockerfileView& view, Sink& sink) {
  std::optional<bool> is_root;  // asked for once, and only when something was found
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kRun) continue;
      for (const shell::Command& command : instruction.script.commands) {
        Privilege found = privilege_of(command);
        if (found.word == nullptr) continue;
        if (!is_root) {
          is_root = view.user.runs_as == RunsAs::kRoot;
        }
        Finding& finding =
            sink.report(instruction.source(found.word->span), std::move(found.message));
        if (!*is_root) continue;
        // Root does not gain anything by it, and image-runs-as-root says the rest.
        finding.severity = Severity::kLow;
        finding.because("user", "the image runs as root as it is");
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "usermod", .before = "FROM debian:12\nRUN usermod -aG «sudo» app\nUSER app\n"},
    {.name = "useradd, one of several groups",
     .before = "FROM debian:12\nRUN useradd -m -G «users,docker» app\nUSER app\n"},
    {.name = "adduser user group",
     .before = "FROM debian:12\nRUN useradd app && adduser app «sudo»\nUSER app\n"},
    {.name = "addgroup of Alpine",
     .before = "FROM alpine:3.20\nRUN adduser -D app && addgroup app «wheel»\nUSER app\n"},
    {.name = "a line for sudoers",
     .before = "FROM debian:12\n"
               "RUN echo «\"app ALL=(ALL) NOPASSWD:ALL\"» > /etc/sudoers.d/app\nUSER app\n"},
    {.name = "a plain group", .before = "FROM debian:12\nRUN useradd -m -G users app\nUSER app\n"},
    {.name = "a group of that name is created",
     .before = "FROM debian:12\nRUN groupadd docker && addgroup -g 99 docker\n"},
    {.name = "in a build stage",
     .before = "FROM debian:12 AS b\nRUN usermod -aG sudo app\nFROM debian:12\nUSER app\n"},
    {.name = "sudo is installed, which by itself lets nobody in",
     .before = "FROM debian:12\nRUN apt-get install -y sudo\nUSER app\n"},
};

}  // namespace

const Rule& user_in_privileged_group() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
