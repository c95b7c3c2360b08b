#pragma once

#include <cstdint>
#include <string>

namespace plimsoll {

/// Who can reach the container that an image is started as, and what that container can reach.
struct Exposure {
  enum class Network : std::uint8_t {
    kUnknown,
    kNone,       ///< it has no network
    kInternal,   ///< other containers and this host
    kPublished,  ///< other machines
  };
  Network network = Network::kUnknown;
  bool reaches_host = false;  ///< whoever breaks in has the host, too
  std::string from;           ///< "compose.yaml#web"
};

}  // namespace plimsoll
