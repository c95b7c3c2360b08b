#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"
#include "core/result.h"

/// A container engine's API (Docker's, which Podman speaks too), asked for what its containers are.
/// Only GET requests: nothing is changed, nothing runs in a container.
/// Source: Docker Engine API v1.51; paths without a version are served by every engine.
namespace plimsoll::engine {

/// The one way to an engine, so that every audit also runs without one. May be used from several
/// threads at once.
class Api {
 public:
  virtual ~Api() = default;
  /// @param path  with its query, as sent: "/containers/json?all=true"
  /// @return the body of an answer with status 200
  /// @error kNotFound  status 404
  /// @error kEnvironment  nobody answers, too late, too much, or with another status
  [[nodiscard]] virtual Result<std::string> get(std::string_view path) const = 0;
  /// How messages call it: the socket's path.
  [[nodiscard]] virtual std::string name() const = 0;
};

/// What decides which engine is meant.
struct Surroundings {
  std::string docker_host;     ///< DOCKER_HOST
  std::string runtime_folder;  ///< XDG_RUNTIME_DIR
};

/// The path of the socket: DOCKER_HOST's, else Docker's own, else Podman's of the user or of root.
/// @error kEnvironment  none is there, or DOCKER_HOST names no unix socket
[[nodiscard]] Result<std::string> find_socket(const FileSystem& files,
                                              const Surroundings& surroundings);

/// Connects at each call anew, so this cannot fail.
[[nodiscard]] std::unique_ptr<Api> open_socket(std::string path);

/// One container, as text for the reader of descriptions (workload/inspect.h): JSON with sorted
/// keys, indented, so that a line means the same in every run.
///
///     {"Container": {…},        what `docker inspect` prints
///      "Processes": {…},        the answer of `docker top`; only of one that runs
///      "TaggedImage": "sha256…" the image that the container's image name stands for now
///      "UserNamespace": "host"  or "remapped" or "rootless"; left out when that is not known
///      "RemappedRoot": 100000}  the host's account behind a remapped root
struct Description {
  std::string name;
  std::string text;
};

/// A container of a list.
struct Listed {
  std::string id;
  std::string name;
};

/// An engine that has said what it is. `api` must outlive it. May be used from several threads.
class Engine {
 public:
  /// @error kEnvironment  it does not answer, or not as an engine does
  [[nodiscard]] static Result<Engine> meet(const Api& api);

  /// Running and stopped, sorted by name.
  [[nodiscard]] Result<std::vector<Listed>> containers() const;
  /// @param name  a name or an id
  /// @error kUsage  no container can be called so   @error kNotFound  none is
  [[nodiscard]] Result<Description> describe(std::string_view name) const;

 private:
  enum class UserNamespace : std::uint8_t { kUnknown, kHost, kRemapped, kRootless };

  explicit Engine(const Api& api) : api_(&api) {}

  const Api* api_;
  bool lists_processes_ = false;
  UserNamespace user_namespace_ = UserNamespace::kUnknown;
  std::int64_t remapped_root_ = -1;  ///< -1: not known
};

}  // namespace plimsoll::engine
