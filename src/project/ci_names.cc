#include <algorithm>
#include <array>
#include <span>

#include "core/ascii.h"
#include "project/ci_tools.h"

namespace plimsoll::ci {
namespace {

/// Parts of the names of scanners and of the services behind them, as they stand in `uses`,
/// commands, images and templates; lower case.
constexpr std::array kScannerNames =
    std::to_array<std::string_view>({"trivy",          "grype",
                                     "snyk",           "docker scout",
                                     "docker-scout",   "scout-action",
                                     "anchore/scan",   "anchore-",
                                     "anchorectl",     "clairctl",
                                     "clair-",         "quay/clair",
                                     "sysdig",         "twistcli",
                                     "twistlock",      "prisma-cloud",
                                     "prismacloud",    "dockle",
                                     "plimsoll",       "aquasec",
                                     "wizcli",         "wiz-",
                                     "lacework",       "lw-scanner",
                                     "neuvector",      "osv-scanner",
                                     "container-scan", "container_scan",
                                     "image-scan",     "image_scan",
                                     "scan-image",     "imagescan",
                                     "scan image",     "images scan",
                                     "docker scan",    "ecr-scan",
                                     "images-scan",    "blackduck",
                                     "black-duck",     "amazon-inspector",
                                     "inspector-sbom", "qualys",
                                     "stackrox",       "roxctl",
                                     "kubescape",      "vuln-scan",
                                     "vulnscan",       "vulnerability-scan",
                                     "mend-",          "auto-devops",
                                     "ghas-container", "shiftleft-container",
                                     "jf docker scan", "image-scan-findings"});

constexpr std::array kLinterNames = std::to_array<std::string_view>(
    {"hadolint", "plimsoll", "dockerfilelint", "dockerfile_lint", "dockerlinter", "megalinter",
     "mega-linter", "super-linter", "checkov", "kics", "trivy config", "trivy conf", "--check ",
     "dockle", "reviewdog/action-hadolint", "tally lint", "semgrep"});

constexpr std::array kUpdateBotNames = std::to_array<std::string_view>({"renovate", "updatecli"});

/// Programs whose argument names a target of the project's own: `make scan`.
constexpr std::array kRunners = std::to_array<std::string_view>(
    {"make", "just", "task", "mage", "npm", "pnpm", "yarn", "nox", "tox", "rake", "invoke"});

/// Looks for many names at once: a pair of bytes that starts no name is passed over by one look-up.
class Names {
 public:
  template <std::size_t N>
  constexpr explicit Names(const std::array<std::string_view, N>& names) : names_(names) {
    for (const std::string_view name : names) starts_[pair(name)] = true;
  }

  /// In any case of letters.
  [[nodiscard]] bool any_in(std::string_view text) const {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      if (starts_[pair(text.substr(i, 2))] && any_at(text.substr(i))) return true;
    }
    return false;
  }

 private:
  /// Names are ASCII; all other bytes share a slot that no name uses.
  static constexpr std::size_t pair(std::string_view text) {
    return slot(text[0]) * kSlots + slot(text[1]);
  }
  static constexpr std::size_t slot(char c) {
    return c > 0 ? static_cast<std::size_t>(ascii::to_lower(c)) : 0;
  }
  [[nodiscard]] bool any_at(std::string_view text) const {
    return std::any_of(names_.begin(), names_.end(), [text](std::string_view name) {
      return ascii::iequals(text.substr(0, name.size()), name);
    });
  }

  static constexpr std::size_t kSlots = 128;
  std::span<const std::string_view> names_;
  std::array<bool, kSlots * kSlots> starts_{};
};

constexpr Names kScanners(kScannerNames);
constexpr Names kDockerfileLinters(kLinterNames);
constexpr Names kUpdateBots(kUpdateBotNames);

/// A script without its comment lines: "# trivy comes later" runs nothing.
bool script_has_any(std::string_view script, const Names& names) {
  while (!script.empty()) {
    const std::size_t newline = std::min(script.find('\n'), script.size());
    const std::string_view line = ascii::trim(script.substr(0, newline));
    if (!line.starts_with('#') && names.any_in(line)) return true;
    script.remove_prefix(std::min(newline + 1, script.size()));
  }
  return false;
}

/// `make scan-images`: somebody named a target for it.
bool runs_scan_target(const Step& step) {
  for (const shell::Command& command : step.script.commands) {
    const std::string_view program = command.name();
    if (std::find(kRunners.begin(), kRunners.end(), program) == kRunners.end()) continue;
    for (const shell::Word& word : command) {
      if (ascii::icontains(word.value, "scan")) return true;
    }
  }
  return false;
}

bool step_has_any(const Step& step, const Names& names) {
  return names.any_in(step.uses) || script_has_any(step.run, names);
}

/// GitLab's `include`: a string, a mapping or a list of both.
bool include_has_any(const Node& root, const Names& names) {
  const Node* const include = root.find("include");
  if (include == nullptr) return false;
  const auto one_has = [&names](const Node& node) {
    if (names.any_in(node.str())) return true;
    return std::any_of(node.entries.begin(), node.entries.end(),
                       [&names](const auto& entry) { return names.any_in(entry.value->str()); });
  };
  return one_has(*include) || std::any_of(include->items.begin(), include->items.end(),
                                          [&one_has](const Node* item) { return one_has(*item); });
}

bool names_any(const Workflow& workflow, const Names& names) {
  return std::any_of(workflow.jobs.begin(), workflow.jobs.end(), [&names](const Job& job) {
    return names.any_in(job.image) ||
           std::any_of(job.steps.begin(), job.steps.end(),
                       [&names](const Step& step) { return step_has_any(step, names); });
  });
}

}  // namespace

bool names_scanner(const Workflow& workflow) {
  if (workflow.system == System::kGitLab && include_has_any(*workflow.root, kScanners)) return true;
  if (names_any(workflow, kScanners)) return true;
  for (const Job& job : workflow.jobs) {
    for (const Step& step : job.steps) {
      if (runs_scan_target(step)) return true;
      // A workflow of another repository cannot be read; its name is all there is.
      if (calls_workflow(step) && ascii::icontains(step.uses, "scan")) return true;
    }
  }
  return false;
}

bool names_dockerfile_linter(const Workflow& workflow) {
  return names_any(workflow, kDockerfileLinters);
}

bool runs_update_bot(const Workflow& workflow) {
  if (workflow.system == System::kGitLab && include_has_any(*workflow.root, kUpdateBots))
    return true;
  return names_any(workflow, kUpdateBots);
}

}  // namespace plimsoll::ci
