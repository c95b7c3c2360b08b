#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/report.h"
#include "report/document.h"

namespace plimsoll::report {

/// Cuts excerpts out of the files of a report, with what is secret masked: places that hold one
/// (Report::secrets) show as "•••" in each excerpt of that file, and no edit that touches one is
/// given away. The report must outlive it.
class Excerpts {
 public:
  explicit Excerpts(const Report& report);

  /// Nothing when the finding is not about a place in a file.
  [[nodiscard]] std::optional<Excerpt> around(const Finding& finding);
  /// One line (0-based) with its secrets masked.
  [[nodiscard]] std::string line(const SourceFile& file, std::uint32_t index) const;
  /// Whether it holds a secret.
  [[nodiscard]] bool hides_secret(const SourceFile& file, std::uint32_t index) const;
  /// The edits of the finding's fix at lines and columns; none when one touches a secret.
  [[nodiscard]] std::vector<TextEdit> edits_of(const Finding& finding) const;

 private:
  [[nodiscard]] bool touches_secret(const Finding& finding) const;
  [[nodiscard]] std::vector<std::string> diff_of(const Finding& finding) const;
  /// @return false when a hunk would be too long to show
  bool add_hunks(const SourceFile& file, const std::vector<Edit>& edits, const std::string& name,
                 std::vector<std::string>& diff) const;
  /// Bytes of the file with the secrets among them masked.
  [[nodiscard]] std::string masked(const SourceFile& file, Span rest) const;
  [[nodiscard]] const std::vector<Span>& secrets_of(const SourceFile& file) const;

  std::vector<std::pair<const SourceFile*, std::vector<Span>>> secrets_;  ///< sorted, disjoint
  const SourceFile* hashed_ = nullptr;  ///< findings come sorted by file: one is remembered
  std::vector<std::string> hashes_;
};

[[nodiscard]] Region region_of(const SourceFile& file, Span span);

}  // namespace plimsoll::report
