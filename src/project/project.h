#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/logical_text.h"
#include "parse/node.h"
#include "parse/shell.h"

/// A repository as far as container security depends on it: what builds and scans its images, what
/// keeps its bases up to date, what its ignore files let through.
namespace plimsoll {

namespace ci {

enum class System : std::uint8_t { kGitHub, kGitLab };

/// One step of a job: a script (`run:`, `script:` line) or a used action / image.
/// `script` holds views into its own arena, so a Step moves and never copies.
struct Step {
  Step() = default;
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  Step(Step&&) = default;
  Step& operator=(Step&&) = default;
  ~Step() = default;

  const Node* node = nullptr;
  std::string_view name;
  std::string_view uses;  ///< GitHub: "docker/build-push-action@v6"
  Place uses_place;
  const Node* with = nullptr;  ///< GitHub: inputs of the action
  std::string_view run;        ///< the script's text after YAML
  const Node* run_node = nullptr;
  /// Of `run`; offsets and views into `run`. `${{ … }}` and `$[[ … ]]` are words that expand.
  shell::Script script;
  LogicalText written;             ///< `run` back to the file; text "" when that is not exact
  bool continue_on_error = false;  ///< surely true: continue-on-error / allow_failure
  Place place;                     ///< short: the `uses` or `run` key's line
  /// Place in the file of something in `script`: exact when the scalar is literal or one line,
  /// otherwise the whole scalar.
  [[nodiscard]] Place source(Span in_script) const;
};

/// GitLab: also `default` and hidden templates (".x"), so that each script is read where it stands.
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
  /// GitHub: inputs whose text the caller chooses, in lower case and sorted: all of a composite
  /// action, those of type string of a workflow_call.
  std::vector<std::string> caller_inputs;
  bool truncated = false;  ///< a limit of core/limits.h tripped: steps are missing
};

/// .github/workflows/*.yml (also .gitea, .forgejo); .gitlab-ci.yml, *.gitlab-ci.yml, .gitlab/ci/.
[[nodiscard]] std::optional<System> system_of(std::string_view path);
/// By content: also composite actions (action.yml), which are read as one job.
[[nodiscard]] std::optional<System> system_of(const Node& root);
/// Views into `tree` and its SourceFile, which must outlive the result. Never fails: values of an
/// unexpected type are as good as absent.
/// Sources: docs.github.com "Workflow syntax", "Metadata syntax"; docs.gitlab.com "CI/CD YAML".
[[nodiscard]] Workflow read(const Tree& tree, System system);

/// Compact form for tests: a line per job and step,
/// `job <name> [allow-failure] [image=…] [service=…]…`, then `  uses …` or `  run <commands>: …`
/// with the script's line ends as `⏎`, `?` for a script that was not understood and `!` for a step
/// that may fail.
[[nodiscard]] std::string dump(const Workflow& workflow);

}  // namespace ci

/// Which manifests an update bot watches.
struct UpdateEntry {
  std::string_view ecosystem;        ///< Dependabot: "docker", "docker-compose", "npm", …
  std::vector<std::string> folders;  ///< normalised, relative to the root; globs allowed
  Place place;
  const Node* node = nullptr;
};

/// Opens pull requests at all: not open-pull-requests-limit: 0, nor everything ignored.
[[nodiscard]] bool is_active(const UpdateEntry& entry);
/// A Dependabot entry looks at files of this folder ("." for the root), not of those below it.
/// In its globs `*` stays in one folder and `**` does not; `**/*` takes the root too.
[[nodiscard]] bool covers(const UpdateEntry& entry, std::string_view folder);

struct UpdateBot {
  enum class Kind : std::uint8_t { kDependabot, kRenovate };
  Kind kind = Kind::kDependabot;
  const SourceFile* file = nullptr;
  const Node* root = nullptr;
  std::vector<UpdateEntry> entries;  ///< Dependabot
  bool enabled = true;               ///< Renovate: false when disabled as a whole
  bool docker_enabled = true;        ///< Renovate: some docker manager is not switched off
  /// Renovate: those left on of "dockerfile", "docker-compose", "kubernetes", "helm-values".
  std::vector<std::string_view> docker_managers;
  bool pins_digests =
      false;  ///< Renovate: docker:pinDigests, pinDigests: true, config:best-practices
  bool has_cooldown = false;  ///< Dependabot cooldown / Renovate minimumReleaseAge
};

[[nodiscard]] std::optional<UpdateBot::Kind> update_bot_of(std::string_view path);
/// By content: a package.json with Renovate's configuration inside.
[[nodiscard]] std::optional<UpdateBot::Kind> update_bot_of(const Node& root);
/// Renovate's files want parse_json() with `relaxed`, except for package.json. Presets are known by
/// name only; nothing is fetched. Views into `tree`, which must outlive the result.
/// Sources: docs.github.com "Dependabot options reference"; docs.renovatebot.com.
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
  std::vector<std::string> manifests;               ///< Kubernetes
  std::vector<std::string> env_files;               ///< .env and friends found
  const SourceFile* gitignore = nullptr;            ///< the root's
  std::vector<const SourceFile*> seccomp_profiles;  ///< JSON files that are one
  /// What the audit's containers name as theirs: a path or a name as written; "" for a variable.
  std::vector<std::string> seccomp_in_use;
  bool has_containers = false;  ///< some service, container or run line was audited
};

}  // namespace plimsoll
