#include "check/engine.h"

#include <algorithm>
#include <utility>

#include "image/inventory.h"

namespace plimsoll::check {
namespace {

template <class Function>
struct Bound {
  const Rule* rule;
  Function check;
};

/// The rules of one kind, picked out of the catalogue once.
template <class Function>
const std::vector<Bound<Function>>& rules_of() {
  static const std::vector<Bound<Function>> kRules = [] {
    std::vector<Bound<Function>> picked;
    for (const Rule* rule : all_rules()) {
      if (const auto* check = std::get_if<Function>(&rule->check)) picked.push_back({rule, *check});
    }
    return picked;
  }();
  return kRules;
}

/// Which controls some rules speak about, and how much each weighs.
struct Coverage {
  std::array<std::uint8_t, kControlCount> weight{};

  void add(const Meta& meta) {
    const auto one = static_cast<std::uint8_t>(weight_of(meta));
    std::uint8_t& slot = weight[static_cast<std::size_t>(meta.control)];
    slot = std::max(slot, one);
  }
  static int weight_of(const Meta& meta) { return plimsoll::weight(meta.severity); }

  template <class Function>
  void add_rules(FormSet forms = kFormsAll) {
    for (const Bound<Function>& bound : rules_of<Function>()) {
      if ((bound.rule->meta.forms & forms) != 0) add(bound.rule->meta);
    }
  }
  void apply(Verdict& verdict) const {
    for (std::size_t i = 0; i < kControlCount; ++i) {
      if (weight[i] == 0) continue;
      verdict.applicable[i] = true;
      verdict.weight[i] = std::max(verdict.weight[i], weight[i]);
    }
  }
};

/// One rule at work on one subject.
class Session {
 public:
  Session(const Rule& rule, const SourceFile* file, const RuleOptions& options, Verdict& verdict)
      : rule_(rule),
        verdict_(verdict),
        sink_(rule.meta, verdict.subject, file, options, verdict.findings) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    if (sink_.overflowed()) verdict_.truncated = true;
    if (!sink_.unknowns().empty() && rule_.meta.severity != Severity::kInfo) {
      verdict_.unknown[static_cast<std::size_t>(rule_.meta.control)] = true;
    }
  }
  [[nodiscard]] Sink& sink() { return sink_; }

 private:
  const Rule& rule_;
  Verdict& verdict_;
  Sink sink_;
};

template <class Function, class Subject>
void run(const Subject& subject, const SourceFile* file, const RuleOptions& options,
         Verdict& verdict) {
  for (const Bound<Function>& bound : rules_of<Function>()) {
    Session session(*bound.rule, file, options, verdict);
    bound.check(subject, session.sink());
  }
}

void judge_instructions(const DockerfileView& view, const RuleOptions& options, Verdict& verdict) {
  for (const Bound<InstructionCheck>& bound : rules_of<InstructionCheck>()) {
    Session session(*bound.rule, view.file.source, options, verdict);
    for (const dockerfile::Instruction& instruction : view.file.instructions) {
      bound.check(instruction, session.sink());
      if (instruction.keyword == dockerfile::Keyword::kOnbuild && instruction.inner != nullptr) {
        bound.check(*instruction.inner, session.sink());
      }
    }
  }
}

void judge_commands(const DockerfileView& view, const RuleOptions& options, Verdict& verdict) {
  std::vector<RunCommand> commands;
  for (const dockerfile::Instruction& outer : view.file.instructions) {
    const dockerfile::Instruction& instruction =
        outer.keyword == dockerfile::Keyword::kOnbuild && outer.inner != nullptr ? *outer.inner
                                                                                 : outer;
    if (instruction.keyword != dockerfile::Keyword::kRun) continue;
    for (std::uint32_t i = 0; i < instruction.script.commands.size(); ++i) {
      commands.push_back({instruction.script.commands[i], i, instruction, view});
    }
  }
  for (const Bound<CommandCheck>& bound : rules_of<CommandCheck>()) {
    Session session(*bound.rule, view.file.source, options, verdict);
    for (const RunCommand& command : commands) bound.check(command, session.sink());
  }
}

void judge_stages(const DockerfileView& view, const RuleOptions& options, Verdict& verdict) {
  for (const Bound<StageCheck>& bound : rules_of<StageCheck>()) {
    Session session(*bound.rule, view.file.source, options, verdict);
    for (const dockerfile::Stage& stage : view.file.stages) {
      bound.check(StageView{stage, view}, session.sink());
    }
  }
}

const Coverage& dockerfile_coverage(bool in_project) {
  static const auto kCoverage = [] {
    std::array<Coverage, 2> both;
    for (Coverage& one : both) {
      one.add_rules<InstructionCheck>();
      one.add_rules<CommandCheck>();
      one.add_rules<StageCheck>();
      one.add_rules<DockerfileCheck>();
    }
    // A repository's scans and update bots are about each image that is built in it.
    Coverage& in_repository = both[1];
    Coverage repository;
    repository.add_rules<WorkflowCheck>();
    repository.add_rules<ProjectCheck>();
    for (const Control control : kRepositoryControls) {
      const auto i = static_cast<std::size_t>(control);
      in_repository.weight[i] = std::max(in_repository.weight[i], repository.weight[i]);
    }
    return both;
  }();
  return kCoverage[in_project ? 1 : 0];
}

const Coverage& workload_coverage(Form form) {
  static const auto kCoverage = [] {
    std::array<Coverage, 7> by_form;
    for (std::size_t i = 0; i < by_form.size(); ++i) {
      const auto each = static_cast<Form>(i);
      by_form[i].add_rules<WorkloadCheck>(form_set(each));
      if (each == Form::kCompose) by_form[i].add_rules<ComposeCheck>();
      if (each == Form::kKubernetes) {
        by_form[i].add_rules<PodCheck>();
        by_form[i].add_rules<ManifestsCheck>();
      }
    }
    return by_form;
  }();
  return kCoverage[static_cast<std::size_t>(form)];
}

}  // namespace

