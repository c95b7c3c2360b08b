#include "check/account_command.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "password-set-in-build",
    .title = "A login password is set in the image",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kNone,
    .aliases = "checkov:CKV2_DOCKER_17",
    .why =
        "Everyone who can pull the image can read or crack the password, and it is the same in "
        "every container.",
    .fix_note =
        "Drop it: a container's user needs no password. Where somebody must log in, set it at "
        "start from a secret, or use keys.",
    .sources = "https://docs.docker.com/build/building/secrets/",
};

/// "*", "!" and "x" lock the account; "" is what empty-password speaks about.
bool is_no_password(std::string_view encrypted) {
  return encrypted.empty() || encrypted.starts_with('*') || encrypted.starts_with('!') ||
         encrypted == "x";
}

/// echo "user:password" | chpasswd: the command before it in the pipeline.
const shell::Command* writer_of(const RunCommand& run) {
  if (run.index == 0) return nullptr;
  const shell::Command& before = run.instruction.script.commands[run.index - 1];
  return before.pipeline == run.command.pipeline ? &before : nullptr;
}

bool writes_literal(const shell::Command* writer) {
  if (writer == nullptr) return false;
  for (const shell::Word& word : *writer) {
    const std::size_t colon = word.value.find(':');
    if (colon == std::string_view::npos || colon + 1 >= word.value.size()) continue;
    if (word.value[colon + 1] != '$' || !word.expands) return true;
  }
  return false;
}

void report(Span span, std::string message, bool literal, Sink& sink) {
  Finding& finding = sink.report(span, std::move(message));
  if (!literal) finding.severity = Severity::kMedium;
}

void check(const RunCommand& run, Sink& sink) {
  if (run.name() == "chpasswd") {
    if (!run.view.ships(run.instruction)) return;
    const shell::Command* writer = writer_of(run);
    const bool literal = writes_literal(writer) || run.command.has_flag("-e");
    report(run.span(), "chpasswd sets a password that stays in the image", literal, sink);
    return;
  }
  const auto account = read_account_command(run.command);
  if (!account) return;
  if (account->verb == AccountCommand::Verb::kPassword) {
    // A script may be piped in on purpose; without one the build would wait for a person.
    if (!account->reads_password || writer_of(run) == nullptr) return;
    if (!run.view.ships(run.instruction)) return;
    report(run.span(), "passwd sets a password that stays in the image", true, sink);
  } else if (account->password && !is_no_password(account->password.value)) {
    if (!run.view.ships(run.instruction)) return;
    report(run.span(*account->password.word),
           std::string(run.name()) + " sets a password that stays in the image",
           !account->password.value.starts_with("$("), sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "chpasswd", .before = "FROM debian:12\nRUN echo 'root:secret' | «chpasswd»\n"},
    {.name = "passwd reads it",
     .before = "FROM debian:12\nRUN echo secret | «passwd --stdin root»\n"},
    {.name = "encrypted, with useradd",
     .before = "FROM debian:12\nRUN useradd -m -p «'$6$salt$hash'» app\n"},
    {.name = "an account is locked",
     .before = "FROM debian:12\nRUN useradd -p '*' app && passwd -l root\n"},
    {.name = "the file of that name", .before = "FROM debian:12\nRUN chgrp root /etc/passwd\n"},
    {.name = "in a build stage",
     .before = "FROM debian:12 AS b\nRUN echo 'a:b' | chpasswd\nFROM debian:12\nRUN id\n"},
};

}  // namespace

const Rule& password_set_in_build() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
