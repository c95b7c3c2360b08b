#include "check/runtime_socket.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

TEST(RuntimeSocket, IsKnownByItsFile) {
  EXPECT_EQ(engine_of_socket("/var/run/docker.sock"), "Docker");
  EXPECT_EQ(engine_of_socket("/run/user/1000/docker.sock"), "Docker");
  EXPECT_EQ(engine_of_socket("/run/containerd/containerd.sock"), "containerd");
  EXPECT_EQ(engine_of_socket("/var/run/crio/crio.sock"), "CRI-O");
  EXPECT_EQ(engine_of_socket("//./pipe/docker_engine"), "Docker");
}

TEST(RuntimeSocket, OtherFilesAreNone) {
  for (const std::string_view path :
       {"", "/", "/var/run/mysqld/mysqld.sock", "/data/docker.sock.d", "docker.socket"}) {
    EXPECT_EQ(engine_of_socket(path), "") << path;
  }
}

TEST(SocketProxy, IsKnownByItsRepository) {
  const auto is_proxy = [](std::string_view image) {
    Workload workload;
    workload.image = {std::string(image), Origin::kSet, {}};
    return is_socket_proxy(workload);
  };
  EXPECT_TRUE(is_proxy("tecnativa/docker-socket-proxy:0.3"));
  EXPECT_TRUE(is_proxy("lscr.io/linuxserver/socket-proxy"));
  EXPECT_FALSE(is_proxy("traefik:3"));
  EXPECT_FALSE(is_proxy("example.com/socket-proxy/agent"));
}

}  // namespace
}  // namespace plimsoll::check
