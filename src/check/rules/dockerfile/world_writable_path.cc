#include "check/chmod_command.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "world-writable-path",
    .title = "A path of the image is writable by everyone",
    .severity = Severity::kMedium,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Whatever process is broken into can replace what others in the container read or run: "
        "code, settings, start scripts.",
    .fix_note =
        "Give the path to the user that needs it (chown, COPY --chown) with 755, or to a group "
        "with 775. A shared temporary folder gets 1777.",
    .sources = "https://cwe.mitre.org/data/definitions/732.html",
};

void report(Span span, std::string_view mode, Sink& sink) {
  sink.report(span, "mode '" + std::string(mode) + "' lets every user write");
}

void check_copy(const DockerfileView& view, const dockerfile::Instruction& instruction,
                Sink& sink) {
  const dockerfile::Flag* flag = instruction.flag("chmod");
  if (flag == nullptr || !read_mode(flag->value).world_writable) return;
  if (view.ships(instruction)) report(flag->value_span, flag->value, sink);
}

void check_run(const DockerfileView& view, const dockerfile::Instruction& instruction, Sink& sink) {
  for (const shell::Command& command : instruction.script.commands) {
    std::string_view mode;
    const shell::Word* word = mode_word(command, mode);
    if (word == nullptr || !read_mode(mode).world_writable) continue;
    if (view.ships(instruction)) report(instruction.source(word->span), mode, sink);
  }
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    switch (instruction.keyword) {
      case dockerfile::Keyword::kCopy:
      case dockerfile::Keyword::kAdd: check_copy(view, instruction, sink); break;
      case dockerfile::Keyword::kRun: check_run(view, instruction, sink); break;
      default: break;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "chmod 777", .before = "FROM debian:12\nRUN mkdir /a && chmod -R «777» /a\n"},
    {.name = "chmod by letters", .before = "FROM debian:12\nRUN chmod «a+rw» /a\n"},
    {.name = "COPY --chmod", .before = "FROM debian:12\nCOPY --chmod=«777» a.sh /a.sh\n"},
    {.name = "mkdir -m", .before = "FROM debian:12\nRUN mkdir -p -m «0777» /a\n"},
    {.name = "usual modes",
     .before = "FROM debian:12\nRUN chmod 755 /a && chmod +x /b && chmod g+w /c\n"},
    {.name = "the sticky bit", .before = "FROM debian:12\nRUN chmod 1777 /tmp\n"},
    {.name = "taken away", .before = "FROM debian:12\nRUN chmod -R o-w /a\n"},
    {.name = "in a build stage",
     .before = "FROM debian:12 AS b\nRUN chmod 777 /a\nFROM debian:12\nRUN id\n"},
};

}  // namespace

const Rule& world_writable_path() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
