#include "check/account_command.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "empty-password",
    .title = "An account has an empty password",
    .severity = Severity::kCritical,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kNone,
    .aliases = "dockle:DKL-LI-0001",
    .why =
        "Anyone inside the container becomes that user with su, and anyone outside logs in where a "
        "server such as sshd runs. For root that is everything.",
    .fix_note =
        "Lock the account with passwd -l, or leave it alone: without a password nobody logs in.",
    .sources = "https://www.cve.org/CVERecord?id=CVE-2019-5021",
};

/// sed 's/^root:[^:]*:/root::/' /etc/shadow: an empty second field that was not there before.
bool empties_field(std::string_view script) {
  if (script.size() < 4 || script[0] != 's') return false;
  const char delimiter = script[1];
  const std::size_t middle = script.find(delimiter, 2);
  if (middle == std::string_view::npos) return false;
  const std::size_t end = script.find(delimiter, middle + 1);
  const std::string_view pattern = script.substr(2, middle - 2);
  const std::string_view replacement = script.substr(middle + 1, end - middle - 1);
  const std::size_t colons = replacement.find("::");
  return colons != std::string_view::npos && colons > 0 && pattern.find("::") == pattern.npos &&
         replacement.find(':') == colons;
}

const shell::Word* sed_that_empties(const shell::Command& command) {
  bool accounts = false;
  const shell::Word* found = nullptr;
  for (const shell::Word& word : command) {
    if (word.value == "/etc/shadow" || word.value == "/etc/passwd") accounts = true;
    if (empties_field(word.value)) found = &word;
  }
  return accounts ? found : nullptr;
}

void check(const RunCommand& run, Sink& sink) {
  if (run.name() == "sed") {
    const shell::Word* word = sed_that_empties(run.command);
    if (word == nullptr || !run.view.ships(run.instruction)) return;
    sink.report(run.span(*word), "an account's password is made empty");
    return;
  }
  const auto account = read_account_command(run.command);
  if (!account) return;
  const bool empty =
      account->deletes_password || (account->password && account->password.value.empty());
  if (!empty || !run.view.ships(run.instruction)) return;
  const std::string who =
      account->user == nullptr ? std::string("root") : std::string(account->user->value);
  sink.report(run.span(), "the account '" + who + "' gets an empty password");
}

constexpr Example kExamples[] = {
    {.name = "passwd -d", .before = "FROM debian:12\nRUN «passwd -d root»\n"},
    {.name = "useradd with an empty one",
     .before = "FROM debian:12\nRUN «useradd -p '' app» && id\n"},
    {.name = "sed on shadow",
     .before = "FROM debian:12\nRUN sed -i «'s/^root:[^:]*:/root::/'» /etc/shadow\n"},
    {.name = "sed that locks",
     .before = "FROM alpine:3.5\nRUN sed -i 's/^root::/root:!:/' /etc/shadow\n"},
    {.name = "locked, or another option",
     .before = "FROM debian:12\nRUN passwd -l root && useradd -d /home/app app\n"},
    {.name = "in a build stage",
     .before = "FROM debian:12 AS b\nRUN passwd -d root\nFROM debian:12\nRUN id\n"},
};

}  // namespace

const Rule& empty_password() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
