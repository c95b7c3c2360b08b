#pragma once

#include <vector>

#include "check/rule.h"

namespace plimsoll::check {

/// What is known around a Dockerfile; all pointers may be null.
struct DockerfileContext {
  const IgnoreFile* dockerignore = nullptr;
  bool context_known = false;
  const Project* project = nullptr;
  std::vector<const Workload*> workloads;
};

/// Finds the target, its lineage and each stage's base image. `file` and what `context` points to
/// must outlive the view.
[[nodiscard]] DockerfileView view_of(const dockerfile::Dockerfile& file,
                                     const DockerfileContext& context);

}  // namespace plimsoll::check
