#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"
#include "core/finding.h"
#include "parse/node.h"
#include "workload/workload.h"

/// Compose files → one Project whose services are Workloads.
/// Source: the Compose specification (compose-spec/spec.md, 2026) and what `docker compose` does.
namespace plimsoll::compose {

struct Network {
  std::string name;
  bool internal = false;
  bool external = false;
  std::string driver;
  Place place;
  const Node* node = nullptr;
};

struct TopLevel {  ///< an entry of volumes:, secrets:, configs:
  std::string name;
  std::string file;  ///< secrets/configs: `file:` as resolved
  std::string environment;
  bool external = false;
  Place place;
  const Node* node = nullptr;
};

struct Project {
  std::string name;
  std::string folder;                    ///< of the first file
  const SourceFile* file = nullptr;      ///< the first file
  const Node* root = nullptr;            ///< of the first file
  std::vector<const SourceFile*> files;  ///< the first, its override, includes, extended ones
  std::deque<Workload> services;
  std::vector<Network> networks;
  std::vector<TopLevel> volumes;
  std::vector<TopLevel> secrets;
  std::vector<TopLevel> configs;
  Place version_place;                ///< of the obsolete `version:` key; file null when absent
  std::vector<TreeProblem> problems;  ///< in `file`
  std::vector<Error> errors;  ///< files that could not be read (extends, include, env_file),
                              ///< and problems in files other than `file`

  [[nodiscard]] const Workload* service(std::string_view name) const;
  [[nodiscard]] const Network* network(std::string_view name) const;
};

/// compose.yaml, compose.yml, docker-compose.yml, docker-compose.X.yaml, X.compose.yml,
/// compose.X.yml …
[[nodiscard]] bool is_compose_name(std::string_view file_name);
/// A mapping with `services:` that is a mapping of mappings with image/build/extends/….
[[nodiscard]] bool looks_like_compose(const Node& root);

/// Gives the parsed file at a path, from a cache that outlives the Project; an Error when missing.
/// Several files that refer to the same base so share one SourceFile and Tree.
using Loader = std::function<Result<const Tree*>(const std::string& path)>;
/// Gives the text of a file (.env, env_file) at a path; the SourceFile outlives the Project.
using TextLoader = std::function<Result<const SourceFile*>(const std::string& path)>;

struct Sources {
  Loader load;
  TextLoader load_text;
};

/// Reads the Compose file of `tree` and everything it refers to: `extends` (same file and others),
/// `include`, `.env` beside it for interpolation, `overrides` merged on top by the specification's
/// merge rules (!reset and !override too). Profiles are kept, every service is judged.
/// Interpolation: a variable is taken from .env, else its default, else the value is kUnknown
/// (Origin) — the caller's environment is never consulted, so the result is reproducible.
/// Entries of `jobs:` become services of the kind "job".
[[nodiscard]] std::unique_ptr<Project> read(const Tree& tree, const Sources& sources,
                                            const std::vector<const Tree*>& overrides = {});

}  // namespace plimsoll::compose
