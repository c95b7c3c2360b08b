#include "check/remedy.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"
#include "workload/image_facts.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "wget-progress-shown",
    .title = "wget draws its progress bar into the build log",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "hadolint:DL3047",
    .why =
        "Without a terminal wget writes a line for every 50 KiB: a large download buries the "
        "errors of the build log.",
    .fix_note =
        "Safe: --progress=dot:giga writes a line for every 32 MiB and changes nothing else.",
    .sources = "https://www.gnu.org/software/wget/manual/wget.html#Download-Options",
};

/// Says how much to print, prints to a file, or downloads nothing.
bool is_quiet(const shell::Command& command) {
  for (const std::string_view flag :
       {"--progress", "-q", "--quiet", "-nv", "--no-verbose", "-o", "--output-file", "-a",
        "--append-output", "--help", "-h", "--version", "-V", "--spider", "-b", "--background"}) {
    if (command.has_flag(flag)) return true;
  }
  for (const shell::Word& arg : command) {
    if (arg.value.starts_with("-nv") ||
        (arg.expands && arg.value.starts_with('$') && !arg.quoted)) {
      return true;
    }
  }
  for (const shell::Redirect& redirect : command.redirects) {
    if (redirect.op.starts_with("2>") || redirect.op.starts_with("&>")) return true;
  }
  return command.begin() == command.end();
}

/// On these bases wget is a package; on the others it may be BusyBox'.
bool is_gnu(const RunCommand& run) {
  const dockerfile::Stage* stage = run.view.stage_of(run.instruction);
  const StageBase* base = stage == nullptr ? nullptr : run.view.base(*stage);
  if (base == nullptr || !base->reference) return false;
  switch (family_of(*base->reference)) {
    case ImageFamily::kDebian:
    case ImageFamily::kUbuntu:
    case ImageFamily::kRedhat: return true;
    default: return false;
  }
}

void check(const RunCommand& run, Sink& sink) {
  if (run.name() != "wget" || is_quiet(run.command)) return;
  const shell::Word& program = run.command.words[run.command.program];
  Finding& finding =
      sink.report(run.span(program), "'wget' without --progress or -nv floods the build log");
  if (!is_gnu(run)) {
    finding.unfixed = "BusyBox's wget does not know --progress";
    return;
  }
  remedy(finding, "add --progress=dot:giga",
         dockerfile::insert_words(run.view.file, run.instruction, run.command, program,
                                  "--progress=dot:giga"),
         FixSafety::kSafe);
}

constexpr Example kExamples[] = {
    {.name = "plain",
     .before = "FROM debian:12\nRUN «wget» https://a.b/c.tgz\n",
     .after = "FROM debian:12\nRUN wget --progress=dot:giga https://a.b/c.tgz\n"},
    {.name = "with a file name", .before = "FROM debian:12\nRUN «wget» -O /c https://a.b/c\n"},
    {.name = "BusyBox", .before = "FROM alpine:3.20\nRUN «wget» https://a.b/c\n"},
    {.name = "dots", .before = "FROM debian:12\nRUN wget --progress=dot:giga https://a.b/c\n"},
    {.name = "quiet",
     .before =
         "FROM debian:12\nRUN wget -qO- https://a.b/c && wget -nv https://a.b && wget -a l a.b\n"},
    {.name = "options in a variable",
     .before = "FROM debian:12\nRUN wget $WGET_OPTS https://a.b\n"},
    {.name = "elsewhere", .before = "FROM debian:12\nRUN wget https://a.b 2>/dev/null\n"},
};

}  // namespace

const Rule& wget_progress_shown() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
