#pragma once

#include <array>
#include <string_view>

/// The words of plimsoll.yaml, for its reader and for the schema that editors use.
namespace plimsoll::config {

struct OwnKey {
  std::string_view name;
  std::string_view about;  ///< one sentence, shown by editors
};

inline constexpr std::array kOwnKeys{
    OwnKey{"select", "The rules whose findings are shown: the default set, or all."},
    OwnKey{"rules", "Single rules by slug or by a peer's id: on, off, or another severity."},
    OwnKey{"ignore",
           "Findings that are accepted, with the reason; they stay in the report, marked."},
    OwnKey{"fail-on",
           "The run fails when a finding is at least this severe; none: never for that."},
    OwnKey{"severity", "Only findings of these severities are shown; what fails stays the same."},
    OwnKey{"targets", "What is judged when no target is named, relative to the root."},
    OwnKey{"exclude", "Globs of paths, relative to the root, that folders are searched without."},
    OwnKey{"trusted-registries", "Registries that images may come from, with * at one end."},
    OwnKey{"label-schema", "The labels that every image must have, and what their values are."},
    OwnKey{"strict-labels", "Labels that are not in label-schema are findings."},
    OwnKey{"fix", "Values that fixes write: limits, requests, the account of an image."},
};

inline constexpr std::array kIgnoreKeys{
    OwnKey{"rule", "A slug or a peer's id, or a list of them."},
    OwnKey{"vulnerability",
           "Instead of rules: a CVE or another name of a fault, or a list of them."},
    OwnKey{"package", "Of a vulnerability: the names of the packages; without, every package."},
    OwnKey{"path", "Globs of paths, relative to the root; without, all files."},
    OwnKey{"subject", "A glob of the service, container or object that it is about."},
    OwnKey{"reason", "Why this is accepted."},
    OwnKey{"owner", "Who answers for it."},
    OwnKey{"until", "The last day that it holds; from the next on the finding is back."},
};

inline constexpr auto kIgnoreKeyNames = [] {
  std::array<std::string_view, kIgnoreKeys.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kIgnoreKeys[i].name;
  return names;
}();

inline constexpr std::array<std::string_view, 7> kLabelTypes{"text", "url",  "rfc3339", "semver",
                                                             "hash", "spdx", "email"};

[[nodiscard]] constexpr bool is_label_type(std::string_view type) {
  for (const std::string_view one : kLabelTypes) {
    if (one == type) return true;
  }
  return false;
}

}  // namespace plimsoll::config
