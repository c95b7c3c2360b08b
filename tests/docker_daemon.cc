#include "docker_daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

namespace plimsoll::test {
namespace {

constexpr const char* kSkipped = "live containers were not tried with a real engine";
constexpr int kPolls = 300;
constexpr useconds_t kPollMicroseconds = 100'000;

/// What the engine needs to find its parts.
std::vector<std::string> callers_environment() {
  std::vector<std::string> kept;
  for (const char* name : {"PATH", "LD_LIBRARY_PATH"}) {
    if (const char* value = std::getenv(name)) kept.push_back(std::string(name) + '=' + value);
  }
  return kept;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));
  all.push_back(nullptr);
  return all;
}

std::string last_line(const std::string& path) {
  std::ifstream file(path);
  std::string last;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}

}  // namespace

DockerDaemon::DockerDaemon() {
  const std::string dockerd = find_program("dockerd", kSkipped);
  docker_ = find_program("docker", kSkipped);
  if (dockerd.empty() || docker_.empty()) return;
  if (::geteuid() != 0) {
    std::cout << "SKIPPED: not root: " << kSkipped << '\n';
    return;
  }
  start(dockerd);
  ready_ = wait_until_it_answers();
  if (!ready_) {
    std::cout << "SKIPPED: dockerd does not run here: " << kSkipped << '\n'
              << last_line(folder_.path() + "/log") << '\n';
  }
}

void DockerDaemon::start(const std::string& program) {
  const std::string& at = folder_.path();
  const std::vector<std::string> arguments{program,
                                           "--host",
                                           host(),
                                           "--data-root",
                                           at + "/data",
                                           "--exec-root",
                                           at + "/exec",
                                           "--pidfile",
                                           at + "/pid",
                                           "--config-file",
                                           folder_.write("daemon.json", "{}\n"),
                                           "--iptables=false",
                                           "--ip6tables=false",
                                           "--bridge=none",
                                           "--storage-driver=vfs"};
  const std::vector<std::string> environment = callers_environment();
  const std::vector<char*> argv = pointers(arguments);
  const std::vector<char*> envp = pointers(environment);
  const std::string log = at + "/log";
  child_ = ::fork();
  if (child_ != 0) return;
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execve(argv[0], argv.data(), envp.data());
  ::_exit(127);
}

bool DockerDaemon::wait_until_it_answers() {
  for (int i = 0; i < kPolls; ++i) {
    int status = 0;
    if (::waitpid(child_, &status, WNOHANG) != 0) {
      child_ = -1;  // it has ended
      return false;
    }
    if (docker({"version"}).status == 0) return true;
    ::usleep(kPollMicroseconds);
  }
  return false;
}

DockerDaemon::~DockerDaemon() {
  if (child_ <= 0) return;
  // It ends its containers and its containerd with it.
  int status = 0;
  ::kill(child_, SIGTERM);
  for (int i = 0; i < kPolls; ++i) {
    if (::waitpid(child_, &status, WNOHANG) != 0) return;
    ::usleep(kPollMicroseconds);
  }
  ::kill(child_, SIGKILL);
  ::waitpid(child_, &status, 0);
}

Outcome DockerDaemon::docker(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {docker_, "--host", host()});
  return run(arguments, {}, {"HOME=" + folder_.path()});
}

Outcome DockerDaemon::plimsoll(std::vector<std::string> arguments,
                               std::vector<std::string> environment) const {
  arguments.insert(arguments.begin(), {"/usr/bin/env", "-C", folder_.path(), PLIMSOLL_EXECUTABLE});
  environment.push_back("DOCKER_HOST=" + host());
  return run(arguments, {}, environment);
}

}  // namespace plimsoll::test