void judge(const DockerfileView& view, const RuleOptions& options, Verdict& verdict) {
  dockerfile_coverage(view.project != nullptr && view.project->is_repository).apply(verdict);
  judge_instructions(view, options, verdict);
  judge_commands(view, options, verdict);
  judge_stages(view, options, verdict);
  run<DockerfileCheck>(view, view.file.source, options, verdict);
}

void judge(const Workload& workload, const RuleOptions& options, Verdict& verdict) {
  workload_coverage(workload.form).apply(verdict);
  const FormSet form = form_set(workload.form);
  for (const Bound<WorkloadCheck>& bound : rules_of<WorkloadCheck>()) {
    if ((bound.rule->meta.forms & form) == 0) continue;
    Session session(*bound.rule, workload.file, options, verdict);
    bound.check(workload, session.sink());
  }
}

void judge(const kubernetes::Pod& pod, const RuleOptions& options, Verdict& verdict) {
  run<PodCheck>(pod, pod.object->file, options, verdict);
}

void judge(const kubernetes::Object& object, const RuleOptions& options, Verdict& verdict) {
  run<ObjectCheck>(object, object.file, options, verdict);
}

void judge(const kubernetes::Manifests& manifests, const RuleOptions& options, Verdict& verdict) {
  run<ManifestsCheck>(manifests, nullptr, options, verdict);
}

void judge(const compose::Project& project, const RuleOptions& options, Verdict& verdict) {
  run<ComposeCheck>(project, project.file, options, verdict);
}

void judge(const ci::Workflow& workflow, const RuleOptions& options, Verdict& verdict) {
  run<WorkflowCheck>(workflow, workflow.file, options, verdict);
}

void judge(const Project& project, const RuleOptions& options, Verdict& verdict) {
  run<ProjectCheck>(project, nullptr, options, verdict);
}

void judge(const Tree& tree, const RuleOptions& options, Verdict& verdict) {
  run<TreeCheck>(tree, tree.source, options, verdict);
}

void judge(const Host& host, const RuleOptions& options, Verdict& verdict) {
  run<HostCheck>(host, host.place.file, options, verdict);
}

void judge(const image::Inventory& image, const RuleOptions& options, Verdict& verdict) {
  static const Coverage kCoverage = [] {
    Coverage coverage;
    coverage.add_rules<ImageCheck>();
    return coverage;
  }();
  kCoverage.apply(verdict);
  if (image.is_of_sbom) {
    verdict.unknown = verdict.applicable;
    return;
  }
  run<ImageCheck>(image, nullptr, options, verdict);
}

}  // namespace plimsoll::check
