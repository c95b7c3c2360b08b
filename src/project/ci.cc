
#include "core/ascii.h"
#include "core/path.h"
#include "project/ci_step.h"
#include "project/project.h"

namespace plimsoll::ci {
namespace {

const Node kNothing;

bool is_yaml(std::string_view name) {
  return name.ends_with(".yml") || name.ends_with(".yaml");
}

/// True when `path` lies directly in `folder`, wherever that is below the audited root.
bool directly_in(std::string_view path, std::string_view folder) {
  const std::string_view in = path::folder(path);
  return in == folder || (in.ends_with(folder) && in[in.size() - folder.size() - 1] == '/');
}

bool has_any(const Node& mapping, std::initializer_list<std::string_view> keys) {
  for (const Node::Entry& entry : mapping.entries) {
    for (const std::string_view key : keys) {
      if (entry.key->str() == key) return true;
    }
  }
  return false;
}

bool is_github(const Node& root) {
  const Node* const runs = root.find("runs");
  if (runs != nullptr && runs->is_mapping()) {
    const Node* const using_ = runs->find("using");
    return using_ != nullptr && using_->str() == "composite";
  }
  const Node* const jobs = root.find("jobs");
  if (jobs == nullptr || !jobs->is_mapping()) return false;
  // CircleCI and Azure have `jobs` too; only here each says where it runs or what it calls.
  for (const Node::Entry& job : jobs->entries) {
    if (job.value->is_mapping() && has_any(*job.value, {"runs-on", "uses"})) return true;
  }
  return false;
}

bool is_gitlab(const Node& root) {
  for (const Node::Entry& entry : root.entries) {
    if (entry.key->str() == "jobs" || entry.key->str() == "steps") return false;
  }
  for (const Node::Entry& entry : root.entries) {
    const Node& value = *entry.value;
    if (!value.is_mapping()) continue;
    const Node* const script = value.find("script");
    // Travis has a top-level `script`, a Drone step `commands`; a job with a list of lines is ours.
    if (script != nullptr && (script->is_scalar() || script->is_sequence())) return true;
    if (value.find("trigger") != nullptr && has_any(value, {"stage", "rules", "needs"})) {
      return true;
    }
  }
  return false;
}

/// A GitLab file may begin with a document that only declares its inputs.
const Node& root_of(const Tree& tree, System system) {
  for (const Document& document : tree.documents) {
    if (system_of(*document.root) == system) return *document.root;
  }
  return tree.documents.empty() ? kNothing : *tree.documents.front().root;
}

}  // namespace

std::optional<System> system_of(std::string_view path) {
  const std::string_view name = path::name(path);
  if (!is_yaml(name)) return std::nullopt;
  for (const std::string_view folder :
       {".github/workflows", ".gitea/workflows", ".forgejo/workflows"}) {
    if (directly_in(path, folder)) return System::kGitHub;
  }
  if (name.ends_with(".gitlab-ci.yml") || name.ends_with(".gitlab-ci.yaml")) {
    return System::kGitLab;
  }
  if (path.starts_with(".gitlab/ci/") || ascii::contains(path, "/.gitlab/ci/")) {
    return System::kGitLab;
  }
  return std::nullopt;
}

std::optional<System> system_of(const Node& root) {
  if (!root.is_mapping()) return std::nullopt;
  if (is_github(root)) return System::kGitHub;
  if (is_gitlab(root)) return System::kGitLab;
  return std::nullopt;
}

Workflow read(const Tree& tree, System system) {
  const Node& root = root_of(tree, system);
  Workflow workflow;
  workflow.system = system;
  workflow.file = tree.source;
  workflow.tree = &tree;
  workflow.root = &root;
  if (system == System::kGitHub) {
    read_github(root, workflow);
  } else {
    read_gitlab(root, workflow);
  }
  return workflow;
}

}  // namespace plimsoll::ci
