#include "check/image_origin.h"

#include <utility>

#include "core/escape.h"

namespace plimsoll::check {
namespace {

constexpr std::size_t kNamed = 3;
constexpr std::size_t kLongestInstruction = 200;

std::string name_some(const std::vector<ImageItem>& items, std::string_view prefix) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < kNamed; ++i) {
    // Before the last of a list that is whole stands an "and", otherwise before the count.
    const bool is_last = i + 1 == items.size();
    if (i > 0) text += is_last ? " and " : ", ";
    text += '\'';
    text += prefix;
    text += items[i].name;
    text += '\'';
  }
  if (items.size() > kNamed) text += " and " + std::to_string(items.size() - kNamed) + " more";
  return text;
}

}  // namespace

std::string short_digest(std::string_view diff_id) {
  return std::string(diff_id.substr(diff_id.find(':') + 1).substr(0, 12));
}

std::optional<std::uint32_t> layer_of(const image::Inventory& image, std::string_view diff_id) {
  if (diff_id.empty()) return std::nullopt;
  for (std::size_t i = 0; i < image.image.layers.size(); ++i) {
    if (image.image.layers[i].diff_id == diff_id) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

void add_origin(Finding& finding, const image::Inventory& image, std::uint32_t layer) {
  if (layer >= image.image.layers.size()) return;
  const image::Layer& from = image.image.layers[layer];
  if (!from.diff_id.empty()) finding.because("layer", short_digest(from.diff_id));
  if (!from.place.empty()) finding.because("made by", from.place);
  const std::string instruction = image::dockerfile_instruction(from.instruction);
  if (instruction.empty()) return;
  finding.because("instruction", escape_terminal(instruction, kLongestInstruction));
}

std::string name_paths(const std::vector<ImageItem>& items) {
  return name_some(items, "/");
}

std::string name_items(const std::vector<ImageItem>& items) {
  return name_some(items, "");
}

void add_items(Finding& finding, const image::Inventory& image, const std::string& key,
               const std::vector<ImageItem>& items) {
  if (items.empty()) return;
  if (items.front().layer) add_origin(finding, image, *items.front().layer);
  for (std::size_t i = 0; i < items.size() && i < kMostShownItems; ++i) {
    std::string text = items[i].name;
    if (!items[i].detail.empty()) text += ", " + items[i].detail;
    if (items[i].layer && *items[i].layer < image.image.layers.size()) {
      const std::string digest = short_digest(image.image.layers[*items[i].layer].diff_id);
      if (!digest.empty()) text += ", layer " + digest;
    }
    finding.because(key, std::move(text));
  }
  if (items.size() > kMostShownItems) {
    finding.because(key, "and " + std::to_string(items.size() - kMostShownItems) + " more");
  }
}

Finding& report_files(const image::Inventory& image, const std::vector<ImageItem>& files,
                      std::string message, Sink& sink) {
  Finding& finding = sink.report_file(files.front().name, std::move(message));
  add_items(finding, image, "file", files);
  return finding;
}

}  // namespace plimsoll::check
