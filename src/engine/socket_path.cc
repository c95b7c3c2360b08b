#include "core/path.h"
#include "engine/engine.h"

namespace plimsoll::engine {
namespace {

constexpr std::string_view kUnix = "unix://";

/// DOCKER_HOST may hold a name and a password: only its scheme is shown.
std::string scheme_of(std::string_view host) {
  const std::size_t end = host.find("://");
  return end == std::string_view::npos ? "no scheme" : "'" + std::string(host.substr(0, end)) + "'";
}

}  // namespace

Result<std::string> find_socket(const FileSystem& files, const Surroundings& surroundings) {
  const std::string_view host = surroundings.docker_host;
  if (host.starts_with(kUnix) && host.size() > kUnix.size()) {
    return std::string(host.substr(kUnix.size()));
  }
  if (!host.empty()) {
    return fail(ErrorCode::kEnvironment, "the engine is named by " + scheme_of(host) +
                                             "; only DOCKER_HOST=unix://PATH can be asked (for "
                                             "another host, save the output of `docker "
                                             "inspect` there and audit that)");
  }
  std::vector<std::string> sockets{"/var/run/docker.sock"};
  if (!surroundings.runtime_folder.empty()) {
    sockets.push_back(path::join(surroundings.runtime_folder, "podman/podman.sock"));
  }
  sockets.emplace_back("/run/podman/podman.sock");
  std::string tried;
  for (const std::string& socket : sockets) {
    const auto kind = files.kind(socket, true);
    // A folder that may not be entered hides a socket: what the call says then is more helpful.
    if (kind || kind.error().code == ErrorCode::kUnreadable) return socket;
    tried += (tried.empty() ? "" : ", ") + socket;
  }
  return fail(ErrorCode::kEnvironment, "no container engine: there is no socket at " + tried +
                                           " (start Docker or Podman, or name its socket with "
                                           "DOCKER_HOST=unix://PATH)");
}

}  // namespace plimsoll::engine
