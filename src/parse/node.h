#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/source_file.h"
#include "core/span.h"

namespace plimsoll {

/// One tree for YAML and JSON, in which everything knows its bytes.
struct Node {
  enum class Kind : std::uint8_t { kNull, kScalar, kSequence, kMapping };
  enum class Style : std::uint8_t {
    kPlain,
    kSingleQuoted,
    kDoubleQuoted,
    kLiteral,
    kFolded,
    kBlock,
    kFlow,
  };

  struct Entry {
    const Node* key = nullptr;
    const Node* value = nullptr;
    bool merged = false;     ///< came in through `<<`
    bool duplicate = false;  ///< an earlier entry of this mapping has the same key
  };

  Kind kind = Kind::kNull;
  Style style = Style::kPlain;
  Span span;                   ///< of the value itself; for block collections first to last byte
  std::string_view text;       ///< scalar's value, quotes and escapes removed
  std::string_view tag;        ///< "!reset", "!!str"; "" when none
  std::string_view anchor;     ///< without '&'
  bool shared = false;         ///< some alias refers to it: an edit here changes every user
  std::vector<Entry> entries;  ///< mapping: own entries in order, then merged ones not overridden
  std::vector<const Node*> items;  ///< sequence

  [[nodiscard]] bool is_null() const { return kind == Kind::kNull; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::kScalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::kSequence; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::kMapping; }
  /// A plain `null`, `~` or nothing is kNull. Quoted ones are scalars.
  [[nodiscard]] bool is_plain() const { return kind == Kind::kScalar && style == Style::kPlain; }

  /// The last entry with this key wins, as in every loader people use. Null when absent or when
  /// this is no mapping. Own entries beat merged ones.
  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] const Entry* find_entry(std::string_view key) const;
  /// find() along a path of keys.
  [[nodiscard]] const Node* at(std::initializer_list<std::string_view> keys) const;

  /// Scalar's text, else "".
  [[nodiscard]] std::string_view str() const { return is_scalar() ? text : std::string_view{}; }
  /// YAML 1.2 core true/false, and for plain scalars the YAML 1.1 words yes/no/on/off/y/n, which
  /// Kubernetes' and Compose's loaders still take.
  [[nodiscard]] std::optional<bool> as_bool() const;
  [[nodiscard]] std::optional<std::int64_t> as_int() const;
  [[nodiscard]] std::optional<double> as_number() const;
};

/// One YAML document (or the one JSON value).
struct Document {
  const Node* root = nullptr;  ///< never null; kNull for an empty document
  Span span;                   ///< without the "---" line
};

struct DuplicateKey {
  std::string_view key;
  Span first;
  Span second;
};

struct TreeProblem {
  ErrorCode code = ErrorCode::kInvalid;  ///< kInvalid: rejected; kLimit: incomplete
  Span span;
  std::string message;
};

/// A '#' comment with its '#'.
struct TreeComment {
  Span span;
};

/// Owns every node. One broken document is a problem and is left out; the others are kept.
struct Tree {
  const SourceFile* source = nullptr;
  std::vector<Document> documents;
  std::vector<DuplicateKey> duplicates;
  std::vector<TreeProblem> problems;
  std::vector<TreeComment> comments;  ///< YAML (and JSON5) only
  std::deque<Node> nodes;             ///< stable addresses
  std::deque<std::string> arena;      ///< text that is not a slice of the file
};

/// YAML 1.2 (superset of JSON): documents, anchors, aliases, merge keys, tags. `source` must
/// outlive the result. Aliases point to the same Node (a graph without cycles); a cycle, an
/// undefined alias or a syntax error is kInvalid, too deep or expanding past core/limits.h is
/// kLimit, both for that document only.
[[nodiscard]] std::unique_ptr<Tree> parse_yaml(const SourceFile& source);

struct JsonOptions {
  bool relaxed =
      false;  ///< JSON5 as Renovate reads it: comments, trailing commas, unquoted keys, '…'
};
/// Strict RFC 8259 unless relaxed. Bytes after the value are a problem.
[[nodiscard]] std::unique_ptr<Tree> parse_json(const SourceFile& source, JsonOptions options = {});

/// Compact form for tests: {a: 1, b: [x, "y"]}, aliases expanded up to `max_bytes`.
[[nodiscard]] std::string dump(const Node& node, std::size_t max_bytes = 1 << 16);

}  // namespace plimsoll
