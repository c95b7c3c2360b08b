#include "image/registry/credential_helper.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/ascii.h"
#include "image/descriptor.h"
#include "image/node_field.h"
#include "image/package_file.h"

namespace plimsoll::image::registry {
namespace {

constexpr std::size_t kMostBytes = 64U << 10U;
/// What every helper says of a host that it does not know.
constexpr std::string_view kUnknown = "credentials not found in native keychain";

bool is_helper(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_lower(c) || ascii::is_digit(c) || c == '-';
  });
}

/// A process that is ended with this, whatever it does.
class Process {
 public:
  explicit Process(pid_t id) : id_(id) {}
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    if (id_ > 0) {
      ::kill(id_, SIGKILL);
      static_cast<void>(wait());
    }
  }
  /// @return whether it ended well
  bool wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t id_;
};

/// What it writes until it closes its output; nothing when that takes too long or is too much.
std::optional<std::string> read_all(int from, std::chrono::seconds most_time) {
  const auto end = std::chrono::steady_clock::now() + most_time;
  std::string text;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd one{from, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&one, 1, static_cast<int>(left.count())) == 0) {
      return std::nullopt;
    }
    const ssize_t got = ::read(from, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > kMostBytes) return std::nullopt;
  }
}

Result<pid_t> start(const std::string& program, int input, int output) {
  posix_spawn_file_actions_t actions{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  std::string name = program;
  std::string verb = "get";
  const std::array<char*, 3> arguments{name.data(), verb.data(), nullptr};
  pid_t id = -1;
  const int failed =
      ::posix_spawnp(&id, program.c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed == 0) return id;
  return fail(ErrorCode::kEnvironment, std::string("cannot be run: ") + std::strerror(failed),
              program);
}

Result<std::optional<Credential>> read_answer(const std::string& program, std::string text) {
  PackageFile file(program, std::move(text));
  const auto root = file.json();
  if (!root) return fail(ErrorCode::kEnvironment, "it does not answer with JSON", program);
  const std::string user(field(**root, "Username"));
  std::string secret(field(**root, "Secret"));
  if (user == "<token>") return Credential{.identity_token = std::move(secret)};
  if (user.empty() && secret.empty()) return std::nullopt;
  return Credential{.user = user, .password = std::move(secret)};
}

}  // namespace

Result<std::optional<Credential>> ask_credential_helper(const std::string& helper,
                                                        const std::string& host,
                                                        std::chrono::seconds most_time) {
  const std::string program = "docker-credential-" + helper;
  if (!is_helper(helper)) {
    return fail(ErrorCode::kUsage, "no credential helper can be called so", program);
  }
  std::array<int, 2> input{};
  std::array<int, 2> output{};
  // A socket, for a pipe whose reader has gone would end this process.
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) != 0) {
    return fail(ErrorCode::kEnvironment, std::strerror(errno), program);
  }
  Descriptor to_helper(input[0]);
  Descriptor its_input(input[1]);
  if (::pipe2(output.data(), O_CLOEXEC) != 0) {
    return fail(ErrorCode::kEnvironment, std::strerror(errno), program);
  }
  const Descriptor from_helper(output[0]);
  Descriptor its_output(output[1]);
  const auto id = start(program, its_input.get(), its_output.get());
  if (!id) return tl::unexpected(id.error());
  Process process(*id);
  its_input.reset();
  its_output.reset();
  // It may end without reading: what it says then tells why. A host fits into any buffer.
  static_cast<void>(::send(to_helper.get(), host.data(), host.size(), MSG_NOSIGNAL));
  to_helper.reset();
  auto text = read_all(from_helper.get(), most_time);
  if (!text) return fail(ErrorCode::kEnvironment, "it says too much, or nothing in time", program);
  if (process.wait()) return read_answer(program, *std::move(text));
  const std::string_view said = ascii::trim(*text);
  if (said == kUnknown) return std::nullopt;
  return fail(ErrorCode::kEnvironment, "it failed: " + std::string(said.substr(0, 200)), program);
}

}  // namespace plimsoll::image::registry
