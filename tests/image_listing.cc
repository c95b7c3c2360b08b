#include "image_listing.h"

#include <gtest/gtest.h>

#include <charconv>
#include <string>
#include <vector>

#include "core/ascii.h"

namespace plimsoll {
namespace {

std::uint32_t number(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// 04755 of "-rwsr-xr-x".
std::uint32_t mode_of(std::string_view text) {
  constexpr std::uint32_t kBits[] = {0400, 0200, 0100, 0040, 0020, 0010, 0004, 0002, 0001};
  std::uint32_t mode = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    const char c = text[i + 1];
    if (c != '-' && c != 'S' && c != 'T') mode |= kBits[i];
  }
  if (text[3] == 's' || text[3] == 'S') mode |= 04000;
  if (text[6] == 's' || text[6] == 'S') mode |= 02000;
  if (text[9] == 't' || text[9] == 'T') mode |= 01000;
  return mode;
}

/// The next blank separated word of `line`.
std::string_view word(std::string_view& line) {
  const std::size_t blank = line.find(' ');
  const std::string_view first = line.substr(0, blank);
  line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
  return first;
}

bool is_mode(std::string_view text) {
  return text.size() == 10 && std::string_view("-dlh").find(text[0]) != std::string_view::npos;
}

image::Entry entry_of(std::string_view mode, std::string_view line) {
  using Type = image::Entry::Type;
  image::Entry entry;
  entry.type = mode[0] == 'd'   ? Type::kFolder
               : mode[0] == 'l' ? Type::kSymbolicLink
               : mode[0] == 'h' ? Type::kHardLink
                                : Type::kFile;
  entry.mode = mode_of(mode);
  const std::string_view owner = word(line);
  const std::size_t colon = owner.find(':');
  entry.user = number(owner.substr(0, colon));
  entry.group = number(owner.substr(colon + 1));
  entry.size = number(word(line));
  const std::size_t arrow = line.find(" -> ");
  entry.path = line.substr(0, arrow);
  if (arrow != std::string_view::npos) entry.link = line.substr(arrow + 4);
  // Of one size, of one content.
  entry.sum = entry.size;
  return entry;
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_break = text.substr(i, 2) == "\\n";
    plain += is_break ? '\n' : text[i];
    if (is_break) ++i;
  }
  return plain;
}

}  // namespace

image::Inventory image_of_listing(std::string_view text) {
  image::Inventory inventory;
  std::string history;
  std::string run = "{}";
  std::string_view created;
  for (std::string_view line : ascii::split(text, '\n')) {
    if (line.empty()) continue;
    const std::string_view whole = line;
    const std::string_view what = word(line);
    if (what == "config") {
      run = line;
    } else if (what == "created") {
      created = line;
    } else if (what == "layer") {
      inventory.layers.emplace_back();
      const std::string id = "sha256:" + std::to_string(inventory.layers.size());
      inventory.image.layers.push_back({.diff_id = id, .instruction = std::string(line)});
      inventory.layers.back().content.diff_id = id;
    } else if (inventory.layers.empty()) {
      ADD_FAILURE() << "no layer yet: " << whole;
    } else if (what == "removed") {
      inventory.layers.back().content.removed.emplace_back(line);
    } else if (what == "text") {
      const std::string_view path = word(line);
      const std::string content = unescaped(line);
      inventory.layers.back().facts[std::string(path)] = content;
      inventory.layers.back().content.entries.push_back(
          {.path = std::string(path), .mode = 0644, .size = content.size()});
    } else if (what == "package") {
      Package& package = inventory.packages.emplace_back();
      package.ecosystem = word(line);
      package.name = word(line);
      package.version = word(line);
      while (!line.empty()) package.files.emplace_back(word(line));
      package.layer = inventory.image.layers.back().diff_id;
    } else if (is_mode(what)) {
      inventory.layers.back().content.entries.push_back(entry_of(what, line));
    } else {
      ADD_FAILURE() << "no line of a listing: " << whole;
    }
  }
  inventory.image.config = "{\"config\":" + run + ",\"created\":\"" + std::string(created) + "\"}";
  inventory.config = image::parse_image_config(inventory.image.config);
  for (const image::LayerAnalysis& layer : inventory.layers) {
    inventory.tree.add(layer.content);
    inventory.release = image::parse_os_release(inventory.fact("etc/os-release"));
  }
  return inventory;
}

}  // namespace plimsoll
