#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "config/path_pattern.h"
#include "core/finding.h"
#include "core/result.h"
#include "core/source_file.h"

/// What one configuration file says, be it ours or a peer's, before it is decided what of it holds.
namespace plimsoll::config {

template <class T>
struct Said {
  T value{};
  Span span;
};

using LabelSchema = std::map<std::string, std::string, std::less<>>;

struct RuleSetting {
  const check::Rule* rule = nullptr;
  std::optional<bool> enabled;
  std::optional<Severity> severity;
  Span span;
};

/// What somebody accepts: either findings of rules, or vulnerabilities.
struct Ignore {
  std::vector<const check::Rule*> rules;
  std::vector<std::string> vulnerabilities;  ///< any of them, by any name; where there are no rules
  std::vector<std::string> packages;         ///< of a vulnerability: any of them; empty: every one
  std::vector<PathPattern> paths;            ///< any of them; empty: every path
  std::string subject_text;
  std::optional<Glob> subject;  ///< of `subject_text`: whole id, or what follows its `#`
  Suppression suppression;
  std::string owner;
  bool expired = false;
  Span span;
};

struct Settings {
  std::unique_ptr<SourceFile> source;  ///< never null
  std::optional<Said<bool>> all_rules;
  std::vector<RuleSetting> rules;
  std::optional<Said<std::optional<Severity>>> fail_on;  ///< the inner nullopt is `none`
  std::optional<Said<std::vector<Severity>>> severity;
  std::optional<Said<std::vector<std::string>>> targets;
  std::vector<Said<PathPattern>> exclude;
  std::optional<Said<std::vector<std::string>>> trusted_registries;
  std::optional<Said<LabelSchema>> label_schema;
  std::optional<Said<bool>> strict_labels;
  std::map<std::string, Said<std::string>, std::less<>> fix;  ///< by name; each is valid
  std::vector<Ignore> ignores;
  std::vector<Error> problems;     ///< what makes the file wrong, in the order of the file
  std::vector<std::string> notes;  ///< what was left out without being wrong, each a line
};

/// "plimsoll.yaml:3:5".
[[nodiscard]] std::string place_of(const Settings& settings, Span span);

/// Reads one file: its path tells the format. Any bytes; what is wrong is in `problems`.
using Reader = Settings (*)(std::string path, std::string text, Date today);

/// plimsoll.yaml. Wrong keys and types are problems.
[[nodiscard]] Settings read_own(std::string path, std::string text, Date today);
/// .trivyignore: an id a line, with `exp:2027-01-01`. The comment above is the reason.
[[nodiscard]] Settings read_trivy_ignore(std::string path, std::string text, Date today);
/// .trivyignore.yaml: its misconfigurations.
[[nodiscard]] Settings read_trivy_ignore_yaml(std::string path, std::string text, Date today);
/// .hadolint.yaml
[[nodiscard]] Settings read_hadolint(std::string path, std::string text, Date today);
/// .checkov.yaml
[[nodiscard]] Settings read_checkov(std::string path, std::string text, Date today);

}  // namespace plimsoll::config
