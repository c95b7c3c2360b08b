#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/node.h"
#include "parse/shell.h"

/// A repository as far as container security depends on it: what builds and scans its images, what
/// keeps its bases up to date, what its ignore files let through.
namespace plimsoll {

namespace ci {

enum class System : std::uint8_t { kGitHub, kGitLab };

/// One step of a job: a script (`run:`, `script:` line) or a used action / image.
struct Step {
  const Node* node = nullptr;
  std::string_view name;
  std::string_view uses;  ///< GitHub: "docker/build-push-action@v6"
  Place uses_place;
  const Node* with = nullptr;  ///< GitHub: inputs of the action
  std::string_view run;        ///< the script's text after YAML
  const Node* run_node = nullptr;
  shell::Script script;            ///< of `run`; offsets into `run`
  bool continue_on_error = false;  ///< continue-on-error / allow_failure
  Place place;                     ///< short: the `uses` or `run` key's line
  /// Place in the file of something in `script`: exact when the scalar is literal or one line,
  /// otherwise the whole scalar.
  [[nodiscard]] Place source(Span in_script) const;
};

struct Job {
  std::string_view name;
  const Node* node = nullptr;
  std::vector<Step> steps;
  std::string_view image;  ///< container image the job runs in
  Place image_place;
  std::vector<std::pair<std::string_view, Place>> services;  ///< service container images
  bool allow_failure = false;
  Place place;
};

struct Workflow {
  System system = System::kGitHub;
  const SourceFile* file = nullptr;
  const Tree* tree = nullptr;
  const Node* root = nullptr;
  std::vector<Job> jobs;
  std::vector<std::string_view> triggers;  ///< GitHub `on:` events
};

/// .github/workflows/*.yml; .gitlab-ci.yml, *.gitlab-ci.yml; or by content when named explicitly.
[[nodiscard]] std::optional<System> system_of(std::string_view path);
[[nodiscard]] std::optional<System> system_of(const Node& root);
[[nodiscard]] Workflow read(const Tree& tree, System system);

}  // namespace ci

/// Which manifests an update bot watches.
struct UpdateEntry {
  std::string_view ecosystem;        ///< Dependabot: "docker", "docker-compose", "npm", …
  std::vector<std::string> folders;  ///< normalised, relative to the root; globs allowed
  Place place;
  const Node* node = nullptr;
};

struct UpdateBot {
  enum class Kind : std::uint8_t { kDependabot, kRenovate };
  Kind kind = Kind::kDependabot;
  const SourceFile* file = nullptr;
  const Node* root = nullptr;
  std::vector<UpdateEntry> entries;  ///< Dependabot
  bool enabled = true;               ///< Renovate: false when disabled as a whole
  bool docker_enabled = true;        ///< Renovate: its docker managers are not switched off
  bool pins_digests =
      false;  ///< Renovate: docker:pinDigests, pinDigests: true, config:best-practices
  bool has_cooldown = false;  ///< Dependabot cooldown / Renovate minimumReleaseAge
};

[[nodiscard]] std::optional<UpdateBot::Kind> update_bot_of(std::string_view path);
[[nodiscard]] UpdateBot read_update_bot(const Tree& tree, UpdateBot::Kind kind);

/// A file that the audit knows of, whether judged or not.
struct ProjectFile {
  std::string path;  ///< relative to the project's root
};

/// Everything below one folder that was audited.
struct Project {
  std::string root;            ///< as shown; "." for the current folder
  bool is_repository = false;  ///< has .git, or CI or bot configuration: worth judging as a whole
  std::vector<ci::Workflow> workflows;
  std::vector<UpdateBot> bots;
  std::vector<std::string> dockerfiles;  ///< paths
  std::vector<std::string> compose_files;
  std::vector<std::string> manifests;     ///< Kubernetes
  std::vector<std::string> env_files;     ///< .env and friends found
  const SourceFile* gitignore = nullptr;  ///< the root's
};

}  // namespace plimsoll
