#pragma once

#include <string>
#include <vector>

#include "core/file_system.h"
#include "core/result.h"
#include "image/registry/credentials.h"
#include "image/registry/reference.h"

namespace plimsoll::image::registry {

/// A registry that may have an image: a mirror, or the one that the reference names.
struct Endpoint {
  std::string host;        ///< what is connected to, with its port
  std::string account;     ///< the host that credentials are kept for: "docker.io"
  std::string repository;  ///< there
  bool insecure = false;   ///< an administrator's file or the user says so
};

/// Where to ask for an image: mirrors first, as registries.conf of containers
/// (CONTAINERS_REGISTRIES_CONF, ~/.config/containers, /etc/containers with registries.conf.d) and
/// for Docker Hub as Docker's daemon.json says.
/// Sources: containers-registries.conf(5), https://docs.docker.com/docker-hub/image-library/mirror/
/// @error kInvalid      a file is broken
/// @error kEnvironment  registries.conf blocks the registry
[[nodiscard]] Result<std::vector<Endpoint>> endpoints_of(const FileSystem& files,
                                                         const Variable& variable,
                                                         const Reference& reference, bool insecure);

}  // namespace plimsoll::image::registry
