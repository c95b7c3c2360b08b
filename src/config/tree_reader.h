#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "parse/node.h"

namespace plimsoll::config {

/// Takes typed values out of a YAML file and keeps what is wrong with its place. Values that are
/// wrong come back as nullopt, so that reading goes on and says all that is wrong at once.
class TreeReader {
 public:
  /// Parses `settings.source`. Problems of the text itself are told at once.
  explicit TreeReader(Settings& settings);

  /// The root mapping; null when the file is empty or is none (which is a problem).
  [[nodiscard]] const Node* root() const { return root_; }

  void problem(Span span, std::string message);
  /// "unknown key 'rulse'; did you mean 'rules'?"
  void unknown(std::string_view what, const Node& name, const std::vector<std::string_view>& known);

  /// Text, not what YAML takes for a number or a truth value.
  [[nodiscard]] std::optional<std::string_view> text(const Node& node, std::string_view name);
  [[nodiscard]] std::optional<bool> flag(const Node& node, std::string_view name);
  [[nodiscard]] std::optional<Severity> severity(const Node& node, std::string_view name);
  /// Scalars that are text; one alone counts as a list of one.
  [[nodiscard]] std::optional<std::vector<const Node*>> texts(const Node& node,
                                                              std::string_view name);
  [[nodiscard]] bool expect_mapping(const Node& node, std::string_view name);
  [[nodiscard]] bool expect_sequence(const Node& node, std::string_view name);

 private:
  Settings& settings_;
  std::unique_ptr<Tree> tree_;
  const Node* root_ = nullptr;
};

/// For peers' files: texts of a list, or of one scalar parted by commas, without what is no text.
/// Nothing there is a problem; the peer itself says so.
[[nodiscard]] std::vector<Said<std::string_view>> lenient_texts(const Node* node);

}  // namespace plimsoll::config
