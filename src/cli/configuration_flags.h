#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "config/configuration.h"
#include "core/file_system.h"

namespace plimsoll::cli {

/// The options by which every command that judges is configured.
struct ConfigurationFlags {
  std::string file;
  bool trust_repository = false;
  bool none = false;
};

void declare(CLI::App& app, ConfigurationFlags& flags);

/// Reads plimsoll.yaml and what else configures a run on these targets. What was not applied is
/// said on standard error; so is what is wrong, and then there is no configuration.
[[nodiscard]] std::optional<config::Configuration> read_configuration(
    const FileSystem& files, const ConfigurationFlags& flags,
    const std::vector<std::string>& targets);

}  // namespace plimsoll::cli
