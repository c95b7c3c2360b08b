#include "check/runtime_socket.h"

#include "core/ascii.h"
#include "core/path.h"
#include "parse/image_reference.h"

namespace plimsoll::check {
namespace {

struct Socket {
  std::string_view file;
  std::string_view engine;
};

constexpr Socket kSockets[] = {
    {"docker.sock", "Docker"},
    {"docker-cli.sock", "Docker"},
    {"containerd.sock", "containerd"},
    {"crio.sock", "CRI-O"},
    {"podman.sock", "Podman"},
    {"cri-dockerd.sock", "Docker"},
    {"dockershim.sock", "Docker"},
    {"buildkitd.sock", "BuildKit"},
    {"k3s-containerd.sock", "containerd"},
};

}  // namespace

std::string_view engine_of_socket(std::string_view path) {
  if (ascii::icontains(path, "pipe") && ascii::icontains(path, "docker_engine")) return "Docker";
  const std::string_view file = path::name(path);
  for (const Socket& socket : kSockets) {
    if (file == socket.file) return socket.engine;
  }
  return {};
}

bool is_socket_proxy(const Workload& workload) {
  if (!workload.image.is_set() || !ascii::contains(workload.image.value, "socket-proxy")) {
    return false;
  }
  const auto reference = parse_image_reference(workload.image.value);
  return reference && path::name(reference->repository).ends_with("socket-proxy");
}

}  // namespace plimsoll::check
