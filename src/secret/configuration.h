#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/severity.h"
#include "core/source_file.h"

namespace re2 {
class RE2;
}

/// What users configure: detectors of their own, which built-in ones are on, what is allowed. Read
/// from the files that Trivy (trivy-secret.yaml) and gitleaks (.gitleaks.toml) have for that.
namespace plimsoll::secret {

/// Shared by the copies of a Configuration; a compiled pattern never changes.
using Pattern = std::shared_ptr<const re2::RE2>;

/// Lets hits pass.
struct Allowance {
  enum class Target : std::uint8_t { kSecret, kMatch, kLine };
  std::string name;
  std::vector<Pattern> paths;
  std::vector<Pattern> texts;  ///< any of them, found in `target`
  Target target = Target::kSecret;
  std::vector<std::string> words;  ///< in lower case; any of them in the secret
  bool all = false;                ///< paths, texts and words must each hold, where there are any
  std::vector<std::string> only;   ///< ids of the detectors it is for; empty: all
};

struct ConfiguredDetector {
  std::string id;
  std::string title;
  std::string family;
  Severity severity = Severity::kHigh;
  bool severity_unknown = false;
  Pattern pattern;           ///< null: a detector of paths alone, which finds no bytes
  std::vector<int> groups;   ///< of the secrets; empty: the whole match
  bool first_group = false;  ///< no group is named: the first that took part, if there is any
  double entropy = 0;
  std::vector<std::string> keywords;  ///< in lower case; one of them must be in the text
  Pattern path;                       ///< null: everywhere
  std::vector<Allowance> allowances;
  std::vector<Pattern> excluded_blocks;
};

struct Configuration {
  std::vector<ConfiguredDetector> detectors;
  bool builtin = true;             ///< the built-in detectors are on
  std::set<std::string> only;      ///< of them, ids that are on; empty: all
  std::set<std::string> disabled;  ///< of them, ids that are off
  std::vector<Allowance> allowances;
  std::vector<Pattern> excluded_blocks;
  std::set<std::string> disabled_skips;  ///< names of built-in path rules that do not hold
  std::vector<std::string> notes;        ///< what was not understood, for standard error
};

/// The form is told by the content: TOML as gitleaks has it, else YAML as Trivy has it.
/// @error kInvalid  no such file: a pattern that RE2 does not take, no id, twice the same
[[nodiscard]] Result<Configuration> read_configuration(const SourceFile& source);

/// The same as text, for RE2: Go's groups of one name more than once are told apart.
[[nodiscard]] Result<Pattern> compile_pattern(std::string_view pattern,
                                              std::vector<std::string>* group_names = nullptr);

}  // namespace plimsoll::secret
