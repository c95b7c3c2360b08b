#include "image/registry/endpoint.h"

#include <gtest/gtest.h>

namespace plimsoll::image::registry {
namespace {

class EndpointTest : public testing::Test {
 protected:
  std::string find(std::string_view reference, bool insecure = false) {
    const Variable none = [](std::string_view) { return std::string(); };
    const auto found = endpoints_of(files_, none, *parse_reference(reference), insecure);
    if (!found) return "error: " + found.error().message;
    std::string text;
    for (const Endpoint& each : *found) {
      text += (text.empty() ? "" : " ") + each.host + '/' + each.repository;
      if (each.account != each.host) text += '(' + each.account + ')';
      if (each.insecure) text += '!';
    }
    return text;
  }

  MemoryFileSystem files_;
};

TEST_F(EndpointTest, IsTheHostThatTheReferenceNames) {
  EXPECT_EQ(find("debian"), "registry-1.docker.io/library/debian(docker.io)");
  EXPECT_EQ(find("r.example:5000/a"), "r.example:5000/a");
  EXPECT_EQ(find("r.example/a", true), "r.example/a!");
}

TEST_F(EndpointTest, MirrorsOfRegistriesConfComeFirst) {
  files_.add("/etc/containers/registries.conf", R"(
unqualified-search-registries = ["x.example"]
[[registry]]
prefix = "docker.io"
location = "docker.io"
[[registry.mirror]]
location = "m.example/hub"
[[registry.mirror]]
location = "n.example"
insecure = true
[[registry]]
prefix = "r.example/team"
location = "new.example/team2"
insecure = true
[[registry]]
prefix = "*.wild.example"
location = "tame.example"
)");
  files_.add("/etc/containers/registries.conf.d/1.conf",
             "[[registry]]\nlocation = \"bad.example\"\nblocked = true\n");
  EXPECT_EQ(find("debian"),
            "m.example/hub/library/debian n.example/library/debian! "
            "registry-1.docker.io/library/debian(docker.io)");
  EXPECT_EQ(find("r.example/team/app"), "new.example/team2/app!");
  EXPECT_EQ(find("r.example/teams/app"), "r.example/teams/app");
  EXPECT_EQ(find("a.wild.example/b/c"), "tame.example/b/c");
  EXPECT_EQ(find("bad.example/a"), "error: registries.conf blocks this registry");
}

TEST_F(EndpointTest, AMirrorMayBeForDigestsOnly) {
  files_.add("/etc/containers/registries.conf",
             "[[registry]]\nlocation = \"r.example\"\n[[registry.mirror]]\n"
             "location = \"m.example\"\npull-from-mirror = \"digest-only\"\n");
  EXPECT_EQ(find("r.example/a:1"), "r.example/a");
  EXPECT_EQ(find("r.example/a@sha256:" + std::string(64, '0')), "m.example/a r.example/a");
}

TEST_F(EndpointTest, DockersDaemonHasMirrorsOfItsHub) {
  files_.add("/etc/docker/daemon.json",
             R"({"registry-mirrors": ["https://m.example", "http://p.example:5000/"],
                 "insecure-registries": ["i.example:5000", "10.0.0.0/8"]})");
  EXPECT_EQ(find("debian"),
            "m.example/library/debian p.example:5000/library/debian! "
            "registry-1.docker.io/library/debian(docker.io)");
  EXPECT_EQ(find("i.example:5000/a"), "i.example:5000/a!");
  EXPECT_EQ(find("r.example/a"), "r.example/a");
}

TEST_F(EndpointTest, ABrokenFileIsTold) {
  files_.add("/etc/containers/registries.conf", "[[registry");
  EXPECT_TRUE(find("debian").starts_with("error: "));
}

}  // namespace
}  // namespace plimsoll::image::registry
