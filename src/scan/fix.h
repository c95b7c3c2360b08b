#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"
#include "core/finding.h"
#include "core/report.h"
#include "scan/audit.h"

/// Makes the fixes of findings into new texts of the files, and proves them: after each round the
/// result is judged again, and a fix is kept only when its file is still read whole, its finding is
/// gone and nothing new appeared. Writes nothing.
namespace plimsoll::scan {

struct FixOptions {
  AuditOptions audit;  ///< every rule's findings are fixed unless `only_rules` names some
  bool unsafe = false;
};

/// A fix that is in the result.
struct AppliedFix {
  std::string_view rule;
  Severity severity = Severity::kLow;
  std::string subject;
  std::string message;
  std::string title;
  std::string advice;  ///< what is left for a person; may be empty
  FixSafety safety = FixSafety::kSafe;
  std::uint32_t line =
      0;  ///< 1-based, in FileChange::after: the first it changed; 0 for a new file
};

struct FileChange {
  std::string path;
  std::string before;
  std::string after;
  bool is_new = false;
  std::vector<AppliedFix> fixes;  ///< by line
};

/// A finding that stays.
struct Unfixed {
  std::string_view rule;
  Severity severity = Severity::kLow;
  std::string path;  ///< may be empty
  std::uint32_t line = 0;
  std::string message;
  std::string reason;           ///< phrase without full stop
  bool needs_unsafe = false;    ///< --unsafe would fix it
  std::string_view needs = {};  ///< the value that would make its fix safe
};

struct FixPlan {
  std::vector<FileChange> files;   ///< by path
  std::vector<Unfixed> left;       ///< by path, line, rule
  std::vector<std::string> ideas;  ///< what could be better besides, a phrase each
  Score before;
  Score after;
  std::size_t findings_before = 0;  ///< unsuppressed, of severity low or higher
  std::size_t findings_after = 0;
  std::size_t refused = 0;             ///< fixes that the proof turned down
  std::vector<Incomplete> incomplete;  ///< of the first judgement
  /// What was found before, one by one, and is found after; the same when nothing changed.
  std::shared_ptr<const Report> first;
  std::shared_ptr<const Report> last;

  [[nodiscard]] bool empty() const { return files.empty(); }
};

[[nodiscard]] FixPlan plan_fixes(const FileSystem& files, const FixOptions& options);

}  // namespace plimsoll::scan
