#include "image/engine_stream.h"

#include <gtest/gtest.h>

#include <map>

#include "http/sample_server.h"
#include "image/find_image.h"
#include "image/sample_folder.h"

namespace plimsoll::image {
namespace {

using http::SampleServer;

class EngineStreamTest : public testing::Test {
 protected:
  [[nodiscard]] ImageRequest request(const std::string& name = {}) {
    ImageRequest request{.name = name};
    request.variable = [this](std::string_view key) { return variables_[std::string(key)]; };
    return request;
  }
  /// What is read of a source, or why it is not.
  std::string read(const std::string& name) {
    auto found = find_image(request(name));
    if (!found) return std::string(to_string(found.error().code)) + ": " + found.error().message;
    std::string bytes(100, '\0');
    const auto got = archive::read_fully(*found->stream, bytes);
    if (!got) return "broken: " + got.error().message;
    return bytes.substr(0, *got) + (found->is_file_system ? " of a file system" : "");
  }
  std::string sockets(EngineKind kind) {
    const auto found = engine_sockets(kind, request());
    if (!found) return found.error().message;
    std::string text;
    for (const std::string& each : *found) text += (text.empty() ? "" : " ") + each;
    return text;
  }

  SampleFolder folder_;
  std::string path_ = folder_.path() + "/s";
  std::map<std::string, std::string> variables_;
};

TEST_F(EngineStreamTest, SocketsAreTheOnesThatAreNamedOrUsual) {
  EXPECT_EQ(sockets(EngineKind::kDocker), "/var/run/docker.sock");
  EXPECT_EQ(sockets(EngineKind::kPodman), "/run/podman/podman.sock");
  variables_["XDG_RUNTIME_DIR"] = "/run/user/1";
  EXPECT_EQ(sockets(EngineKind::kDocker), "/var/run/docker.sock /run/user/1/docker.sock");
  EXPECT_EQ(sockets(EngineKind::kPodman), "/run/user/1/podman/podman.sock /run/podman/podman.sock");
  variables_["DOCKER_HOST"] = "unix:///x";
  EXPECT_EQ(sockets(EngineKind::kDocker), "/x");
  variables_["DOCKER_HOST"] = "ssh://ada:secret@host";
  EXPECT_EQ(sockets(EngineKind::kDocker),
            "DOCKER_HOST names no unix socket; only unix://PATH can be asked");
}

TEST_F(EngineStreamTest, GivesWhatTheEngineAnswers) {
  const SampleServer engine([](const std::string&) { return SampleServer::answer(200, "a tar"); },
                            path_);
  variables_["DOCKER_HOST"] = variables_["CONTAINER_HOST"] = "unix://" + path_;
  EXPECT_EQ(read("docker:team/app:1"), "a tar");
  EXPECT_EQ(read("podman:app"), "a tar");
  EXPECT_EQ(read("container:web"), "a tar of a file system");
  const auto heard = engine.heard();
  ASSERT_EQ(heard.size(), 4U);
  EXPECT_TRUE(heard[0].starts_with("GET /images/team/app:1/get ")) << heard[0];
  EXPECT_TRUE(heard[1].starts_with("GET /images/app/get ")) << heard[1];
  EXPECT_TRUE(heard[2].starts_with("GET /containers/web/export ")) << heard[2];
  EXPECT_TRUE(heard[3].starts_with("GET /containers/web/json ")) << heard[3];  // which processes
}

TEST_F(EngineStreamTest, TellsWhatTheEngineSaysAgainstIt) {
  int status = 404;
  const SampleServer engine(
      [&](const std::string&) { return SampleServer::answer(status, R"({"message": "no\n!"})"); },
      path_);
  variables_["DOCKER_HOST"] = "unix://" + path_;
  EXPECT_EQ(read("docker:app"), "not found: the engine does not have it ('no !')");
  status = 500;
  EXPECT_EQ(read("docker:app"), "environment: the engine answers with status 500 ('no !')");
}

TEST_F(EngineStreamTest, AnAnswerThatIsCutIsTold) {
  const SampleServer engine(
      [](const std::string&) {
        return "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na tar\r\n";
      },
      path_);
  variables_["DOCKER_HOST"] = "unix://" + path_;
  EXPECT_TRUE(read("docker:app").starts_with("broken: ")) << read("docker:app");
}

TEST_F(EngineStreamTest, NoEngineIsTold) {
  variables_["DOCKER_HOST"] = "unix:///nonexistent/socket";
  EXPECT_EQ(read("docker:app"),
            "environment: no engine: there is no socket at /nonexistent/socket");
}

}  // namespace
}  // namespace plimsoll::image
