#include "check/chmod_command.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "setuid-bit-added",
    .title = "A program is made setuid",
    .severity = Severity::kHigh,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kNone,
    .aliases = "dockle:CIS-DI-0008",
    .why =
        "A setuid program runs as its owner, mostly root, whoever starts it: a fault in it makes "
        "every user of the container root.",
    .fix_note =
        "Give the program the one capability it needs (setcap), or do its work before USER at "
        "build time.",
    .sources = "https://man7.org/linux/man-pages/man7/capabilities.7.html",
};

void judge(const DockerfileView& view, const dockerfile::Instruction& instruction, Span span,
           std::string_view mode, Sink& sink) {
  if (!read_mode(mode).setuid || !view.ships(instruction)) return;
  sink.report(span, "mode '" + std::string(mode) + "' makes a program setuid");
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (const dockerfile::Flag* flag = instruction.flag("chmod")) {
      judge(view, instruction, flag->value_span, flag->value, sink);
    }
    if (instruction.keyword != dockerfile::Keyword::kRun) continue;
    for (const shell::Command& command : instruction.script.commands) {
      std::string_view mode;
      const shell::Word* word = mode_word(command, mode);
      if (word != nullptr) judge(view, instruction, instruction.source(word->span), mode, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "by letters", .before = "FROM debian:12\nRUN chmod «u+s» /usr/bin/app\n"},
    {.name = "by number", .before = "FROM debian:12\nRUN chmod «4755» /usr/bin/app\n"},
    {.name = "COPY --chmod", .before = "FROM debian:12\nCOPY --chmod=«4755» app /app\n"},
    {.name = "install -m", .before = "FROM debian:12\nRUN install -m «4755» app /usr/bin/app\n"},
    {.name = "setgid, as on shared folders",
     .before = "FROM debian:12\nRUN chmod g+s /srv && chmod 2775 /srv\n"},
    {.name = "taken away", .before = "FROM debian:12\nRUN chmod u-s /usr/bin/su\n"},
    {.name = "in a build stage",
     .before = "FROM debian:12 AS b\nRUN chmod u+s /a\nFROM debian:12\nRUN id\n"},
};

}  // namespace

const Rule& setuid_bit_added() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
