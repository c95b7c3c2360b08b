#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "shell-linked",
    .title = "/bin/sh is replaced by a link",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kNone,
    .aliases = "hadolint:DL4005 semgrep:use-shell-instruction",
    .why =
        "Every script of the distribution then runs in another shell than it was written for, also "
        "in the running container.",
    .fix_note =
        "SHELL [\"/bin/bash\", \"-c\"] changes the shell of the following RUNs and of nothing "
        "else.",
    .sources = "https://docs.docker.com/reference/dockerfile/#shell",
};

bool is_shell(std::string_view path) {
  return path == "/bin/sh" || path == "/usr/bin/sh";
}

void check(const RunCommand& run, Sink& sink) {
  if (run.name() != "ln") return;
  const shell::Word* link = nullptr;
  std::size_t operands = 0;
  for (const shell::Word& arg : run.command) {
    if (arg.value.starts_with('-')) continue;
    link = &arg;
    ++operands;
  }
  if (operands < 2 || !is_shell(link->value)) return;
  sink.report(run.span(*link), "'/bin/sh' is replaced for the whole image; SHELL is for RUNs only");
}

constexpr Example kExamples[] = {
    {.name = "bash as sh", .before = "FROM debian:12\nRUN ln -sfv /bin/bash «/bin/sh»\n"},
    {.name = "a link to sh", .before = "FROM debian:12\nRUN ln -s /bin/sh /app/sh\n"},
    {.name = "other links",
     .before = "FROM debian:12\nRUN ln -sf /bin/true /sbin/initctl && a /bin/sh\n"},
};

}  // namespace

const Rule& shell_linked() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
