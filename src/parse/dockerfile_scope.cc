#include "parse/dockerfile_scope.h"

#include <utility>
#include <vector>

#include "core/limits.h"

namespace plimsoll::dockerfile {
namespace {

std::optional<std::string> get(const void* context, std::string_view name) {
  const auto& values =
      *static_cast<const std::unordered_map<std::string_view, std::optional<std::string>>*>(
          context);
  const auto found = values.find(name);
  return found == values.end() ? std::nullopt : found->second;
}

}  // namespace

Scope::Scope(const Dockerfile& file, const Instruction& instruction) : escape_(file.escape) {
  if (instruction.stage >= file.stages.size()) return;
  const Stage& stage = file.stages[instruction.stage];
  const std::vector<const Stage*> lineage = file.lineage(stage);
  for (std::size_t i = lineage.size(); i-- > 1;) read(file, *lineage[i], lineage[i]->end);
  for (std::uint32_t i = stage.from; i < stage.end; ++i) {
    // An ONBUILD's inner instruction is no element of the list: it sees what its ONBUILD sees.
    if (file.instructions[i].span.begin >= instruction.span.begin) break;
    declare(file, file.instructions[i]);
  }
}

Scope::Scope(const Dockerfile& file, const Stage& stage) : escape_(file.escape) {
  const std::vector<const Stage*> lineage = file.lineage(stage);
  for (std::size_t i = lineage.size(); i-- > 0;) read(file, *lineage[i], lineage[i]->end);
}

void Scope::read(const Dockerfile& file, const Stage& stage, std::uint32_t end) {
  for (std::uint32_t i = stage.from; i < end; ++i) declare(file, file.instructions[i]);
}

void Scope::declare(const Dockerfile& file, const Instruction& instruction) {
  const bool arg = instruction.keyword == Keyword::kArg;
  if (!arg && instruction.keyword != Keyword::kEnv) return;
  // "Environment variable substitution uses the same value for each variable throughout the entire
  // instruction": all are expanded before any is set.
  std::vector<std::optional<std::string>> values;
  for (const Assignment& assignment : instruction.assignments) {
    std::optional<std::string>& value = values.emplace_back();
    const Assignment* source = &assignment;
    // `ARG X` in a stage takes the global default.
    if (arg && !assignment.has_value) source = file.global_arg(assignment.name);
    if (source != nullptr && source->has_value) {
      Expansion expanded = expand(source->value);
      // Doubling values of many variables must not add up to more than one may have.
      bytes_ += expanded.text.size();
      if (expanded.known && bytes_ <= 4 * limits::kExpandedValueBytes) {
        value = std::move(expanded.text);
      }
    }
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    values_[instruction.assignments[i].name] = std::move(values[i]);
  }
}

Expansion Scope::expand(std::string_view text) const {
  return dockerfile::expand(text, Lookup{&values_, &get}, escape_);
}

bool Scope::declares(std::string_view name) const {
  return values_.contains(name);
}

}  // namespace plimsoll::dockerfile
