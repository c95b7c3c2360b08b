#include "check/chmod_command.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

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
        "with 775. A shared temporary folder gets 1777. Unsafe: some process may count on it.",
    .sources = "https://cwe.mitre.org/data/definitions/732.html",
};

Finding& report(Span span, std::string_view mode, Sink& sink) {
  return sink.report(span, "mode '" + std::string(mode) + "' lets every user write");
}

/// The mode without writing for all; "" when that is no plain rewrite.
std::string without_writing(std::string_view mode) {
  std::string fixed(mode);
  if (ascii::is_number(mode)) {
    fixed.back() = static_cast<char>('0' + ((fixed.back() - '0') & ~2));
    return fixed;
  }
  for (const std::string_view all : {"a+", "ugo+", "a=", "ugo="}) {
    if (!mode.starts_with(all)) continue;
    return "ug" + fixed.substr(all.size() - 1);
  }
  return {};
}

/// @param place  where `mode` ends
void repair(Finding& finding, std::uint32_t place, std::string_view mode) {
  std::string fixed = without_writing(mode);
  if (fixed.empty()) {
    finding.unfixed = "who is to write there is yours to say";
    return;
  }
  finding.fix = Fix{.title = "let others not write: " + fixed,
                    .edits = {{{place - static_cast<std::uint32_t>(mode.size()), place}, fixed}},
                    .safety = FixSafety::kUnsafe,
                    .advice = "check that the path belongs to the user or group that writes there"};
}

void check_copy(const DockerfileView& view, const dockerfile::Instruction& instruction,
                Sink& sink) {
  const dockerfile::Flag* flag = instruction.flag("chmod");
  if (flag == nullptr || !read_mode(flag->value).world_writable) return;
  if (!view.ships(instruction)) return;
  Finding& finding = report(flag->value_span, flag->value, sink);
  if (view.file.source->slice(flag->value_span) == flag->value) {
    repair(finding, flag->value_span.end, flag->value);
  }
}

void check_run(const DockerfileView& view, const dockerfile::Instruction& instruction, Sink& sink) {
  for (const shell::Command& command : instruction.script.commands) {
    std::string_view mode;
    const shell::Word* word = mode_word(command, mode);
    if (word == nullptr || !read_mode(mode).world_writable) continue;
    if (!view.ships(instruction)) continue;
    Finding& finding = report(instruction.source(word->span), mode, sink);
    if (word->raw.ends_with(mode) &&
        dockerfile::is_editable(view.file, instruction, command, *word)) {
      repair(finding, instruction.source(word->span).end, mode);
    } else {
      finding.unfixed = "the mode is not written plainly";
    }
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
    {.name = "chmod 777",
     .before = "FROM debian:12\nRUN mkdir /a && chmod -R «777» /a\n",
     .after = "FROM debian:12\nRUN mkdir /a && chmod -R 775 /a\n"},
    {.name = "chmod by letters",
     .before = "FROM debian:12\nRUN chmod «a+rw» /a\n",
     .after = "FROM debian:12\nRUN chmod ug+rw /a\n"},
    {.name = "COPY --chmod",
     .before = "FROM debian:12\nCOPY --chmod=«777» a.sh /a.sh\n",
     .after = "FROM debian:12\nCOPY --chmod=775 a.sh /a.sh\n"},
    {.name = "mkdir -m",
     .before = "FROM debian:12\nRUN mkdir -p -m «0777» /a\n",
     .after = "FROM debian:12\nRUN mkdir -p -m 0775 /a\n"},
    {.name = "in a string", .before = "FROM debian:12\nRUN sh -c 'chmod «777» /a'\n"},
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
