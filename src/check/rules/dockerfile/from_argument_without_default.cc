#include <optional>
#include <string>
#include <unordered_map>

#include "check/global_variable.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "from-argument-without-default",
    .title = "Without build arguments FROM names no valid image",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "buildkit:InvalidDefaultArgInFrom",
    .why =
        "A plain docker build fails, and so does every tool that reads the file without knowing "
        "the arguments.",
    .fix_note = "Give the ARG a default that makes a valid image name.",
    .sources = "https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/",
};

using Arguments = std::unordered_map<std::string_view, std::string>;

std::optional<std::string> get(const void* context, std::string_view name) {
  const auto& arguments = *static_cast<const Arguments*>(context);
  const auto found = arguments.find(name);
  if (found == arguments.end()) return std::nullopt;
  return found->second;
}

/// The arguments that have a value when none is given to the build.
Arguments default_arguments(const dockerfile::Dockerfile& file) {
  Arguments arguments;
  for (const std::string_view name : kPlatformArguments) arguments[name] = "default";
  // The variant is empty on most machines, the OS version on all but Windows.
  for (const std::string_view name :
       {"BUILDVARIANT", "TARGETVARIANT", "BUILDOSVERSION", "TARGETOSVERSION"}) {
    arguments[name].clear();
  }
  for (const dockerfile::Instruction& instruction : file.instructions) {
    if (instruction.keyword == dockerfile::Keyword::kFrom) break;
    if (instruction.keyword != dockerfile::Keyword::kArg) continue;
    for (const dockerfile::Assignment& argument : instruction.assignments) {
      if (!argument.has_value) continue;
      arguments[argument.name] =
          dockerfile::expand(argument.raw, {&arguments, get}, file.escape).text;
    }
  }
  return arguments;
}

void check(const DockerfileView& view, Sink& sink) {
  std::optional<Arguments> arguments;
  for (const dockerfile::Stage& stage : view.file.stages) {
    if (stage.parent || stage.image.find('$') == std::string_view::npos) continue;
    if (!arguments) arguments = default_arguments(view.file);
    const dockerfile::Expansion image =
        dockerfile::expand(stage.image, {&*arguments, get}, view.file.escape);
    // A variable with ':?' is meant to stop the build; a stage may be named by an argument.
    if (stage.image.find('?') != std::string_view::npos) continue;
    if (parse_image_reference(image.text) || view.file.find_stage(image.text) != nullptr) continue;
    sink.report(stage.image_span, "without build arguments the image is " +
                                      dockerfile::quoted(image.text) + ", which is no valid name")
        .unfixed = "the default is yours to choose";
  }
}

constexpr Example kExamples[] = {
    {.name = "no default", .before = "ARG IMAGE\nFROM «$IMAGE»\n"},
    {.name = "half a name", .before = "ARG SUFFIX=\"box:\"\nFROM «busy${SUFFIX}»\n"},
    {.name = "an empty tag", .before = "ARG VERSION\nFROM «alpine:$VERSION»\n"},
    {.name = "a default", .before = "ARG VERSION=3.20\nFROM alpine:$VERSION\n"},
    {.name = "a default in FROM", .before = "ARG VERSION\nFROM alpine:${VERSION:-3.20}\n"},
    {.name = "still valid when empty", .before = "ARG VARIANT\nFROM busybox:stable${VARIANT}\n"},
    {.name = "Docker's own arguments", .before = "FROM base-${TARGETARCH}${TARGETVARIANT}\n"},
    {.name = "a stage", .before = "ARG MODE=dev\nFROM alpine:3.20 AS dev\nFROM $MODE\n"},
};

}  // namespace

const Rule& from_argument_without_default() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
