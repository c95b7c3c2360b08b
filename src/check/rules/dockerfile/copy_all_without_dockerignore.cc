#include <optional>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "copy-all-without-dockerignore",
    .title = "Everything is copied and nothing is ignored",
    .severity = Severity::kMedium,
    .control = Control::kNoSecrets,
    .points_at_secret = false,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "The whole folder goes into the image: .git with its history, .env files, keys that happen "
        "to lie there.",
    .fix_note = "Add a .dockerignore with .git, .env and what else does not belong in the image.",
    .sources = "https://docs.docker.com/build/concepts/context/#dockerignore-files",
};

bool is_everything(std::string_view source) {
  return source == "." || source == "./" || source == "/" || source == "*" || source == "./*";
}

/// "" when the ignore file keeps both out.
std::string let_through(const IgnoreFile& ignore) {
  const bool git = !ignore.ignores(".git", true);
  const bool env = !ignore.ignores(".env", false);
  if (git && env) return "'.git' and '.env'";
  if (git) return "'.git'";
  return env ? "'.env'" : "";
}

void judge(const DockerfileView& view, const dockerfile::Instruction& copy,
           std::optional<std::string>& let_in, Sink& sink) {
  if (copy.flag("from") != nullptr || copy.flag("exclude") != nullptr) return;
  for (std::size_t i = 0; i + 1 < copy.words.size(); ++i) {
    if (!is_everything(copy.words[i].value)) continue;
    const std::string keyword(dockerfile::to_string(copy.keyword));
    if (view.dockerignore == nullptr) {
      sink.report(copy.words[i].span,
                  keyword + " takes the whole folder, and there is no .dockerignore");
      return;
    }
    if (!let_in) let_in = let_through(*view.dockerignore);
    if (!let_in->empty()) {
      sink.report(copy.words[i].span, keyword +
                                          " takes the whole folder, and the .dockerignore lets " +
                                          *let_in + " through")
          .severity = Severity::kLow;
    }
    return;
  }
}

void check(const DockerfileView& view, Sink& sink) {
  if (!view.context_known) return;
  std::optional<std::string> let_in;  // of the ignore file, asked for once
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kCopy ||
          instruction.keyword == dockerfile::Keyword::kAdd) {
        judge(view, instruction, let_in, sink);
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "no .dockerignore", .before = "-- Dockerfile --\nFROM node:20\nCOPY «.» /app\n"},
    {.name = "one that lets secrets through",
     .before =
         "-- Dockerfile --\nFROM node:20\nCOPY «.» /app\n-- .dockerignore --\nnode_modules\n"},
    {.name = "one that does not",
     .before = "-- Dockerfile --\nFROM node:20\nCOPY . /app\n-- .dockerignore --\n.git\n.env\n"},
    {.name = "only some folders", .before = "FROM node:20\nCOPY src package.json /app/\n"},
    {.name = "from a build stage",
     .before = "FROM node:20 AS b\nFROM node:20\nCOPY --from=b . /app\n"},
    {.name = "in a build stage",
     .before = "FROM golang:1.25 AS b\nCOPY . .\nFROM scratch\nCOPY --from=b /a /a\n"},
};

}  // namespace

const Rule& copy_all_without_dockerignore() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
