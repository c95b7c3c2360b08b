#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/finding.h"
#include "core/report.h"
#include "core/splice.h"
#include "scan/fix.h"

/// Fixes on their way from findings into texts. scan/fix.cc decides which of them are made.
namespace plimsoll::scan {

/// What a finding is counted by: rule, file and subject. Messages and places change with the text.
[[nodiscard]] std::string key_of(const Finding& finding);
[[nodiscard]] std::string_view rule_of_key(std::string_view key);
[[nodiscard]] std::string_view path_of_key(std::string_view key);

/// The fix of one finding, free of the report it came from.
struct Attempt {
  AppliedFix fix;
  std::string key;
  std::string fingerprint;
  std::string home;                                ///< the finding's file
  std::string_view reveals;                        ///< Fix::reveals
  std::map<std::string, std::vector<Edit>> edits;  ///< by path
  std::vector<NewFile> new_files;
};

[[nodiscard]] Attempt attempt_of(const Finding& finding);

/// Attempts that can be made together: none contradicts another.
class Choice {
 public:
  /// @return false when it contradicts what was taken before
  [[nodiscard]] bool take(const Attempt& attempt);
  /// By path.
  [[nodiscard]] const std::map<std::string, Splicer>& splicers() const { return splicers_; }

 private:
  std::map<std::string, Splicer> splicers_;
  std::set<std::string> created_;
};

/// A file while it is being fixed.
struct Draft {
  std::string original;
  std::string text;
  bool is_new = false;
  std::vector<std::pair<std::uint32_t, AppliedFix>> fixes;  ///< with the offset of their first edit
};

using Drafts = std::map<std::string, Draft>;  ///< by path

/// The drafts with these attempts made. Their edits are of the texts that `report` judged.
[[nodiscard]] Drafts made(Drafts drafts, const std::vector<const Attempt*>& attempts,
                          const Report& report);

}  // namespace plimsoll::scan
