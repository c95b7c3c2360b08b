#include "scan/model.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/path.h"
#include "workload/command_line.h"
#include "workload/link.h"
#include "workload/link_service.h"

namespace plimsoll::scan {
namespace {

/// The names `docker compose` takes without being told, best first, and those it merges on top.
constexpr std::array<std::string_view, 4> kDefaultNames{
    "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"};
constexpr std::array<std::string_view, 4> kOverrideNames{
    "compose.override.yaml", "compose.override.yml", "docker-compose.override.yaml",
    "docker-compose.override.yml"};

template <class Names>
bool is_one_of(std::string_view name, const Names& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A file that only makes sense on top of another: some service has neither image nor build.
bool is_fragment(const Node& root) {
  const Node* services = root.find("services");
  if (services == nullptr) return false;
  return std::any_of(services->entries.begin(), services->entries.end(), [](const auto& entry) {
    const Node& service = *entry.value;
    return service.find("image") == nullptr && service.find("build") == nullptr &&
           service.find("extends") == nullptr && service.find("provider") == nullptr;
  });
}

class Reading {
 public:
  Reading(Inputs& inputs, Model& model) : inputs_(inputs), model_(model) {}

  void run() {
    read_compose();
    read_manifests();
    read_project();
    collect_workloads();
    collect_hosts();
    collect_seccomp();
    link();
  }

 private:
  void read_compose() {
    const compose::Sources sources = inputs_.compose_sources();
    for (const Loaded& file : inputs_.targets()) {
      if (file.content != Content::kCompose || file.tree->documents.empty()) continue;
      const Loaded* base = base_of(file);
      if (base != nullptr && is_one_of(path::name(file.path), kOverrideNames)) continue;
      if (base != nullptr && is_fragment(*file.tree->documents.front().root)) {
        add(compose::read(*base->tree, sources, {file.tree.get()}));
      } else {
        add(compose::read(*file.tree, sources, overrides_of(file)));
      }
    }
  }

  void add(std::unique_ptr<compose::Project> project) {
    for (const TreeProblem& problem : project->problems) {
      const Position at = project->file->position(problem.span.begin);
      const bool limit = problem.code == ErrorCode::kLimit;
      model_.incomplete.push_back({limit ? "limit" : "parse", project->file->path(),
                                   "line " + std::to_string(at.line) + ": " + problem.message, "",
                                   false});
    }
    for (const Error& error : project->errors) {
      model_.incomplete.push_back({"read", project->file->path(), error.to_line(), "", false});
    }
    model_.compose.push_back(std::move(project));
  }

  [[nodiscard]] const Loaded* sibling(const Loaded& file, std::string_view name) const {
    const Loaded* other = inputs_.find(path::join(path::folder(file.path), name));
    const bool usable = other != nullptr && other != &file && other->content == Content::kCompose &&
                        !other->tree->documents.empty();
    return usable ? other : nullptr;
  }

  [[nodiscard]] const Loaded* base_of(const Loaded& file) const {
    for (const std::string_view name : kDefaultNames) {
      if (const Loaded* base = sibling(file, name)) return base;
    }
    return nullptr;
  }

  [[nodiscard]] std::vector<const Tree*> overrides_of(const Loaded& file) const {
    if (!is_one_of(path::name(file.path), kDefaultNames)) return {};
    for (const std::string_view name : kOverrideNames) {
      if (const Loaded* found = sibling(file, name)) return {found->tree.get()};
    }
    return {};
  }

  void read_manifests() {
    for (const Loaded& file : inputs_.targets()) {
      if (file.content != Content::kManifest) continue;
      const std::size_t before = model_.manifests.problems.size();
      kubernetes::read(*file.tree, model_.manifests);
      for (std::size_t i = before; i < model_.manifests.problems.size(); ++i) {
        const TreeProblem& problem = model_.manifests.problems[i];
        const Position at = file.source->position(problem.span.begin);
        model_.incomplete.push_back({"parse", file.path,
                                     "line " + std::to_string(at.line) + ": " + problem.message, "",
                                     problem.code != ErrorCode::kLimit});
      }
    }
  }

  void read_project() {
    for (Loaded& file : inputs_.targets()) {
      if (file.content == Content::kWorkflow && !file.tree->documents.empty()) read_workflow(file);
    }
    if (inputs_.discovery().roots.empty()) return;
    Project& project = model_.project;
    project.root = inputs_.discovery().roots.front();
    project.is_repository =
        inputs_.files().kind(path::join(project.root, ".git"), true).has_value();
    for (const Loaded& file : inputs_.targets()) add_to_project(file);
    if (!project.workflows.empty() || !project.bots.empty()) project.is_repository = true;
  }

  void read_workflow(Loaded& file) {
    model_.project.workflows.push_back(ci::read(*file.tree, file.ci_system));
    if (model_.project.workflows.back().truncated) {
      file.incomplete.push_back({"limit", file.path, "steps of one workflow", "", false});
    }
    for (const ci::Job& job : model_.project.workflows.back().jobs) {
      for (const ci::Step& step : job.steps) {
        if (!step.run.empty()) read_run_lines(file, step);
      }
    }
  }

  /// `docker run` in a workflow's script is a workload like any other.
  static void read_run_lines(Loaded& file, const ci::Step& step) {
    std::vector<std::uint32_t> line_offsets;
    const auto size = static_cast<std::uint32_t>(step.run.size());
    for (std::uint32_t at = 0; at < size;) {
      line_offsets.push_back(step.source(Span{at, at}).span.begin);
      const std::size_t newline = step.run.find('\n', at);
      if (newline == std::string_view::npos) break;
      at = static_cast<std::uint32_t>(newline) + 1;
    }
    if (!command_line::read_script(*file.source, step.run, line_offsets, file.workloads)) {
      file.incomplete.push_back(
          {"limit", file.path, "too long a script: some run lines were not read", "", false});
    }
  }

  void add_to_project(const Loaded& file) {
    Project& project = model_.project;
    switch (file.content) {
      case Content::kDockerfile: project.dockerfiles.push_back(file.path); break;
      case Content::kCompose: project.compose_files.push_back(file.path); break;
      case Content::kManifest: project.manifests.push_back(file.path); break;
      case Content::kEnvironment: project.env_files.push_back(file.path); break;
      case Content::kUpdateBot:
        if (!file.tree->documents.empty()) {
          project.bots.push_back(read_update_bot(*file.tree, file.bot_kind));
        }
        break;
      case Content::kIgnore:
        if (file.path == path::join(project.root, ".gitignore")) {
          project.gitignore = file.source.get();
        }
        break;
      case Content::kSeccompProfile: project.seccomp_profiles.push_back(file.source.get()); break;
      default: break;
    }
  }

  void collect_seccomp() {
    Project& project = model_.project;
    project.has_containers = !model_.workloads.empty();
    for (const Workload* workload : model_.workloads) {
      const Value<std::string>& profile = workload->seccomp;
      if (!profile.is_known()) project.seccomp_in_use.emplace_back();
      if (profile.is_known() && profile.is_set()) project.seccomp_in_use.push_back(profile.value);
    }
  }

  void collect_workloads() {
    for (const auto& project : model_.compose) {
      for (Workload& service : project->services) model_.workloads.push_back(&service);
    }
    for (Workload& container : model_.manifests.workloads) model_.workloads.push_back(&container);
    for (Loaded& file : inputs_.targets()) {
      for (Workload& workload : file.workloads) model_.workloads.push_back(&workload);
    }
  }

  /// The containers of an engine, and those that one `docker inspect` has listed.
  void collect_hosts() {
    for (const Loaded& file : inputs_.targets()) {
      if (file.source == nullptr) continue;
      const bool is_list = file.content == Content::kInspect && !file.live &&
                           !file.tree->documents.empty() &&
                           file.tree->documents.front().root->is_sequence();
      if (file.content == Content::kEngine) {
        add_host(file, {0, 1}, /*whole=*/file.incomplete.empty());
      } else if (is_list && !file.workloads.empty()) {
        const std::uint32_t begin = file.tree->documents.front().root->span.begin;
        add_host(file, {begin, begin + 1}, /*whole=*/false);
      }
    }
  }

  void add_host(const Loaded& of, Span span, bool whole) {
    Host& host = model_.hosts.emplace_back();
    host.id = of.live ? of.path : of.path + "#host";
    host.place = {of.source.get(), span};
    host.whole = whole;
    for (const Loaded& file : inputs_.targets()) {
      const bool belongs = of.live ? file.live : &file == &of;
      if (!belongs) continue;
      for (const Workload& container : file.workloads) host.containers.push_back(&container);
    }
  }

  void link() {
    const DockerfileAt at = [this](std::string_view path) -> const dockerfile::Dockerfile* {
      const Loaded* file = inputs_.find(path);
      return file == nullptr ? nullptr : file->dockerfile.get();
    };
    for (Workload* workload : model_.workloads) {
      if (workload->build) load_build(*workload);
      link_image(*workload, at);
      link_service(*workload, model_.compose, inputs_.working_folder());
    }
  }

  /// A Dockerfile outside the targets, or inside the Compose file, still decides what runs.
  void load_build(Workload& workload) {
    Build& build = *workload.build;
    if (!build.inline_dockerfile.empty()) {
      build.dockerfile = workload.id + "/Dockerfile";
      inputs_.add_text(build.dockerfile, build.inline_dockerfile, FileKind::kDockerfile);
    } else if (build.known && !build.dockerfile.empty()) {
      inputs_.refer(build.dockerfile, FileKind::kDockerfile);
    }
  }

  Inputs& inputs_;
  Model& model_;
};

}  // namespace

Model read_model(Inputs& inputs) {
  Model model;
  Reading(inputs, model).run();
  return model;
}

}  // namespace plimsoll::scan
