#include "scan/image_audit.h"

#include <algorithm>
#include <utility>

#include "check/engine.h"
#include "check/score.h"
#include "core/limits.h"
#include "scan/finish.h"
#include "scan/selection.h"

namespace plimsoll::scan {
namespace {

Incomplete incomplete_of(const Error& problem) {
  const bool rejected = problem.code == ErrorCode::kInvalid || problem.code == ErrorCode::kNotFound;
  return {.stage = problem.code == ErrorCode::kLimit     ? "limit"
                   : problem.code == ErrorCode::kInvalid ? "parse"
                                                         : "read",
          .path = problem.path,
          .limit = problem.message,
          .rejected = rejected,
          .environment = problem.code == ErrorCode::kEnvironment};
}

/// How many of the lowest layers are those of the base: they end where the history has the last
/// command that something was built on. 0 when it does not tell.
std::size_t base_layers(const std::vector<image::ImageConfig::Step>& history) {
  bool built = false;  // something follows
  for (std::size_t i = history.size(); i-- > 0;) {
    built = built || history[i].makes_layer;
    if (!built || history[i].makes_layer) continue;
    if (!image::dockerfile_instruction(history[i].instruction).starts_with("CMD")) continue;
    return static_cast<std::size_t>(
        std::count_if(history.begin(), history.begin() + static_cast<std::ptrdiff_t>(i),
                      [](const image::ImageConfig::Step& step) { return step.makes_layer; }));
  }
  return 0;
}

std::optional<ImageSummary::Base> base_of(const image::ImageConfig& config) {
  const auto label = [&config](const char* key) {
    const auto found = config.labels.find(key);
    return found == config.labels.end() ? std::string() : found->second;
  };
  ImageSummary::Base base{.name = label("org.opencontainers.image.base.name"),
                          .digest = label("org.opencontainers.image.base.digest"),
                          .layers = base_layers(config.history)};
  if (base.name.empty() && base.layers == 0) return std::nullopt;
  base.evidence = base.name.empty() ? "history" : "label";
  return base;
}

std::string os_of(const image::OsRelease& release) {
  std::string os = release.id;
  if (!release.version_id.empty()) os += ' ' + release.version_id;
  return os;
}

/// The findings that the score is of: secrets are found without rules.
std::vector<Finding> with_secrets(std::vector<Finding> findings, const image::Inventory& inventory,
                                  check::Verdict& verdict) {
  constexpr auto kSlot = static_cast<std::size_t>(Control::kNoSecrets);
  verdict.applicable[kSlot] = true;
  verdict.weight[kSlot] = static_cast<std::uint8_t>(weight(Severity::kCritical));
  verdict.unknown[kSlot] = !inventory.secrets_sought;
  for (const image::ImageSecret& secret : inventory.secrets) {
    Finding& finding = findings.emplace_back();
    finding.control = Control::kNoSecrets;
    finding.severity = secret.secret.severity;
    finding.subject = verdict.subject.id;
  }
  return findings;
}

}  // namespace

check::Verdict judge_image(const image::Inventory& inventory, const std::string& name,
                           const check::RuleOptions& options) {
  check::Verdict verdict;
  verdict.subject = {.id = name, .kind = "image", .name = name, .path = name};
  check::judge(inventory, options, verdict);
  return verdict;
}

Report report_image(check::Verdict verdict, const image::Inventory& inventory,
                    const AuditOptions& options) {
  std::vector<check::Verdict> verdicts{std::move(verdict)};
  check::Verdict& judged = verdicts.front();
  std::vector<Finding> findings = std::move(judged.findings);
  Report report;
  const config::Applied applied = options.configuration.apply(findings);
  if (!applied.complete) {
    report.incomplete.push_back(
        {"limit", "", "ignores of the configuration", std::to_string(limits::kIgnoreSteps), false});
  }
  report.score = check::score(verdicts, with_secrets(findings, inventory, judged));
  show(merge(std::move(findings)), verdicts, options, report);
  for (const Error& problem : inventory.problems) {
    report.incomplete.push_back(incomplete_of(problem));
  }
  if (judged.truncated) {
    report.incomplete.push_back({"limit", judged.subject.name, "findings of one subject",
                                 std::to_string(limits::kFindingsPerFile), false});
  }
  return report;
}

ImageSummary summary_of(const image::Inventory& inventory, const image::Waste& waste,
                        const std::string& name) {
  const image::SavedImage& saved = inventory.image;
  const image::ImageConfig& config = inventory.config;
  ImageSummary summary{.reference = name,
                       .digest = saved.digest.empty() ? saved.config_digest : saved.digest,
                       .platform = saved.config.empty() ? "" : saved.platform.to_string(),
                       .os = os_of(inventory.release),
                       .os_title = inventory.release.pretty_name,
                       .created = config.created,
                       .user = config.user,
                       .start = config.entrypoint,
                       .bytes = waste.bytes,
                       .hidden = waste.hidden,
                       .base = base_of(config),
                       .unreachable_bytes = waste.unreachable_bytes};
  summary.start.insert(summary.start.end(), config.command.begin(), config.command.end());
  for (std::size_t i = 0; i < saved.layers.size(); ++i) {
    const image::Layer& layer = saved.layers[i];
    summary.size += layer.size;
    summary.layers.push_back({.diff_id = layer.diff_id,
                              .digest = layer.digest,
                              .size = layer.size,
                              .bytes = waste.layers[i].bytes,
                              .hidden = waste.layers[i].hidden,
                              .instruction = image::dockerfile_instruction(layer.instruction),
                              .place = layer.place});
  }
  for (const image::WasteGroup& group : waste.groups) {
    summary.waste.push_back({.id = std::string(image::id(group.kind)),
                             .title = std::string(image::to_string(group.kind)),
                             .what = group.what,
                             .bytes = group.bytes,
                             .files = group.files,
                             .layer = group.layer,
                             .paths = group.paths,
                             .advice = image::advice(group)});
  }
  return summary;
}

}  // namespace plimsoll::scan
