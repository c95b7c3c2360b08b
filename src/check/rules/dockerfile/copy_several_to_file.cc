#include <string>

#include "check/absolute_path.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "copy-several-to-file",
    .title = "Several sources are copied to what is not written as a folder",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "hadolint:DL3021 trivy:DS-0011 kics:6db6e0c2",
    .why =
        "With several sources the destination has to be a folder. Without the final slash "
        "builders refuse it or guess.",
    .fix_note = "Safe: the slash says what the destination has to be anyway.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#copy "
        "https://github.com/hadolint/hadolint/wiki/DL3021",
};

bool may_be_folder(const dockerfile::Word& destination) {
  const std::string_view path = without_quotes(destination.raw);
  if (path.empty() || path == "." || path == "..") return true;
  if (path.back() == '/' || path.back() == '\\') return true;
  if (path.ends_with("/.") || path.ends_with("/..")) return true;
  // Ends in a variable, whose value may end in the slash.
  const std::size_t dollar = path.rfind('$');
  return dollar != std::string_view::npos && path.find('/', dollar) == std::string_view::npos;
}

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kCopy &&
      instruction.keyword != dockerfile::Keyword::kAdd) {
    return;
  }
  if (instruction.words.size() < 3) return;
  const dockerfile::Word& destination = instruction.words.back();
  if (may_be_folder(destination)) return;
  Finding& finding = sink.report(
      destination.span, std::string(dockerfile::to_string(instruction.keyword)) + " has " +
                            std::to_string(instruction.words.size() - 1) + " sources, and " +
                            dockerfile::quoted(destination.value) + " does not end in '/'");
  if (instruction.exec_form || without_quotes(destination.raw) != destination.raw) return;
  finding.fix = Fix{.title = "end the destination in '/'",
                    .edits = {{{destination.span.end, destination.span.end}, "/"}}};
}

constexpr Example kExamples[] = {
    {.name = "two files",
     .before = "FROM node:20\nCOPY a.json b.json «app»\n",
     .after = "FROM node:20\nCOPY a.json b.json app/\n"},
    {.name = "in quotes it is reported but not fixed",
     .before = "FROM node:20\nCOPY a.json b.json «\"/app\"»\n"},
    {.name = "as an array", .before = "FROM node:20\nCOPY [\"a b\", \"c\", «\"/app\"»]\n"},
    {.name = "ADD",
     .before = "FROM node:20\nADD a b «/app»\n",
     .after = "FROM node:20\nADD a b /app/\n"},
    {.name = "a folder", .before = "FROM node:20\nCOPY a.json b.json app/\n"},
    {.name = "the working directory", .before = "FROM node:20\nCOPY a.json b.json .\n"},
    {.name = "a variable may end in a slash",
     .before = "FROM node:20\nENV APP=/app/\nCOPY a b $APP\n"},
    {.name = "one source", .before = "FROM node:20\nCOPY --chown=1:1 a app\n"},
};

}  // namespace

const Rule& copy_several_to_file() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
