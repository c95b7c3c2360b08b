#include "check/socket_use.h"

#include <cstdint>
#include <string_view>

#include "check/pulled_image.h"

namespace plimsoll::check {
namespace {

enum class Use : std::uint8_t {
  kReads,     ///< lists containers and listens to events
  kRestarts,  ///< and restarts them
  kUpdates,   ///< replaces containers
  kManages,   ///< is there to do everything
  kBuilds,    ///< starts containers for jobs
  kMeasures,  ///< only adds names to what it reads elsewhere
  kCollects,  ///< reads logs
};

struct SocketUser {
  std::string_view image;  ///< last component of its name
  Use use;
  std::string_view allows;  ///< of tecnativa/docker-socket-proxy
  std::string_view hint = {};
};

constexpr SocketUser kUsers[] = {
    {"traefik", Use::kReads, "CONTAINERS=1",
     "point providers.docker.endpoint to it, or use the file provider"},
    {"caddy-docker-proxy", Use::kReads, "CONTAINERS=1 NETWORKS=1 INFO=1", "set DOCKER_HOST"},
    {"nginx-proxy", Use::kReads, "CONTAINERS=1", "set DOCKER_HOST"},
    {"docker-gen", Use::kReads, "CONTAINERS=1", "set DOCKER_HOST"},
    {"dozzle", Use::kReads, "CONTAINERS=1 INFO=1", "set DOZZLE_REMOTE_HOST or DOCKER_HOST"},
    {"homepage", Use::kReads, "CONTAINERS=1", "name it in docker.yaml"},
    {"homarr", Use::kReads, "CONTAINERS=1", "set DOCKER_HOSTNAMES"},
    {"uptime-kuma", Use::kReads, "CONTAINERS=1", "add it as a Docker host over TCP"},
    {"diun", Use::kReads, "CONTAINERS=1 IMAGES=1", "set its Docker provider's endpoint"},
    {"telegraf", Use::kReads, "CONTAINERS=1 INFO=1", "set the docker input's endpoint"},
    {"netdata", Use::kReads, "CONTAINERS=1", "set DOCKER_HOST"},
    {"glances", Use::kReads, "CONTAINERS=1", "set DOCKER_HOST"},
    {"autoheal", Use::kRestarts, "CONTAINERS=1 ALLOW_RESTARTS=1", "set DOCKER_SOCK to its address"},
    {"watchtower", Use::kUpdates, ""},
    {"ouroboros", Use::kUpdates, ""},
    {"portainer", Use::kManages, ""},
    {"portainer-ce", Use::kManages, ""},
    {"portainer-ee", Use::kManages, ""},
    {"dockge", Use::kManages, ""},
    {"yacht", Use::kManages, ""},
    {"gitlab-runner", Use::kBuilds, ""},
    {"act_runner", Use::kBuilds, ""},
    {"jenkins", Use::kBuilds, ""},
    {"drone-runner-docker", Use::kBuilds, ""},
    {"woodpecker-agent", Use::kBuilds, ""},
    {"localstack", Use::kBuilds, ""},
    {"cadvisor", Use::kMeasures, ""},
    {"promtail", Use::kCollects, ""},
    {"alloy", Use::kCollects, ""},
    {"filebeat", Use::kCollects, ""},
    {"fluent-bit", Use::kCollects, ""},
    {"fluentd", Use::kCollects, ""},
    {"vector", Use::kCollects, ""},
};

std::string advice(const SocketUser& user) {
  switch (user.use) {
    case Use::kReads:
    case Use::kRestarts:
      return "a tecnativa/docker-socket-proxy with " + std::string(user.allows) +
             " on a network that only the two share lets through what it needs: " +
             std::string(user.hint);
    case Use::kUpdates:
      return "it creates containers, so that no proxy can hold it back: let a timer on the host "
             "run "
             "'docker compose pull' and 'docker compose up -d', or an update bot change the tags";
    case Use::kManages:
      return "it is there to govern the engine: give it a rootless engine's socket, and keep it "
             "off "
             "public networks";
    case Use::kBuilds:
      return "give its jobs an engine of their own, rootless where that will do, or build with "
             "rootless BuildKit";
    case Use::kMeasures: return "its figures come from cgroups; the socket only adds names";
    case Use::kCollects:
      return "let it read the log files, or the engine send them by its logging driver";
  }
  return {};
}

}  // namespace

std::string instead_of_socket(const Workload& workload) {
  const std::string_view name = image_base_name(workload);
  for (const SocketUser& user : kUsers) {
    if (user.image == name) return advice(user);
  }
  return "a socket proxy that lets through only the calls it needs, the engine's API over TLS, or "
         "rootless Podman";
}

}  // namespace plimsoll::check
