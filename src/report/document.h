#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/image_summary.h"
#include "core/lock_file.h"
#include "core/package.h"
#include "core/report.h"
#include "core/standing.h"
#include "core/vulnerability.h"

/// What every format prints: a report whose findings stand at lines and columns instead of bytes of
/// a file, so that it can be saved as JSON, read again and printed elsewhere. Owns all its text.
namespace plimsoll::report {

/// 1-based; columns count code points; the end is exclusive. A line of 0: nowhere in particular.
struct Region {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  friend bool operator==(const Region&, const Region&) = default;
};

struct TextEdit {
  Region region;  ///< empty: inserts before it
  std::string text;
  std::string path = {};  ///< empty: of the finding's own file
  bool creates = false;   ///< `path` is a new file, and this all of it
  friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

struct Remedy {
  std::string title;  ///< imperative: "replace ADD with COPY"
  FixSafety safety = FixSafety::kSafe;
  std::vector<TextEdit> edits;  ///< none when the report was saved without its source lines
};

/// Lines of the file around a finding. Secrets in them are replaced by "•••".
struct Excerpt {
  std::uint32_t line = 0;  ///< of the first
  std::vector<std::string> text;
  std::vector<std::string> diff;  ///< of the fix: "@@ -3 +3 @@", " same", "-old", "+new"
  std::string line_hash;          ///< as GitHub's code scanning computes it; see line_hash.h
};

struct Entry {
  std::string rule;  ///< slug
  Severity severity = Severity::kLow;
  Control control = Control::kVerifiedSources;
  std::string subject;  ///< id
  std::string message;
  std::optional<std::string> path;  ///< none: about the whole repository
  Region region;
  std::optional<Remedy> fix;
  std::string fingerprint;
  std::optional<Suppression> suppressed;
  std::vector<Fact> evidence;
  std::vector<std::string> also;  ///< ids of further subjects
  std::optional<Excerpt> excerpt;
  Standing standing = Standing::kNone;
};

struct ScoreLine {
  bool known = false;
  int percent = 0;
  std::vector<ControlScore> controls;  ///< in the order of core/control.h
  std::size_t subjects = 0;            ///< how many the mean is over; 0 when that is not known
  int unknown_percent = 0;             ///< share of the weight that could not be evaluated
};

struct Document {
  std::string version;  ///< of the plimsoll that made it
  std::vector<Incomplete> incomplete;
  std::vector<LeftOut> left_out;
  std::vector<Subject> subjects;  ///< sorted by id
  std::vector<Entry> findings;    ///< in the report's order
  std::vector<Entry> fixed;       ///< of the baseline: found no more
  std::size_t hidden = 0;         ///< findings of rules outside the selected set
  ScoreLine score;
  std::optional<ImageSummary> image;
  std::vector<Package> packages;  ///< by ecosystem, name, version
  /// What to do first, first; Vulnerability::package counts in `packages`.
  std::vector<Vulnerability> vulnerabilities;
  std::vector<LockFile> lock_files;        ///< that list `packages`, by path; none of images
  std::vector<UnjudgedPackages> unjudged;  ///< that no advisories are known of
  std::size_t matches_left_out = 0;        ///< vulnerabilities that the run's options leave out
  /// Day of the newest advisory for what was judged; "" while no database was asked.
  std::string advisories_made;
  std::vector<const RuleInfo*> rules;  ///< those of the findings that this program knows, by slug
  bool has_baseline = false;

  [[nodiscard]] bool complete() const { return incomplete.empty(); }
  /// "12 files left out by plimsoll.yaml", one for each file that says so.
  [[nodiscard]] std::vector<std::string> left_out_lines() const;
  /// Null for a rule of another version of this program.
  [[nodiscard]] const RuleInfo* rule(std::string_view slug) const;
  [[nodiscard]] const Subject* subject(std::string_view id) const;
  /// Null for a file that is none.
  [[nodiscard]] const LockFile* lock_file(std::string_view path) const;
};

struct NamedDocument {
  std::string name;  ///< of the file it came from; shown
  Document document;
};

/// The layer whose file a package is of, counted from the lowest; nothing outside images.
[[nodiscard]] std::optional<std::size_t> layer_of(const Document& document, const Package& package);
/// Whether a package came with the base image; nothing where that is not known.
[[nodiscard]] std::optional<bool> is_of_base(const Document& document, const Package& package);

/// "new", "known", "fixed"; "" without a baseline.
[[nodiscard]] std::string_view to_string(Standing standing);
/// The opposite; kNone for other words.
[[nodiscard]] Standing parse_standing(std::string_view word);

/// By slug, each once: the order that Document::rule() needs.
void sort_rules(std::vector<const RuleInfo*>& rules);

/// Some finding has an excerpt.
[[nodiscard]] bool has_source(const Document& document);

/// @param with_source  fill Entry::excerpt and the edits of fixes
[[nodiscard]] Document document_of(const Report& report, bool with_source);

}  // namespace plimsoll::report
