#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "root-filesystem-copied",
    .title = "A whole root file system is copied from another stage",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kNone,
    .aliases = "hadolint:DL3067",
    .why =
        "Everything of the other stage comes along, compilers and left-over credentials included, "
        "in one layer that no cache and no scanner can tell apart; what the base had is "
        "overwritten.",
    .fix_note = "Copy the files that are needed, or make the other stage the base with FROM.",
    .sources = "https://docs.docker.com/build/building/multi-stage/",
};

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kCopy || instruction.words.size() != 2) return;
  if (instruction.words[0].value != "/" || instruction.words[1].value != "/") return;
  const dockerfile::Flag* from = instruction.flag("from");
  if (from == nullptr) return;
  sink.report(instruction.span,
              "the whole root file system of '" + std::string(from->value) + "' is copied");
}

constexpr Example kExamples[] = {
    {.name = "from a stage",
     .before = "FROM debian:12 AS build\nFROM scratch\n«COPY --from=build / /»\n"},
    {.name = "with quotes",
     .before = "FROM debian:12 AS build\nFROM scratch\n«COPY --from=build \"/\" \"/\"»\n"},
    {.name = "the build context", .before = "FROM scratch\nCOPY / /\n"},
    {.name = "into a folder",
     .before = "FROM debian:12 AS build\nFROM scratch\nCOPY --from=build / /rootfs\n"},
};

}  // namespace

const Rule& root_filesystem_copied() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
