#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "check/global_variable.h"
#include "check/rule.h"
#include "check/variable_use.h"
#include "core/near_name.h"
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

/// What the arguments before the first FROM are, and what the author may have meant instead.
class Globals {
 public:
  explicit Globals(const dockerfile::Dockerfile& file)
      : names_(kPlatformArguments.begin(), kPlatformArguments.end()) {
    for (const dockerfile::Instruction& instruction : file.instructions) {
      if (instruction.keyword == dockerfile::Keyword::kFrom) break;
      for (const dockerfile::Assignment& one : instruction.assignments) names_.insert(one.name);
    }
  }

  [[nodiscard]] bool declare(std::string_view name) const { return names_.contains(name); }
  [[nodiscard]] std::string_view nearest(std::string_view name) {
    constexpr std::size_t kMostNames = 1'000;  // nobody is helped by a guess among more
    if (names_.size() > kMostNames || guesses_ == 0) return "";
    --guesses_;
    std::string_view nearest;
    for (const std::string_view one : names_) {
      if (is_near(name, one, 2) && (nearest.empty() || one < nearest)) nearest = one;
    }
    return nearest;
  }

 private:
  std::unordered_set<std::string_view> names_;
  std::size_t guesses_ = 100;  ///< in one file
};

void judge(std::string_view raw, Span span, char escape, Globals& globals, Sink& sink) {
  for_each_variable(raw, escape, [&](const VariableUse& use) {
    if (globals.declare(use.name)) return;
    std::string message = "no ARG before the first FROM declares " + dockerfile::quoted(use.name);
    const std::string_view near = globals.nearest(use.name);
    if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
    sink.report(part_of(raw, span, use.at), std::move(message));
  });
}

bool has_variable(std::string_view text) {
  return text.find('$') != std::string_view::npos;
}

void check(const DockerfileView& view, Sink& sink) {
  std::optional<Globals> globals;
  for (const dockerfile::Stage& stage : view.file.stages) {
    const dockerfile::Flag* platform = view.file.instructions[stage.from].flag("platform");
    const bool for_platform = platform != nullptr && has_variable(platform->value);
    if (!for_platform && !has_variable(stage.image)) continue;
    if (!globals) globals.emplace(view.file);
    judge(stage.image, stage.image_span, view.file.escape, *globals, sink);
    if (for_platform) {
      judge(platform->value, platform->value_span, view.file.escape, *globals, sink);
    }
  }
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
