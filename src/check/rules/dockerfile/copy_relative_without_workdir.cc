#include <vector>

#include "check/absolute_path.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "copy-relative-without-workdir",
    .title = "Files are copied to wherever the base image happens to work",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3045",
    .why =
        "Without WORKDIR in this file a relative destination is a folder that the base image "
        "chose and may change.",
    .fix_note = "Set WORKDIR first, or write the destination from the root.",
    .sources = "https://github.com/hadolint/hadolint/wiki/DL3045",
};

bool copies_to_relative(const dockerfile::Instruction& instruction) {
  return (instruction.keyword == dockerfile::Keyword::kCopy ||
          instruction.keyword == dockerfile::Keyword::kAdd) &&
         instruction.words.size() >= 2 && is_relative_path(instruction.words.back().raw);
}

/// What WORKDIRs there were up to some place in a stage.
struct Workdirs {
  bool own = false;
  bool for_children = false;  ///< ONBUILD WORKDIR
};

void judge(const dockerfile::Instruction& copy, Sink& sink) {
  const dockerfile::Word& destination = copy.words.back();
  sink.report(destination.span,
              "no WORKDIR says what " + dockerfile::quoted(destination.value) + " is relative to");
}

void check(const DockerfileView& view, Sink& sink) {
  std::vector<Workdirs> at_end;
  Workdirs now;
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    switch (instruction.keyword) {
      case dockerfile::Keyword::kFrom: {
        const auto& parent = view.file.stages[instruction.stage].parent;
        if (!at_end.empty()) at_end.back() = now;
        now = parent ? Workdirs{.own = at_end[*parent].own} : Workdirs{};
        at_end.push_back(now);
        break;
      }
      case dockerfile::Keyword::kWorkdir: now.own = true; break;
      case dockerfile::Keyword::kOnbuild:
        if (instruction.inner == nullptr) break;
        if (instruction.inner->keyword == dockerfile::Keyword::kWorkdir) now.for_children = true;
        if (!now.own && !now.for_children && copies_to_relative(*instruction.inner)) {
          judge(*instruction.inner, sink);
        }
        break;
      default:
        if (!now.own && copies_to_relative(instruction)) judge(instruction, sink);
        break;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a file name", .before = "FROM debian:12\nCOPY a.sh «b.sh»\n"},
    {.name = "the working directory", .before = "FROM debian:12\nCOPY . «.»\n"},
    {.name = "WORKDIR in another stage",
     .before = "FROM debian:12 AS one\nWORKDIR /usr\nFROM debian:12\nCOPY a «b»\n"},
    {.name = "WORKDIR too late", .before = "FROM debian:12\nCOPY a «b»\nWORKDIR /usr\n"},
    {.name = "WORKDIR", .before = "FROM debian:12\nWORKDIR /usr\nCOPY a b\n"},
    {.name = "WORKDIR in the stage it is FROM",
     .before = "FROM debian:12 AS base\nWORKDIR /usr\nFROM base\nCOPY a b\n"},
    {.name = "absolute", .before = "FROM debian:12\nCOPY a \"/b\"\nCOPY [\"a\", \"/b\"]\n"},
    {.name = "a drive",
     .before = "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY a c:/b\n"},
    {.name = "a variable", .before = "FROM debian:12\nENV A=/a\nCOPY a \"${A}\"\n"},
    {.name = "for images built from this one",
     .before = "FROM debian:12\nONBUILD WORKDIR /usr\nONBUILD COPY a b\n"},
};

}  // namespace

const Rule& copy_relative_without_workdir() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
