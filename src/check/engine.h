#pragma once

#include <array>
#include <vector>

#include "check/rule.h"

/// Applies every rule to a subject.
namespace plimsoll::check {

/// What only a repository as a whole can do for the images that are built in it.
inline constexpr std::array kRepositoryControls{Control::kVulnerabilityScanning,
                                                Control::kBaseImageUpdates};

/// What the rules say of one subject. Controls are decided later, once suppressions are known.
struct Verdict {
  Subject subject;
  bool scored = true;             ///< workloads and images; not projects, RBAC objects…
  std::vector<Finding> findings;  ///< of every rule, enabled or not
  bool truncated = false;         ///< more than limits::kFindingsPerFile
  std::array<bool, kControlCount> applicable{};      ///< some scored rule spoke about this control
  std::array<bool, kControlCount> unknown{};         ///< some rule could not decide
  std::array<std::uint8_t, kControlCount> weight{};  ///< of the control's worst applicable rule
};

void judge(const DockerfileView& view, const RuleOptions& options, Verdict& verdict);
void judge(const Workload& workload, const RuleOptions& options, Verdict& verdict);
void judge(const kubernetes::Pod& pod, const RuleOptions& options, Verdict& verdict);
void judge(const kubernetes::Object& object, const RuleOptions& options, Verdict& verdict);
void judge(const kubernetes::Manifests& manifests, const RuleOptions& options, Verdict& verdict);
void judge(const compose::Project& project, const RuleOptions& options, Verdict& verdict);
void judge(const ci::Workflow& workflow, const RuleOptions& options, Verdict& verdict);
void judge(const Project& project, const RuleOptions& options, Verdict& verdict);
void judge(const Tree& tree, const RuleOptions& options, Verdict& verdict);
void judge(const Host& host, const RuleOptions& options, Verdict& verdict);
void judge(const image::Inventory& image, const RuleOptions& options, Verdict& verdict);

}  // namespace plimsoll::check
