#pragma once

#include <functional>
#include <string_view>

#include "parse/dockerfile.h"
#include "workload/workload.h"

namespace plimsoll {

/// Gives the parsed Dockerfile at a path, or null when it is not at hand.
using DockerfileAt = std::function<const dockerfile::Dockerfile*(std::string_view path)>;

/// Joins a workload with what it runs: the Dockerfile and stage it builds, and what is known of its
/// base image (or of the image that it names). Fills dockerfile, stage and image_facts.
void link_image(Workload& workload, const DockerfileAt& dockerfile_at);

}  // namespace plimsoll
