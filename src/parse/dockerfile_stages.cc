#include "parse/dockerfile_stages.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"
#include "parse/dockerfile_lexer.h"

namespace plimsoll::dockerfile {
namespace {

/// Images whose shell form is cmd or PowerShell. Windows tags of images for several systems name
/// the base they stand on: dotnet/sdk:8.0-nanoserver-ltsc2022, golang:1.22-windowsservercore.
bool is_windows(const Stage& stage, const Instruction& from) {
  constexpr std::array<std::string_view, 3> kMarks = {"mcr.microsoft.com/windows", "nanoserver",
                                                      "servercore"};
  const Flag* platform = from.flag("platform");
  if (platform != nullptr && ascii::iequals(platform->value.substr(0, 7), "windows")) return true;
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
    return ascii::icontains(stage.image_expanded, mark);
  });
}

std::uint32_t size_of(const auto& list) {
  return static_cast<std::uint32_t>(list.size());
}

}  // namespace

void StageTracker::enter(Instruction& instruction, std::uint32_t index) {
  if (instruction.keyword == Keyword::kFrom) {
    open_stage(instruction, index);
  } else if (instruction.keyword == Keyword::kArg && file_.stages.empty()) {
    for (const Assignment& arg : instruction.assignments) add_global(arg);
  } else if (instruction.keyword == Keyword::kShell && instruction.exec_form &&
             !instruction.words.empty()) {
    dialect_ = shell::dialect_of(instruction.words.front().value);
  }
  instruction.stage = file_.stages.empty() ? Instruction::kNoStage : file_.stages.back().index;
  for (Instruction* inner = instruction.inner.get(); inner != nullptr; inner = inner->inner.get()) {
    inner->stage = instruction.stage;
  }
}

void StageTracker::finish() {
  if (!file_.stages.empty()) file_.stages.back().end = size_of(file_.instructions);
}

void StageTracker::open_stage(const Instruction& from, std::uint32_t index) {
  if (!file_.stages.empty()) {
    file_.stages.back().end = index;
    final_dialects_.push_back(dialect_);
  }
  Stage stage{.index = size_of(file_.stages), .from = index, .end = index + 1};
  stage.image_known = false;
  stage.image_span = stage.name_span = {from.span.end, from.span.end};
  if (!from.words.empty()) {
    name_stage(from, stage);
    expand_image(from.words.front(), stage);
  }
  if (stage.parent) {
    dialect_ = final_dialects_[*stage.parent];
  } else {
    dialect_ = is_windows(stage, from) ? shell::Dialect::kUnknown : shell::Dialect::kPosix;
  }
  file_.stages.push_back(std::move(stage));
}

void StageTracker::name_stage(const Instruction& from, Stage& stage) const {
  stage.image = from.words.front().raw;
  stage.image_span = from.words.front().span;
  if (from.words.size() < 3 || !ascii::iequals(from.words[1].raw, "as")) return;
  stage.name = from.words[2].raw;
  stage.name_span = from.words[2].span;
}

void StageTracker::expand_image(const Word& image, Stage& stage) {
  Expansion expansion = expand_within(image.raw, lookup(), file_.escape, work_);
  stage.image_known = expansion.known;
  stage.image_expanded = std::move(expansion.text);
  // The nearest stage of that name, as a later one hides an earlier one.
  for (auto earlier = file_.stages.rbegin(); earlier != file_.stages.rend(); ++earlier) {
    if (earlier->name.empty() || !ascii::iequals(earlier->name, stage.image_expanded)) continue;
    stage.parent = earlier->index;
    return;
  }
}

void StageTracker::add_global(const Assignment& arg) {
  if (!arg.has_value) {
    globals_.try_emplace(arg.name, std::nullopt);  // keeps the default of an earlier line
    return;
  }
  Expansion expansion = expand_within(arg.raw, lookup(), file_.escape, work_);
  std::optional<std::string> value;
  if (expansion.known) value = std::move(expansion.text);
  globals_.insert_or_assign(arg.name, std::move(value));
}

std::optional<std::string> StageTracker::look_up(const void* tracker, std::string_view name) {
  const auto& globals = static_cast<const StageTracker*>(tracker)->globals_;
  const auto found = globals.find(name);
  return found == globals.end() ? std::nullopt : found->second;
}

}  // namespace plimsoll::dockerfile
