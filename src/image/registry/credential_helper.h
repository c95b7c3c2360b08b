#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/result.h"
#include "image/registry/credentials.h"

namespace plimsoll::image::registry {

/// Runs `docker-credential-<helper> get`: the host to its standard input, JSON from its standard
/// output. Source: https://github.com/docker/docker-credential-helpers#development
/// @param helper  of a-z, 0-9 and '-'; found in PATH
/// @error kUsage        a name that could be a path or an option
/// @error kEnvironment  there is no such program, it fails, says nonsense or takes too long
[[nodiscard]] Result<std::optional<Credential>> ask_credential_helper(
    const std::string& helper, const std::string& host,
    std::chrono::seconds most_time = std::chrono::seconds(30));

}  // namespace plimsoll::image::registry
