#include "check/rule.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "check/trivy_id.h"
#include "core/limits.h"

namespace plimsoll::check {

FormSet form_set(Form form) {
  switch (form) {
    case Form::kCompose: return kFormCompose;
    case Form::kKubernetes: return kFormKubernetes;
    case Form::kDockerRun:
    case Form::kPodmanRun: return kFormRun;
    case Form::kQuadlet: return kFormQuadlet;
    case Form::kInspect: return kFormInspect;
    case Form::kExec: return kFormExec;
  }
  return kFormsAll;
}

bool DockerfileView::ships(const dockerfile::Stage& stage) const {
  return std::find(lineage.begin(), lineage.end(), &stage) != lineage.end();
}

bool DockerfileView::ships(const dockerfile::Instruction& instruction) const {
  const dockerfile::Stage* stage = stage_of(instruction);
  return stage == nullptr || ships(*stage);
}

const dockerfile::Stage* DockerfileView::stage_of(
    const dockerfile::Instruction& instruction) const {
  return instruction.stage < file.stages.size() ? &file.stages[instruction.stage] : nullptr;
}

Finding& Sink::report(Place place, std::string message) {
  if (!findings_.empty()) {
    Finding& last = findings_.back();
    if (last.rule == meta_.slug && last.file == place.file && last.span == place.span &&
        last.path.empty() && last.message == message) {
      return last;
    }
  }
  if (findings_.size() >= limits::kFindingsPerFile) {
    overflowed_ = true;
    dropped_ = std::make_unique<Finding>();
    return *dropped_;
  }
  Finding& finding = findings_.emplace_back();
  finding.rule = meta_.slug;
  finding.severity = meta_.severity;
  finding.control = meta_.control;
  finding.subject = subject_.id;
  finding.message = std::move(message);
  finding.file = place.file;
  finding.span = place.span;
  return finding;
}

Finding& Sink::report_file(std::string path, std::string message) {
  Finding& finding = report(Place{}, std::move(message));
  finding.path = std::move(path);
  return finding;
}

Finding& Sink::missing(const Workload& workload, Place place, std::string message) {
  if (place.file == nullptr) place = workload.place;
  Finding& finding = report(place, std::move(message));
  finding.absence = true;
  return finding;
}

void Sink::unknown(std::string reason) {
  unknowns_.push_back(std::move(reason));
}

std::map<std::string, std::string, std::less<>> example_label_schema() {
  return {{"org.opencontainers.image.created", "rfc3339"},
          {"org.opencontainers.image.documentation", "url"},
          {"org.opencontainers.image.licenses", "spdx"},
          {"org.opencontainers.image.revision", "hash"},
          {"org.opencontainers.image.title", "text"},
          {"org.opencontainers.image.version", "semver"},
          {"com.example.contact", "email"}};
}

const Rule* find_rule(std::string_view slug) {
  const std::vector<const Rule*>& rules = all_rules();
  const auto found =
      std::lower_bound(rules.begin(), rules.end(), slug,
                       [](const Rule* rule, std::string_view s) { return rule->meta.slug < s; });
  return found != rules.end() && (*found)->meta.slug == slug ? *found : nullptr;
}

std::vector<const Rule*> rules_for_alias(std::string_view alias) {
  if (alias.empty()) return {};
  const std::size_t colon = alias.find(':');
  const bool has_tool = colon != std::string_view::npos;
  const bool may_be_trivy = !has_tool || ascii::iequals(alias.substr(0, colon), "trivy");
  const std::string trivy = may_be_trivy
                                ? "trivy:" + trivy_id(has_tool ? alias.substr(colon + 1) : alias)
                                : std::string();
  const auto is_meant = [&](std::string_view one) {
    if (ascii::iequals(one, alias) || (may_be_trivy && ascii::iequals(one, trivy))) return true;
    return !has_tool && ascii::iequals(one.substr(one.find(':') + 1), alias);
  };
  std::vector<const Rule*> matches;
  for (const Rule* rule : all_rules()) {
    const auto aliases = ascii::split(rule->meta.aliases, ' ');
    if (std::any_of(aliases.begin(), aliases.end(), is_meant)) matches.push_back(rule);
  }
  return matches;
}

std::string_view kind_of(const Rule& rule) {
  // In the order of the variant's alternatives.
  static constexpr std::string_view kKinds[] = {
      "dockerfile", "dockerfile", "dockerfile", "dockerfile", "workload",
      "kubernetes", "kubernetes", "kubernetes", "compose",    "project",
      "project",    "yaml",       "host",       "image"};
  static_assert(std::size(kKinds) == std::variant_size_v<Check>);
  return kKinds[rule.check.index()];
}

const RuleInfo& info_of(const Rule& rule) {
  static const auto kInfos = [] {
    std::unordered_map<const Rule*, RuleInfo> infos;
    for (const Rule* each : all_rules()) {
      const Meta& meta = each->meta;
      infos.emplace(each, RuleInfo{.slug = meta.slug,
                                   .title = meta.title,
                                   .kind = kind_of(*each),
                                   .aliases = meta.aliases,
                                   .why = meta.why,
                                   .fix_note = meta.fix_note,
                                   .sources = meta.sources,
                                   .severity = meta.severity,
                                   .control = meta.control,
                                   .fix_safety = meta.fix_safety,
                                   .enabled = meta.enabled});
    }
    return infos;
  }();
  return kInfos.at(&rule);
}

}  // namespace plimsoll::check
