#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"
#include "core/result.h"

namespace plimsoll::image::registry {

struct Credential {
  std::string user;
  std::string password;
  std::string identity_token;  ///< traded for a token instead of a password
  std::string registry_token;  ///< is the token
};

using Variable = std::function<std::string(std::string_view name)>;
/// Asks `docker-credential-<helper>` for a host. Nothing: it knows no credentials.
using AskHelper = std::function<Result<std::optional<Credential>>(const std::string& helper,
                                                                  const std::string& host)>;

/// What `docker login`, `podman login` and `skopeo login` have kept, in the order in which they are
/// looked at: REGISTRY_AUTH_FILE; config.json of DOCKER_CONFIG or ~/.docker; containers/auth.json
/// of XDG_RUNTIME_DIR and of ~/.config. Sources:
/// https://docs.docker.com/reference/cli/docker/login/, containers-auth.json(5)
class Credentials {
 public:
  Credentials(const FileSystem& files, Variable variable, AskHelper ask)
      : files_(files), variable_(std::move(variable)), ask_(std::move(ask)) {}

  /// @param host  "docker.io", "registry.example:5000"     @param repository  "team/app"
  /// @error kInvalid  a file of them is broken     @error kEnvironment  a helper fails
  [[nodiscard]] Result<std::optional<Credential>> find(const std::string& host,
                                                       const std::string& repository) const;

 private:
  [[nodiscard]] std::vector<std::string> paths() const;

  const FileSystem& files_;
  Variable variable_;
  AskHelper ask_;
};

}  // namespace plimsoll::image::registry
