#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/node.h"
#include "parse/yaml_events.h"
#include "parse/yaml_gaps.h"

namespace plimsoll::yaml {

/// Turns the events of one document into nodes of a Tree. Everything stays linear in the file:
/// aliases and merge keys are only counted here, and expanded (merge keys) after that count has
/// been held against the limit.
class DocumentBuilder {
 public:
  DocumentBuilder(Tree& tree, GapScanner& gaps);

  /// Takes any event between the document's start and end.
  /// Returns what makes the document unusable; then no more events may be added.
  [[nodiscard]] std::optional<TreeProblem> add(const Event& event);
  /// The root, its merge keys resolved. @return a problem instead when it grew past a limit
  [[nodiscard]] std::optional<TreeProblem> finish();

  [[nodiscard]] const Node* root() const { return root_; }

 private:
  /// A node's size when every alias in it is written out.
  struct Extent {
    std::uint64_t nodes = 1;
    std::uint32_t depth = 0;
  };
  struct Anchor {
    Node* node = nullptr;
    Extent extent;
    bool open = false;  ///< its collection has not ended: an alias to it would be a cycle
  };
  struct Frame {
    Node* node = nullptr;
    std::string_view anchor;
    Extent extent;
    const Node* key = nullptr;  ///< mapping: set when its value comes next
    bool brackets = false;
    bool started = false;  ///< span.begin is known
    bool merges = false;
  };

  [[nodiscard]] std::optional<TreeProblem> add_node(const Event& event);
  [[nodiscard]] std::optional<TreeProblem> add_alias(const Event& event);
  [[nodiscard]] std::optional<TreeProblem> end_collection(const Event& event);

  /// Consumes the gap and structure in front of a node; gives where the node's line in its parent
  /// begins: its '-' or '?', else its first property, else the node.
  std::uint32_t enter(const Event& event);
  std::uint32_t enter_item(const Event& event);
  std::uint32_t enter_key(const Event& event);
  void skip_properties(const Event& event);

  void set_scalar(Node& node, const Event& event);
  void set_block_scalar(Node& node, const Event& event);
  void set_properties(Node& node, const Event& event);
  /// Puts a finished node into its parent. `span` is what it takes in the file (an alias: itself).
  [[nodiscard]] std::optional<TreeProblem> attach(const Node& node, Span span, Extent extent);
  [[nodiscard]] std::optional<TreeProblem> attach_key(Frame& frame, const Node& node);
  void start(Frame& frame, std::uint32_t begin);
  [[nodiscard]] std::uint32_t parent_indent() const;

  Tree& tree_;
  std::string_view text_;
  GapScanner& gaps_;
  std::size_t first_node_;
  const Node* root_ = nullptr;
  Extent root_extent_;
  std::vector<Frame> stack_;
  std::map<std::string_view, Anchor> anchors_;  // ordered: no hash to flood
  std::vector<Node*> merging_;                  // mappings with `<<`, inner ones first
};

}  // namespace plimsoll::yaml
