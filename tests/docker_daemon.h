#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {

/// A Docker engine of its own: its socket, its images and its containers are in a temporary folder
/// and gone with it. Nothing of an engine that runs already is touched.
class DockerDaemon {
 public:
  /// Starts it. Where that cannot be done, why is said on standard output and is_ready() is false.
  DockerDaemon();
  DockerDaemon(const DockerDaemon&) = delete;
  DockerDaemon& operator=(const DockerDaemon&) = delete;
  ~DockerDaemon();

  [[nodiscard]] bool is_ready() const { return ready_; }
  /// "unix:///…", as DOCKER_HOST has it.
  [[nodiscard]] std::string host() const { return "unix://" + folder_.path() + "/d.sock"; }
  [[nodiscard]] const Folder& folder() const { return folder_; }

  /// Runs `docker` against it.
  [[nodiscard]] Outcome docker(std::vector<std::string> arguments) const;
  /// Runs the plimsoll under test in folder(), with this engine.
  [[nodiscard]] Outcome plimsoll(std::vector<std::string> arguments,
                                 std::vector<std::string> environment = {}) const;

 private:
  void start(const std::string& program);
  [[nodiscard]] bool wait_until_it_answers();

  Folder folder_;
  std::string docker_;
  pid_t child_ = -1;
  bool ready_ = false;
};

}  // namespace plimsoll::test
