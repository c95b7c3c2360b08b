#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/source_file.h"
#include "parse/node.h"
#include "workload/compose_variables.h"

/// How Compose's merging is done here: not by building a merged tree, but by keeping, for each
/// attribute, every node that has a say, strongest first. What is read keeps its own file and bytes
/// that way, and a service that extends a large base costs nothing until an attribute is read.
///
/// A service's layers are, strongest first: its mapping in the last override file, the bases that
/// one extends, the mapping in the file before, its bases, and so on. Scalars are taken from the
/// strongest layer that says something; mappings are united; sequences are appended weakest first.
namespace plimsoll::compose {

/// How the text of one file is to be read.
struct Scope {
  const SourceFile* file = nullptr;
  std::string folder;  ///< where its relative paths start
  const Variables* variables = nullptr;
};

struct Layer {
  const Node* key = nullptr;  ///< null for an element of a sequence
  const Node* node = nullptr;
  const Scope* scope = nullptr;
  /// Of the project, or `include`, that the service belongs to: a base of `extends` brings its
  /// texts along, but what nobody wrote is taken from here.
  const Scope* home = nullptr;
  bool inherited = false;  ///< through `extends`, a merge key or an alias
  bool base = false;       ///< through `extends`
  unsigned rank = 0;       ///< which of the files that are laid over each other; higher is stronger

  [[nodiscard]] Place place() const;  ///< of the value, or of the key when the value is empty
  [[nodiscard]] Place key_place() const;
};

/// The layer of one entry of a mapping, or of one element of a sequence.
[[nodiscard]] Layer child(const Layer& parent, const Node::Entry& entry);
[[nodiscard]] Layer child(const Layer& parent, const Node& element);

/// One attribute as every layer wrote it, strongest first.
class Setting {
 public:
  Setting() = default;
  /// Applies `!reset` and `!override`: what they hide is left out.
  explicit Setting(std::vector<Layer> layers);
  explicit Setting(const Layer& layer) : layers_{layer} {}

  [[nodiscard]] Setting at(std::string_view key) const;
  [[nodiscard]] Setting at(std::initializer_list<std::string_view> keys) const;

  [[nodiscard]] bool exists() const { return !layers_.empty(); }
  /// Somebody says something other than null.
  [[nodiscard]] bool says_something() const { return strongest() != nullptr; }

  // Not for temporaries: what they return would dangle.
  [[nodiscard]] const std::vector<Layer>& layers() const& { return layers_; }
  const std::vector<Layer>& layers() const&& = delete;
  /// The strongest layer that is not null.
  [[nodiscard]] const Layer* strongest() const&;
  const Layer* strongest() const&& = delete;
  /// The strongest layer that is a mapping.
  [[nodiscard]] const Layer* mapping() const&;
  const Layer* mapping() const&& = delete;

 private:
  std::vector<Layer> layers_;
};

struct Member {
  std::string_view name;
  Setting setting;
};

/// The entries of a mapping, united over its layers; names in order of first appearance, weakest
/// layer first. Costs as much as the layers have entries.
[[nodiscard]] std::vector<Member> members(const Setting& setting);
/// The elements of a sequence, appended weakest layer first. A scalar is a sequence of itself;
/// mappings are left out.
[[nodiscard]] std::vector<Layer> elements(const Setting& setting);
/// How many entries and items one look at the setting may visit.
[[nodiscard]] std::size_t weight(const Setting& setting);

}  // namespace plimsoll::compose
