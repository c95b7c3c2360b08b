#include "scan/layer_lines.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/ascii.h"

namespace plimsoll::scan {
namespace {

using dockerfile::Instruction;

/// Blanks folded.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!ascii::is_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(ascii::trim(out));
}

std::string_view last_word(std::string_view text) {
  text = ascii::trim(text);
  const std::size_t blank = text.rfind(' ');
  return blank == std::string_view::npos ? text : text.substr(blank + 1);
}

/// Instructions that leave a step in the history, the first is the oldest.
std::vector<const Instruction*> steps_of(const dockerfile::Dockerfile& file) {
  std::vector<const Instruction*> steps;
  const dockerfile::Stage* target = file.target_stage();
  if (target == nullptr) return steps;
  std::vector<const dockerfile::Stage*> lineage = file.lineage(*target);
  std::reverse(lineage.begin(), lineage.end());
  for (const dockerfile::Stage* stage : lineage) {
    for (const Instruction& instruction : file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kFrom) steps.push_back(&instruction);
    }
  }
  return steps;
}

/// @param text  as dockerfile_instruction() gives it
bool made(const Instruction& instruction, std::string_view text) {
  const std::string_view keyword = to_string(instruction.keyword);
  if (!text.starts_with(keyword) || text.size() <= keyword.size()) return false;
  const std::string done = folded(text.substr(keyword.size()));
  const std::string written = folded(instruction.args.text);
  if (done == written || done.ends_with(written)) return true;  // flags stand before
  if (!instruction.heredocs.empty()) return done.starts_with("<<") || ascii::contains(done, "<<");
  const bool copies = instruction.keyword == dockerfile::Keyword::kCopy ||
                      instruction.keyword == dockerfile::Keyword::kAdd;
  return copies && last_word(done) == last_word(written);
}

bool makes_layer(const Instruction& instruction) {
  return instruction.keyword == dockerfile::Keyword::kRun ||
         instruction.keyword == dockerfile::Keyword::kCopy ||
         instruction.keyword == dockerfile::Keyword::kAdd;
}

/// "Dockerfile:1": the FROM that names the image which everything is built on; "" without.
std::string base_place(const dockerfile::Dockerfile& file) {
  const dockerfile::Stage* target = file.target_stage();
  if (target == nullptr) return {};
  const std::vector<const dockerfile::Stage*> lineage = file.lineage(*target);
  if (lineage.empty()) return {};
  for (const Instruction& instruction : file.of(*lineage.back())) {
    if (instruction.keyword != dockerfile::Keyword::kFrom) continue;
    const auto line = file.source->position(instruction.span.begin).line;
    return file.source->path() + ':' + std::to_string(line);
  }
  return {};
}

}  // namespace

void locate_layers(const dockerfile::Dockerfile& file, image::Inventory& inventory) {
  const std::vector<const Instruction*> steps = steps_of(file);
  const std::vector<image::ImageConfig::Step>& history = inventory.config.history;
  std::size_t layer = inventory.image.layers.size();
  std::size_t next = steps.size();  // those before are still to be found
  std::size_t lowest = 0;           // of the layers that were found
  for (std::size_t i = history.size(); i-- > 0 && layer > 0;) {
    if (history[i].makes_layer) --layer;
    const std::string text = image::dockerfile_instruction(history[i].instruction);
    std::size_t at = next;
    while (at > 0 && !made(*steps[at - 1], text)) --at;
    if (at == 0) continue;  // of the base, or written down otherwise
    next = at - 1;
    if (!history[i].makes_layer) continue;
    const SourceFile& source = *file.source;
    const auto line = source.position(steps[next]->span.begin).line;
    inventory.image.layers[layer].place = source.path() + ':' + std::to_string(line);
    lowest = layer;
  }
  // When the file has nothing left that could have made them, layers below are the base's.
  const auto rest = steps.begin() + static_cast<std::ptrdiff_t>(next);
  if (std::none_of(steps.begin(), rest, [](const auto* step) { return makes_layer(*step); })) {
    const std::string base = base_place(file);
    for (std::size_t i = 0; i < lowest; ++i) inventory.image.layers[i].place = base;
  }
}

}  // namespace plimsoll::scan
