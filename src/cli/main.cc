#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "cli/program.h"
#include "core/exit.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), not a death
  try {
    return plimsoll::cli::Program().run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {  // no memory, no threads: a status, never a death
    std::fprintf(stderr, "plimsoll: %s\n", error.what());
    return static_cast<int>(plimsoll::Exit::kEnvironment);
  }
}
