#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "check/rule.h"
#include "check/variable_use.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "env-refers-to-itself",
    .title = "ENV uses a variable that the same line sets",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3044",
    .why =
        "All values of one ENV are computed before any is set, so the use gets the old value or "
        "nothing.",
    .fix_note = "Set the variable in an ENV of its own before.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#environment-replacement "
        "https://github.com/hadolint/hadolint/wiki/DL3044",
};

bool may_refer(const dockerfile::Instruction& instruction) {
  return instruction.keyword == dockerfile::Keyword::kEnv && instruction.assignments.size() > 1 &&
         instruction.args.text.find('$') != std::string_view::npos;
}

/// How often the line sets each name.
using Names = std::unordered_map<std::string_view, std::size_t>;

void judge(const dockerfile::Instruction& env, const dockerfile::Dockerfile& file,
           const std::unordered_set<std::string_view>& known, Sink& sink) {
  Names names;
  for (const dockerfile::Assignment& pair : env.assignments) ++names[pair.name];
  for (const dockerfile::Assignment& pair : env.assignments) {
    for_each_variable(pair.raw, file.escape, [&](const VariableUse& use) {
      const auto found = names.find(use.name);
      if (found == names.end() || known.contains(use.name)) return;
      // With a default the author has thought of it.
      if (use.modifier == '-' || use.modifier == '+') return;
      // A=/a:$A means the value from before, as everyone expects; and every image sets PATH.
      if (found->second == 1 && (use.name == pair.name || use.name == "PATH")) return;
      sink.report(
          part_of(pair.raw, pair.value_span, use.at),
          "the same ENV sets " + dockerfile::quoted(use.name) + ", which does not count here yet");
    });
  }
}

void check(const DockerfileView& view, Sink& sink) {
  const std::vector<dockerfile::Instruction>& all = view.file.instructions;
  if (std::none_of(all.begin(), all.end(), may_refer)) return;
  std::unordered_set<std::string_view> known;
  for (const dockerfile::Instruction& instruction : all) {
    if (may_refer(instruction)) judge(instruction, view.file, known, sink);
    if (instruction.keyword != dockerfile::Keyword::kEnv &&
        instruction.keyword != dockerfile::Keyword::kArg) {
      continue;
    }
    for (const dockerfile::Assignment& pair : instruction.assignments) known.insert(pair.name);
  }
}

constexpr Example kExamples[] = {
    {.name = "another of the line", .before = "FROM alpine:3.20\nENV A=\"b\" C=\"«$A»/d\"\n"},
    {.name = "in braces", .before = "FROM alpine:3.20\nENV A=b C=«${A}»\n"},
    {.name = "set twice", .before = "FROM alpine:3.20\nENV PATH=/a:«${PATH}» PATH=/b:«${PATH}»\n"},
    {.name = "its own old value", .before = "FROM alpine:3.20\nENV A=b PATH=/a:$PATH\n"},
    {.name = "the PATH from before", .before = "FROM alpine:3.20\nENV A=/a:$PATH PATH=/b:$PATH\n"},
    {.name = "a default", .before = "FROM alpine:3.20\nENV A=b C=${A:-d}\n"},
    {.name = "set before", .before = "FROM alpine:3.20\nARG A=1\nENV A=${A} B=$A\n"},
    {.name = "a longer name", .before = "FROM alpine:3.20\nENV A=\"b\" C=\"$AB/${BA}\"\n"},
    {.name = "in single quotes", .before = "FROM alpine:3.20\nENV A=b C='$A'\n"},
};

}  // namespace

const Rule& env_refers_to_itself() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
