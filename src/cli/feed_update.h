#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/exit.h"

/// `plimsoll db update`.
namespace plimsoll::cli {

struct UpdateFlags {
  std::vector<std::string> feeds;
  std::vector<std::string> ecosystems;
  std::vector<std::string> mirrors;
  std::string folder;  ///< where feeds are kept
  bool only_mirrors = false;
  bool allow_older = false;
  bool insecure = false;
  bool list = false;
};

void declare(CLI::App& app, UpdateFlags& flags);

/// Downloads what is newer than what is kept, and makes the database of it anew.
/// @param database  its path
[[nodiscard]] Exit update_database(const UpdateFlags& flags, const std::string& database,
                                   bool quiet);
/// What would be downloaded, and from where.
[[nodiscard]] Exit list_feeds(const UpdateFlags& flags, bool as_json);

}  // namespace plimsoll::cli
