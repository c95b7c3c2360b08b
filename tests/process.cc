#include "process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

namespace plimsoll::test {
namespace {

struct Pipe {
  int read_end = -1;
  int write_end = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
      read_end = ends[0];
      write_end = ends[1];
    }
  }
};

/// The child: its three streams are the pipes.
[[noreturn]] void become(const std::vector<std::string>& arguments,
                         const std::vector<std::string>& environment, const Pipe& in,
                         const Pipe& out, const Pipe& err) {
  ::dup2(in.read_end, STDIN_FILENO);
  ::dup2(out.write_end, STDOUT_FILENO);
  ::dup2(err.write_end, STDERR_FILENO);
  std::vector<std::string> variables = environment;
  for (const std::string name_and_value :
       {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "SOURCE_DATE_EPOCH=1795219200"}) {
    const std::string name = name_and_value.substr(0, name_and_value.find('=') + 1);
    const bool given = std::any_of(environment.begin(), environment.end(),
                                   [&name](const auto& each) { return each.starts_with(name); });
    if (!given) variables.push_back(name_and_value);
  }
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (const std::string& variable : variables) envp.push_back(const_cast<char*>(variable.c_str()));
  envp.push_back(nullptr);
  ::execve(argv[0], argv.data(), envp.data());
  ::_exit(127);
}

/// Appends what is there; false at the end of the stream.
bool drain(int fd, std::string& into) {
  std::array<char, 65536> buffer{};
  const ssize_t count = ::read(fd, buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  into.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

}  // namespace

Outcome run(const std::vector<std::string>& arguments, const std::string& input,
            const std::vector<std::string>& environment, int timeout_seconds) {
  const Pipe in;
  const Pipe out;
  const Pipe err;
  const pid_t child = ::fork();
  if (child == 0) become(arguments, environment, in, out, err);
  ::close(in.read_end);
  ::close(out.write_end);
  ::close(err.write_end);
  ::signal(SIGPIPE, SIG_IGN);
  ::fcntl(in.write_end, F_SETFL, O_NONBLOCK);

  Outcome outcome;
  std::size_t written = 0;
  bool feeding = true;
  bool reading_out = true;
  bool reading_err = true;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(timeout_seconds);
  while (reading_out || reading_err) {
    if (feeding && written == input.size()) {
      ::close(in.write_end);
      feeding = false;
    }
    std::array<pollfd, 3> polls{{{reading_out ? out.read_end : -1, POLLIN, 0},
                                 {reading_err ? err.read_end : -1, POLLIN, 0},
                                 {feeding ? in.write_end : -1, POLLOUT, 0}}};
    ::poll(polls.data(), polls.size(), 100);
    if (polls[0].revents != 0) reading_out = drain(out.read_end, outcome.out);
    if (polls[1].revents != 0) reading_err = drain(err.read_end, outcome.err);
    if (polls[2].revents != 0) {
      const ssize_t count = ::write(in.write_end, input.data() + written, input.size() - written);
      if (count > 0) {
        written += static_cast<std::size_t>(count);
      } else if (errno != EAGAIN && errno != EINTR) {
        written = input.size();  // it does not want to hear more
      }
    }
    if (std::chrono::steady_clock::now() > deadline && !outcome.timed_out) {
      outcome.timed_out = true;
      ::kill(child, SIGKILL);
    }
  }
  if (feeding) ::close(in.write_end);
  ::close(out.read_end);
  ::close(err.read_end);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  outcome.peak_kib = usage.ru_maxrss;
  if (WIFEXITED(status)) outcome.status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  return outcome;
}

Outcome plimsoll(std::vector<std::string> arguments, const std::string& input,
                 int timeout_seconds) {
  arguments.insert(arguments.begin(), PLIMSOLL_EXECUTABLE);
  return run(arguments, input, {}, timeout_seconds);
}

std::string find_program(const std::string& name, const std::string& skipped) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string file = folder + '/' + name;
    if (::access(file.c_str(), X_OK) == 0) return file;
  }
  std::cout << "SKIPPED: " << name << " is not installed: " << skipped << '\n';
  return {};
}

Outcome plimsoll_in(const std::string& folder, std::vector<std::string> arguments) {
  // env changes the folder in the child; ours is the other tests' too.
  arguments.insert(arguments.begin(), {"/usr/bin/env", "-C", folder, PLIMSOLL_EXECUTABLE});
  return run(arguments);
}

Conversation::Conversation(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), PLIMSOLL_EXECUTABLE);
  const Pipe in;
  const Pipe out;
  Pipe err;
  ::close(err.write_end);
  err.write_end = ::dup(STDERR_FILENO);  // what it complains of belongs to the test's own output
  ::signal(SIGPIPE, SIG_IGN);
  child_ = ::fork();
  if (child_ == 0) become(arguments, {}, in, out, err);
  ::close(in.read_end);
  ::close(out.write_end);
  ::close(err.read_end);
  ::close(err.write_end);
  to_ = in.write_end;
  from_ = out.read_end;
}

Conversation::~Conversation() {
  hang_up();
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  ::close(from_);
}

bool Conversation::say(const std::string& bytes) const {
  std::size_t said = 0;
  while (said < bytes.size()) {
    const ssize_t count = ::write(to_, bytes.data() + said, bytes.size() - said);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) said += static_cast<std::size_t>(count);
  }
  return true;
}

void Conversation::hang_up() {
  if (to_ >= 0) ::close(to_);
  to_ = -1;
}

std::string Conversation::hear(int timeout_ms) const {
  std::string heard;
  pollfd waiting{from_, POLLIN, 0};
  if (::poll(&waiting, 1, timeout_ms) > 0) drain(from_, heard);
  return heard;
}

int Conversation::finish() {
  int status = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (::waitpid(child_, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) return -1;  // the destructor kills it
    ::usleep(1000);
  }
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "plimsoll-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  const std::filesystem::path file = std::filesystem::path(path_) / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

}  // namespace plimsoll::test
