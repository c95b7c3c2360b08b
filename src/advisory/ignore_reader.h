#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/ignore_format.h"
#include "parse/node.h"

namespace plimsoll::advisory {

/// Takes rules out of a file and keeps what is wrong with its place, so that all is said at once.
/// Values that are missing or wrong are empty; an entry with a problem is not added.
class IgnoreReader {
 public:
  explicit IgnoreReader(const SourceFile& source) : source_(source) {}

  /// The mapping of keys that the file is; null for an empty file, and for one that is no such.
  [[nodiscard]] const Node* root(std::unique_ptr<Tree> tree);

  void problem(Span span, std::string message);
  /// "unknown key 'raeson'; did you mean 'reason'?"
  void unknown(std::string_view what, Span span, std::string_view name,
               const std::vector<std::string_view>& known);
  /// This entry ignores nothing, without being wrong.
  void note(Span span, std::string message);

  /// @return  whether `node` is a mapping; keys that it should not have are told
  bool check_keys(const Node& node, const std::vector<std::string_view>& known);
  [[nodiscard]] std::string text(const Node& mapping, std::string_view key);
  [[nodiscard]] bool flag(const Node& mapping, std::string_view key);
  [[nodiscard]] std::vector<const Node*> list(const Node& mapping, std::string_view key);
  /// A day, or a time on it: "2027-01-31T00:00:00Z".
  [[nodiscard]] std::optional<Date> date(const Node& mapping, std::string_view key);
  [[nodiscard]] std::optional<Date> date(Span span, std::string_view text);
  [[nodiscard]] std::optional<NamePattern> pattern(const Node& mapping, std::string_view key);
  /// As doublestar of Go, which both Trivy and grype match paths with; braces are not understood.
  void add_path(const Node& path, IgnoreRule& rule);

  /// Calls `read` with each entry; those without a problem are added.
  template <class Read>
  void add_each(const std::vector<const Node*>& entries, const Read& read) {
    for (const Node* entry : entries)
      add_one(entry->span, [&](auto& rule) { return read(*entry, rule); });
  }
  /// `read` fills the rule; false: there is none here.
  template <class Read>
  void add_one(Span span, const Read& read) {
    const std::size_t before = problems_;
    IgnoreRule rule;
    rule.source = source_.path();
    rule.line = source_.position(span.begin).line;
    if (read(rule) && problems_ == before) keep(std::move(rule), span);
  }

  [[nodiscard]] const SourceFile& source() const { return source_; }
  [[nodiscard]] IgnoreFile finish() { return std::move(file_); }

 private:
  [[nodiscard]] bool is_full() const;
  void keep(IgnoreRule rule, Span span);

  const SourceFile& source_;
  std::unique_ptr<Tree> tree_;
  IgnoreFile file_;
  std::size_t problems_ = 0;  ///< also those that are not kept
  std::size_t patterns_ = 0;
};

}  // namespace plimsoll::advisory
