#include "scan/judging.h"

#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>

#include "check/view.h"
#include "core/parallel.h"
#include "core/path.h"

namespace plimsoll::scan {
namespace {

/// What one verdict is about.
using Judged =
    std::variant<const Loaded*, const Workload*, const kubernetes::Pod*, const kubernetes::Object*,
                 const kubernetes::Manifests*, const compose::Project*, const ci::Workflow*,
                 const Project*, const Tree*, const Host*>;

struct Task {
  Subject subject;
  bool scored = false;
  Judged judged;
};

class Judging {
 public:
  Judging(Inputs& inputs, const Model& model, const AuditOptions& options)
      : inputs_(inputs), model_(model), options_(options) {}

  std::vector<check::Verdict> run() {
    for (const Workload* workload : model_.workloads) {
      if (workload->dockerfile != nullptr) users_[workload->dockerfile].push_back(workload);
    }
    collect();
    std::vector<check::Verdict> verdicts(tasks_.size());
    if (options_.progress != nullptr) options_.progress->subjects = tasks_.size();
    parallel_for(tasks_.size(), options_.jobs, [&](std::size_t i) {
      check::Verdict& verdict = verdicts[i];
      verdict.subject = tasks_[i].subject;
      verdict.scored = tasks_[i].scored;
      std::visit([&](const auto* judged) { judge_one(*judged, verdict); }, tasks_[i].judged);
      if (options_.progress != nullptr) ++options_.progress->judged;
    });
    return verdicts;
  }

 private:
  void add(Subject subject, Judged judged, bool scored = false) {
    tasks_.push_back({std::move(subject), scored, judged});
  }

  void collect() {
    for (const Loaded& file : inputs_.targets()) {
      add_dockerfile(file);
      const bool plain_tree = file.tree != nullptr && file.content != Content::kNone &&
                              file.content != Content::kInspect;
      if (plain_tree) add({file.path + "#file", "file", file.path, file.path}, file.tree.get());
    }
    for (const Loaded& file : inputs_.extra()) {
      // Inline Dockerfiles are ours to judge; other files outside the targets only inform the join.
      if (file.path.find('#') != std::string::npos) add_dockerfile(file);
    }
    for (const Workload* workload : model_.workloads) {
      add({workload->id, workload->kind, workload->name,
           workload->file == nullptr ? std::string() : workload->file->path()},
          workload,
          workload->is_container() && workload->container_kind != ContainerKind::kEphemeral);
    }
    for (const kubernetes::Pod& pod : model_.manifests.pods) {
      if (pod.containers.empty()) continue;
      const Workload& first = *pod.containers.front();
      add({first.id, first.kind, first.name, pod.object->file->path()}, &pod);
    }
    for (const kubernetes::Object& object : model_.manifests.objects) {
      add({object.id, "object", std::string(object.name), object.file->path()}, &object);
    }
    if (!model_.manifests.objects.empty()) {
      add({"kubernetes", "manifests", "kubernetes", ""}, &model_.manifests);
    }
    for (const auto& project : model_.compose) {
      const std::string& path = project->file->path();
      add({path + "#project", "compose", project->name, path}, project.get());
    }
    for (const ci::Workflow& workflow : model_.project.workflows) {
      const std::string& path = workflow.file->path();
      add({path + "#workflow", "workflow", path, path}, &workflow);
    }
    for (const Host& host : model_.hosts) {
      const std::string& path = host.place.file->path();
      add({host.id, "engine", path, path}, &host);
    }
    if (model_.project.is_repository) {
      add({"project", "project", model_.project.root, model_.project.root}, &model_.project);
    }
  }

  void add_dockerfile(const Loaded& file) {
    if (file.content != Content::kDockerfile) return;
    add({file.path, "dockerfile", file.path, file.path}, &file,
        !file.dockerfile->stages.empty() && file.incomplete.empty());
  }

  void judge_one(const Loaded& file, check::Verdict& verdict) const {
    check::DockerfileContext context;
    context.project = &model_.project;
    context.context_known = !inputs_.discovery().roots.empty();
    std::optional<IgnoreFile> ignore;
    if (const Loaded* found = dockerignore_of(file.path)) {
      ignore = parse_ignore(*found->source, IgnoreSyntax::kDocker);
      context.dockerignore = &*ignore;
    }
    const auto users = users_.find(file.dockerfile.get());
    if (users != users_.end()) context.workloads = users->second;
    check::judge(check::view_of(*file.dockerfile, context), options_.rules, verdict);
  }

  /// `<Dockerfile>.dockerignore` beside the Dockerfile beats `.dockerignore` of the context, which
  /// is the Dockerfile's folder unless a Compose service says otherwise.
  [[nodiscard]] const Loaded* dockerignore_of(const std::string& dockerfile) const {
    const auto usable = [this](const std::string& path) -> const Loaded* {
      const Loaded* file = inputs_.find(path);
      return file != nullptr && file->source != nullptr ? file : nullptr;
    };
    if (const Loaded* own = usable(dockerfile + ".dockerignore")) return own;
    if (const Loaded* beside = usable(path::join(path::folder(dockerfile), ".dockerignore"))) {
      return beside;
    }
    for (const Workload* workload : model_.workloads) {
      if (!workload->build || workload->build->dockerfile != dockerfile) continue;
      if (const Loaded* of_context =
              usable(path::join(workload->build->context, ".dockerignore"))) {
        return of_context;
      }
    }
    return nullptr;
  }

  /// What a pod lacks, each of its containers lacks.
  void judge_one(const kubernetes::Pod& pod, check::Verdict& verdict) const {
    check::judge(pod, options_.rules, verdict);
    for (Finding& finding : verdict.findings) {
      for (const Workload* container : pod.containers) {
        if (container->id != finding.subject) finding.also.push_back(container->id);
      }
    }
  }

  template <class Thing>
  void judge_one(const Thing& thing, check::Verdict& verdict) const {
    check::judge(thing, options_.rules, verdict);
  }

  Inputs& inputs_;
  const Model& model_;
  const AuditOptions& options_;
  std::unordered_map<const dockerfile::Dockerfile*, std::vector<const Workload*>> users_;
  std::vector<Task> tasks_;
};

}  // namespace

std::vector<check::Verdict> judge_all(Inputs& inputs, const Model& model,
                                      const AuditOptions& options) {
  return Judging(inputs, model, options).run();
}

}  // namespace plimsoll::scan
