#include "parse/toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

namespace plimsoll {
namespace {

/// toml++ stops at 256 values within each other, so this may recurse.
class Converter {
 public:
  explicit Converter(Tree& tree) : tree_(tree) {}

  // NOLINTNEXTLINE(misc-no-recursion)
  const Node* convert(const toml::node& value) {
    Node& node = tree_.nodes.emplace_back();
    node.span = span_of(value.source());
    if (const toml::table* table = value.as_table()) {
      node.kind = Node::Kind::kMapping;
      node.style = Node::Style::kBlock;
      std::vector<std::pair<const toml::key*, const toml::node*>> entries;
      for (const auto& [key, child] : *table) entries.emplace_back(&key, &child);
      // A table sorts its keys; the file's order is what people see.
      std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        const toml::source_position& one = a.first->source().begin;
        const toml::source_position& other = b.first->source().begin;
        return std::pair(one.line, one.column) < std::pair(other.line, other.column);
      });
      for (const auto& [key, child] : entries) {
        Node& name = tree_.nodes.emplace_back();
        name.kind = Node::Kind::kScalar;
        name.span = span_of(key->source());
        name.text = keep(std::string(key->str()));
        node.entries.push_back({&name, convert(*child)});
      }
    } else if (const toml::array* array = value.as_array()) {
      node.kind = Node::Kind::kSequence;
      node.style = Node::Style::kFlow;
      for (const toml::node& item : *array) node.items.push_back(convert(item));
    } else {
      node.kind = Node::Kind::kScalar;
      if (const auto* text = value.as_string()) {
        node.style = Node::Style::kDoubleQuoted;
        node.text = keep(std::string(text->get()));
      } else {
        std::ostringstream out;
        value.visit([&out](const auto& plain) {
          if constexpr (toml::is_value<decltype(plain)>) out << plain.get();
        });
        node.text = keep(value.is_boolean() ? (value.as_boolean()->get() ? "true" : "false")
                                            : std::move(out).str());
      }
    }
    return &node;
  }

 private:
  std::string_view keep(std::string text) { return tree_.arena.emplace_back(std::move(text)); }

  /// The place to the line: columns count in toml++ what they do not here.
  [[nodiscard]] Span span_of(const toml::source_region& region) const {
    const SourceFile& source = *tree_.source;
    if (region.begin.line == 0 || region.begin.line > source.line_count()) return {};
    return source.line_span(static_cast<std::uint32_t>(region.begin.line) - 1);
  }

  Tree& tree_;
};

}  // namespace

std::unique_ptr<Tree> parse_toml(const SourceFile& source) {
  auto tree = std::make_unique<Tree>();
  tree->source = &source;
  try {
    const toml::table table = toml::parse(source.text());
    const Node* root = Converter(*tree).convert(table);
    tree->documents.push_back({root, {0, static_cast<std::uint32_t>(source.text().size())}});
  } catch (const toml::parse_error& error) {
    const auto line = static_cast<std::uint32_t>(error.source().begin.line);
    TreeProblem problem{.message = std::string(error.description())};
    if (line > 0 && line <= source.line_count()) problem.span = source.line_span(line - 1);
    tree->problems.push_back(std::move(problem));
  }
  return tree;
}

}  // namespace plimsoll
