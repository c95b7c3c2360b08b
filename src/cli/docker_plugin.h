#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::cli {

/// Docker's CLI runs an executable called docker-plimsoll as `docker plimsoll`. Ours is a link to
/// plimsoll, so one file serves both.
/// Source: https://github.com/docker/cli, cli-plugins/manager and cli-plugins/hooks.
namespace docker_plugin {

/// Whether Docker's CLI calls: the name it was started by says it, or the first argument, which is
/// only Docker's.
[[nodiscard]] bool is_called(std::string_view program, const std::vector<std::string>& arguments);

/// Answers Docker's questions, else does what plimsoll does with the arguments.
/// @return the exit status
[[nodiscard]] int run(const std::vector<std::string>& arguments);

/// What `docker --help` and `docker info` say about the plugin: JSON.
[[nodiscard]] std::string metadata();

/// The arguments that are plimsoll's own: Docker repeats its global options and the plugin's name
/// before them, and calls `help plimsoll audit` for what is `audit --help` to us.
[[nodiscard]] std::vector<std::string> own_arguments(const std::vector<std::string>& arguments);

/// The engine that `docker --host=… plimsoll` names, as DOCKER_HOST would; "context://NAME" for a
/// context; "" when it names none.
[[nodiscard]] std::string chosen_host(const std::vector<std::string>& arguments);

/// What Docker shall print after a command of its own, as JSON; empty when there is nothing worth
/// saying. Docker prints no hint then.
/// @param event  JSON by Docker: which command ended, its flags, its error
[[nodiscard]] std::string hint_after(std::string_view event);

}  // namespace docker_plugin
}  // namespace plimsoll::cli
