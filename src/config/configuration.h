#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "core/file_system.h"
#include "core/package.h"

/// What holds for a run: everything that configuration files say, put in order and cleared of what
/// a repository may not say about itself.
namespace plimsoll::config {

template <class T>
struct Value {
  T value{};
  std::string from;  ///< "plimsoll.yaml:3:5"
};

struct RuleChange {
  std::optional<Value<bool>> enabled;
  std::optional<Value<Severity>> severity;
};

/// An Ignore, with the place where it was written.
struct LiveIgnore {
  Ignore ignore;
  std::string root;       ///< what its paths are relative to, and beyond which it does not reach
  bool anywhere = false;  ///< without paths it does reach beyond: the user gave the file himself
  bool of_peer = false;   ///< from another tool's file, which has other rules, too
  std::string from;
};

/// What became of the ignores.
struct Applied {
  bool complete = true;  ///< false: limits::kIgnoreSteps was not enough, the rest is not suppressed
  std::vector<const LiveIgnore*> unused;  ///< those that match nothing; empty when not complete
};

struct Exclusion {
  PathPattern pattern;
  std::string root;
  std::string from;
};

struct Configuration {
  std::string working_folder;      ///< absolute, or "": then no path leads above where it starts
  std::vector<std::string> files;  ///< that were read, weakest first
  std::optional<Value<bool>> all_rules;
  std::map<std::string_view, RuleChange> rules;  ///< by slug
  std::optional<Value<std::optional<Severity>>> fail_on;
  std::optional<Value<std::vector<Severity>>> severity;
  std::optional<Value<std::vector<std::string>>> targets;  ///< paths as the user would write them
  std::vector<Exclusion> exclude;
  std::optional<Value<std::vector<std::string>>> trusted_registries;
  std::optional<Value<LabelSchema>> label_schema;
  std::optional<Value<bool>> strict_labels;
  std::map<std::string, Value<std::string>, std::less<>> fix;  ///< values that fixes write, by name
  std::vector<LiveIgnore> ignores;                             ///< without those that ended
  std::vector<std::string> notes;  ///< for standard error: what was not applied, and why

  /// How a path of a report is called below a folder; nullopt when it lies elsewhere.
  [[nodiscard]] std::optional<std::string> below(std::string_view root,
                                                 std::string_view path) const;
  /// The first that holds for `path`; null when none does.
  [[nodiscard]] const Exclusion* exclusion_of(std::string_view path) const;
  /// @param otherwise  the answer when no file says anything of this rule
  [[nodiscard]] bool shows(std::string_view slug, bool otherwise) const;
  /// Gives findings the severities that were set, and marks those that are accepted. What some
  /// comment already suppressed stays so.
  [[nodiscard]] Applied apply(std::vector<Finding>& findings) const;
  /// The ignore that accepts a vulnerability of a package; null when none does.
  /// @param names  its id and its aliases
  [[nodiscard]] const LiveIgnore* ignore_of(const std::vector<std::string>& names,
                                            const Package& package) const;
  /// Hands the rules what they are judged by.
  void apply(check::RuleOptions& options) const;
};

struct Layer {
  Settings settings;
  std::string root = ".";      ///< what its paths are relative to
  bool trusted = false;        ///< may lower severities, switch rules off, choose targets
  bool given_by_user = false;  ///< --config
  bool of_peer = false;        ///< another tool's file
};

/// Later layers win, setting by setting; ignores and exclusions add up.
[[nodiscard]] Configuration combine(const std::vector<Layer>& layers, std::string working_folder);

struct LoadOptions {
  std::vector<std::string> targets;  ///< as typed; the first decides where is looked
  std::string explicit_file;         ///< --config; "" when not given
  bool trust_repository = false;     ///< --trust-repo-config
  bool read_repository = true;       ///< false with --no-config
  std::string working_folder;
  Date today;
};

struct Loaded {
  Configuration configuration;
  std::vector<Error> problems;  ///< not empty: the run must not go on
};

/// Finds, reads and combines. A peer's file that is broken is a note; ours is a problem.
[[nodiscard]] Loaded load(const FileSystem& files, const LoadOptions& options);

}  // namespace plimsoll::config
