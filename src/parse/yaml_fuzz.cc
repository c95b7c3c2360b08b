#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "parse/tree_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  const SourceFile source("fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size));
  const auto tree = parse_yaml(source);
  check_tree(*tree);
  for (const TreeComment& comment : tree->comments) {
    if (!source.slice(comment.span).starts_with('#')) PL_BUG("a comment without '#'");
  }
  for (const Node& node : tree->nodes) {
    const bool block = node.style == Node::Style::kLiteral || node.style == Node::Style::kFolded;
    const std::string_view slice = source.slice(node.span);
    if (block && slice.find_first_of("|>") != 0) PL_BUG("a block scalar without its indicator");
    const bool quoted =
        node.style == Node::Style::kDoubleQuoted || node.style == Node::Style::kSingleQuoted;
    if (quoted && (slice.size() < 2 || slice.front() != slice.back())) PL_BUG("quotes left out");
  }
  for (const Document& document : tree->documents) (void)dump(*document.root, 4096);
  return 0;
}
