#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "core/file_system.h"
#include "core/finding.h"
#include "parse/dockerfile.h"
#include "parse/node.h"
#include "project/project.h"
#include "scan/discover.h"
#include "workload/workload.h"

namespace plimsoll::scan {

/// What a file turned out to be.
enum class Content : std::uint8_t {
  kNone,  ///< not ours
  kDockerfile,
  kCompose,
  kManifest,
  kWorkflow,
  kUpdateBot,
  kInspect,
  kQuadlet,
  kScript,
  kIgnore,  ///< .dockerignore, .gitignore
  kEnvironment,
  kEngine,  ///< the list of an engine's containers
  kSeccompProfile,
};

/// One file, read and parsed. Trees point into `source`.
struct Loaded {
  std::string path;
  Content content = Content::kNone;
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<dockerfile::Dockerfile> dockerfile;
  std::unique_ptr<Tree> tree;
  std::deque<Workload> workloads;  ///< of scripts, quadlets, inspect files
  ci::System ci_system = ci::System::kGitHub;
  UpdateBot::Kind bot_kind = UpdateBot::Kind::kDependabot;
  std::vector<Incomplete> incomplete;
  bool live = false;  ///< an engine's answer, not a file
};

struct LoadOptions {
  bool as_inspect = false;
};

/// Reads, recognises and parses one file. Never fails: what went wrong is in `incomplete`.
[[nodiscard]] Loaded load(const FileSystem& files, const Candidate& candidate,
                          const LoadOptions& options);
/// As load(), for bytes that are already here (standard input).
[[nodiscard]] Loaded load_text(std::string path, std::string text, const Candidate& candidate,
                               const LoadOptions& options);

}  // namespace plimsoll::scan
