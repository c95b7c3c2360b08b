#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/ascii.h"
#include "parse/node.h"

namespace plimsoll {
namespace {

/// Where we are in one collection. A stack of these instead of recursion: aliases make a tree
/// deeper than its text.
struct Level {
  const Node* node;
  std::size_t next = 0;
};

std::size_t size_of(const Node& node) {
  return node.is_mapping() ? node.entries.size() : node.items.size();
}

void put_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      out += kHex[byte >> 4U];
      out += kHex[byte & 0xFU];
    } else {
      out += c;
    }
  }
  out += '"';
}

void put_leaf(std::string& out, const Node& node, std::size_t max_bytes) {
  if (!node.tag.empty()) out.append(node.tag).append(" ");
  if (node.is_null()) {
    out += "null";
    return;
  }
  const std::string_view text = node.text.substr(0, max_bytes);
  if (node.is_plain() && !ascii::contains(text, "\n")) {
    out += text;
  } else {
    put_quoted(out, text);
  }
}

/// Writes a leaf, or opens a collection and pushes it.
void put(std::string& out, const Node& node, std::vector<Level>& stack, std::size_t max_bytes) {
  if (!node.is_mapping() && !node.is_sequence()) {
    put_leaf(out, node, max_bytes);
    return;
  }
  if (!node.tag.empty()) out.append(node.tag).append(" ");
  out += node.is_mapping() ? '{' : '[';
  stack.push_back({&node});
}

}  // namespace

std::string dump(const Node& node, std::size_t max_bytes) {
  std::string out;
  std::vector<Level> stack;
  // Keys that are collections are written as "?": no audit looks into them.
  put(out, node, stack, max_bytes);
  while (!stack.empty()) {
    if (out.size() > max_bytes) {
      out.resize(max_bytes);
      return out + "…";
    }
    Level& level = stack.back();
    const Node& at = *level.node;
    if (level.next == size_of(at)) {
      out += at.is_mapping() ? '}' : ']';
      stack.pop_back();
      continue;
    }
    const std::size_t index = level.next++;
    if (index > 0) out += ", ";
    if (at.is_sequence()) {
      put(out, *at.items[index], stack, max_bytes);
      continue;
    }
    const Node::Entry& entry = at.entries[index];
    if (entry.key->is_mapping() || entry.key->is_sequence()) {
      out += '?';
    } else {
      put_leaf(out, *entry.key, max_bytes);
    }
    out += ": ";
    put(out, *entry.value, stack, max_bytes);
  }
  return out;
}

}  // namespace plimsoll
