#include <string>

#include "check/remedy.h"
#include "check/replaced_instruction.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "command-repeated",
    .title = "An earlier CMD or ENTRYPOINT has no effect",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "hadolint:DL4003 hadolint:DL4004 trivy:DS-0016 trivy:DS-0007 "
        "buildkit:MultipleInstructionsDisallowed kics:41c195f4 kics:6938958b "
        "semgrep:multiple-cmd-instructions semgrep:multiple-entrypoint-instructions",
    .why =
        "Only the last of a stage counts, so the image does not start what a reader of the "
        "first one believes.",
    .fix_note = "Remove the one that has no effect. Safe: it had none before.",
    .sources =
        "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/ "
        "https://github.com/hadolint/hadolint/wiki/DL4003 "
        "https://github.com/hadolint/hadolint/wiki/DL4004",
};

void check(const DockerfileView& view, Sink& sink) {
  for (const auto keyword : {dockerfile::Keyword::kCmd, dockerfile::Keyword::kEntrypoint}) {
    for_each_replaced(view, keyword, [&](const dockerfile::Instruction& instruction) {
      remedy(sink.report(instruction.keyword_span, "a later " +
                                                       std::string(dockerfile::to_string(keyword)) +
                                                       " of the same stage replaces this one"),
             "remove what has no effect", dockerfile::remove_instruction(view.file, instruction),
             FixSafety::kSafe);
    });
  }
}

constexpr Example kExamples[] = {
    {.name = "two commands",
     .before = "FROM alpine:3.20\n«CMD» [\"a\"]\nRUN id\nCMD [\"b\"]\n",
     .after = "FROM alpine:3.20\nRUN id\nCMD [\"b\"]\n"},
    {.name = "three entrypoints",
     .before = "FROM alpine:3.20\n«ENTRYPOINT» [\"a\"]\n«ENTRYPOINT» [\"b\"]\nENTRYPOINT [\"c\"]\n",
     .after = "FROM alpine:3.20\nENTRYPOINT [\"c\"]\n"},
    {.name = "over several lines, CRLF",
     .before = "FROM alpine:3.20\r\n«CMD» a \\\r\n  b\r\nCMD [\"c\"]\r\n",
     .after = "FROM alpine:3.20\r\nCMD [\"c\"]\r\n"},
    {.name = "in two stages",
     .before = "FROM alpine:3.20\nCMD [\"a\"]\nFROM alpine:3.20\nCMD [\"b\"]\n"},
    {.name = "one of each", .before = "FROM alpine:3.20\nENTRYPOINT [\"a\"]\nCMD [\"b\"]\n"},
    {.name = "for images built from this one",
     .before = "FROM alpine:3.20\nONBUILD CMD [\"a\"]\nCMD [\"b\"]\n"},
};

}  // namespace

const Rule& command_repeated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
