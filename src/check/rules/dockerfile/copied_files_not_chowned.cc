#include "check/remedy.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "copied-files-not-chowned",
    .title = "Files copied after USER belong to root",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "tally:copy-after-user-without-chown",
    .why =
        "COPY and ADD write as root whatever USER says: where the process must write there, it "
        "cannot. Code that it only reads is better off that way.",
    .fix_note =
        "Say so with --chown: the user for data, root:root for code. Unsafe: it gives all of it to "
        "the user.",
    .sources = "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
};

/// An account of Windows has no counterpart of --chown.
bool is_non_root(std::string_view user) {
  if (user.starts_with("Container")) return false;
  return !user.empty() && user.find('$') == std::string_view::npos && !is_root_user(user);
}

void check(const StageView& stage, Sink& sink) {
  if (!stage.view.ships(stage.stage)) return;
  std::string_view user;
  for (const dockerfile::Instruction& instruction : stage.instructions()) {
    if (instruction.keyword == dockerfile::Keyword::kUser) {
      user = instruction.words.empty() ? std::string_view() : instruction.words.front().value;
    } else if (instruction.keyword == dockerfile::Keyword::kCopy ||
               instruction.keyword == dockerfile::Keyword::kAdd) {
      if (!is_non_root(user) || instruction.flag("chown") != nullptr) continue;
      Finding& finding =
          sink.report(instruction.keyword_span,
                      "what is copied belongs to root, though USER is '" + std::string(user) + "'");
      remedy(finding, "give what is copied to '" + std::string(user) + "'",
             dockerfile::add_flag(stage.view.file, instruction, "--chown=" + std::string(user)),
             FixSafety::kUnsafe);
      if (!finding.fix) continue;
      finding.fix->advice = "let code that is only read stay root's: --chown=root:root";
      finding.fix->reveals = "app-files-writable";
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "after USER",
     .before = "FROM node:20\nUSER node\n«COPY» . /app\n",
     .after = "FROM node:20\nUSER node\nCOPY --chown=node . /app\n"},
    {.name = "with other flags",
     .before = "FROM node:20 AS b\nFROM node:20\nUSER 1000:1000\r\n«COPY» --from=b /app /app\r\n",
     .after = "FROM node:20 AS b\nFROM node:20\nUSER 1000:1000\r\n"
              "COPY --chown=1000:1000 --from=b /app /app\r\n"},
    {.name = "with an owner", .before = "FROM node:20\nUSER node\nCOPY --chown=node . /app\n"},
    {.name = "before USER", .before = "FROM node:20\nCOPY . /app\nUSER node\n"},
    {.name = "as root again", .before = "FROM node:20\nUSER node\nUSER root\nCOPY . /app\n"},
    {.name = "in a build stage",
     .before = "FROM node:20 AS b\nUSER node\nCOPY . /app\nFROM node:20\n"},
};

}  // namespace

const Rule& copied_files_not_chowned() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
