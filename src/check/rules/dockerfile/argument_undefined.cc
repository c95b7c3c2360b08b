#include <string>
#include <utility>

#include "check/global_variable.h"
#include "check/near_name.h"
#include "check/rule.h"
#include "check/variable_use.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "argument-undefined",
    .title = "FROM uses an argument that is not declared before it",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "buildkit:UndefinedArgInFrom",
    .why =
        "It is empty whatever --build-arg says, so another image is built from than the one "
        "meant.",
    .fix_note = "Declare it with ARG above the first FROM, or correct its name.",
    .sources = "https://docs.docker.com/reference/build-checks/undefined-arg-in-from/",
};

/// A declared argument that the author may have meant; "" when none is near.
std::string_view meant(const DockerfileView& view, std::string_view name) {
  constexpr std::size_t kMistakes = 2;
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (instruction.keyword == dockerfile::Keyword::kFrom) break;
    for (const dockerfile::Assignment& argument : instruction.assignments) {
      if (is_near(name, argument.name, kMistakes)) return argument.name;
    }
  }
  for (const std::string_view argument : kPlatformArguments) {
    if (is_near(name, argument, kMistakes)) return argument;
  }
  return "";
}

void judge(const DockerfileView& view, std::string_view raw, Span span, Sink& sink) {
  if (raw.find('$') == std::string_view::npos) return;
  for_each_variable(raw, view.file.escape, [&](const VariableUse& use) {
    if (is_platform_argument(use.name) || view.file.global_arg(use.name) != nullptr) return;
    std::string message = "no ARG before the first FROM declares " + dockerfile::quoted(use.name);
    const std::string_view near = meant(view, use.name);
    if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
    sink.report(part_of(raw, span, use.at), std::move(message));
  });
}

void check(const StageView& view, Sink& sink) {
  const dockerfile::Instruction& from = view.view.file.instructions[view.stage.from];
  judge(view.view, view.stage.image, view.stage.image_span, sink);
  const dockerfile::Flag* platform = from.flag("platform");
  if (platform != nullptr) judge(view.view, platform->value, platform->value_span, sink);
}

constexpr Example kExamples[] = {
    {.name = "not declared", .before = "FROM alpine:«$VERSION»\n"},
    {.name = "declared too late",
     .before = "FROM alpine:3.20\nARG VERSION=1\nFROM busybox:«${VERSION}»\n"},
    {.name = "misspelt",
     .before = "ARG MY_ARCH=amd64\nFROM --platform=linux/«${MYARCH}» alpine:3.20\n"},
    {.name = "a platform misspelt", .before = "FROM --platform=«$BULIDPLATFORM» alpine:3.20\n"},
    {.name = "declared", .before = "ARG VERSION\nFROM alpine:${VERSION:-3.20}\n"},
    {.name = "Docker's own", .before = "FROM --platform=$BUILDPLATFORM alpine:3.20\n"},
};

}  // namespace

const Rule& argument_undefined() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
