#include <csignal>
#include <string>
#include <vector>

#include "cli/program.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), not a death
  return plimsoll::cli::Program().run(std::vector<std::string>(argv + 1, argv + argc));
}
