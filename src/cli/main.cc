#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "cli/docker_plugin.h"
#include "cli/program.h"
#include "core/exit.h"
#include "image/worker.h"

namespace docker_plugin = plimsoll::cli::docker_plugin;

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), not a death
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() == 1 && arguments[0] == plimsoll::image::kWorkerArgument) {
      return plimsoll::image::run_worker();
    }
    if (docker_plugin::is_called(argv[0], arguments)) return docker_plugin::run(arguments);
    return plimsoll::cli::Program().run(arguments);
  } catch (const std::exception& error) {  // no memory, no threads: a status, never a death
    std::fprintf(stderr, "plimsoll: %s\n", error.what());
    return static_cast<int>(plimsoll::Exit::kEnvironment);
  }
}
