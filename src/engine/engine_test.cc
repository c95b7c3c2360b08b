#include "engine/engine.h"

#include <gtest/gtest.h>

#include "engine/answer.h"
#include "engine/engine_fixture.h"

namespace plimsoll::engine {
namespace {

constexpr const char* kWeb =
    R"({"Id": "11", "Name": "/web", "Image": "sha256:aa", "State": {"Running": true},
        "Config": {"Image": "nginx:1.29"}, "HostConfig": {}})";
constexpr const char* kTop = "/containers/web/top?ps_args=-eo%20uid,pid,comm";
constexpr const char* kProcesses =
    R"({"Titles": ["UID", "PID", "COMMAND"], "Processes": [["0", "7", "nginx"]]})";

Json describe(const FakeApi& api, std::string_view name = "web") {
  const auto engine = Engine::meet(api);
  EXPECT_TRUE(engine) << engine.error().to_line();
  const auto description = engine->describe(name);
  EXPECT_TRUE(description) << description.error().to_line();
  return Json::parse(description->text);
}

std::string error_of(const FakeApi& api) {
  const auto engine = Engine::meet(api);
  if (!engine) return engine.error().to_line();
  const auto description = engine->describe("web");
  return description ? "" : description.error().to_line();
}

TEST(Describe, AsksForProcessesAndForTheTag) {
  FakeApi api;
  api.answer_as_docker();
  api.answer("/containers/web/json", kWeb);
  api.answer(kTop, kProcesses);
  api.answer("/images/docker.io/library/nginx:1.29/json", R"({"Id": "sha256:bb"})");
  const Json all = describe(api);
  EXPECT_EQ(all["Container"], Json::parse(kWeb));
  EXPECT_EQ(all["Processes"], Json::parse(kProcesses));
  EXPECT_EQ(all["TaggedImage"], "sha256:bb");
  EXPECT_EQ(all["UserNamespace"], "host");
  EXPECT_FALSE(all.contains("RemappedRoot"));
}

TEST(Describe, LeavesOutWhatItIsNotTold) {
  FakeApi api;
  api.answer_as_docker();
  api.answer("/containers/web/json", kWeb);
  api.answer("/images/docker.io/library/nginx:1.29/json", R"({"Id": "x\" y"})");
  const Json all = describe(api);
  EXPECT_FALSE(all.contains("Processes"));
  EXPECT_FALSE(all.contains("TaggedImage"));
}

TEST(Describe, AsksAStoppedContainerForNoProcesses) {
  FakeApi api;
  api.answer_as_docker();
  api.answer("/containers/web/json",
             R"({"Name": "/web", "State": {"Running": false}, "Config": {}, "HostConfig": {}})");
  static_cast<void>(describe(api));
  EXPECT_EQ(api.asked().back(), "/containers/web/json");
}

TEST(Describe, RunsNothingInPodmansContainers) {
  FakeApi api;
  api.answer_as_docker();
  api.answer("/version", R"({"Components": [{"Name": "Podman Engine"}]})");
  api.answer("/containers/web/json", kWeb);
  api.answer(kTop, kProcesses);
  EXPECT_FALSE(describe(api).contains("Processes"));
}

TEST(Describe, SaysHowUsersAreMapped) {
  FakeApi api;
  api.answer("/containers/web/json", kWeb);
  api.answer_as_docker(R"(["name=seccomp,profile=default", "name=userns"])");
  EXPECT_EQ(describe(api)["UserNamespace"], "remapped");
  EXPECT_EQ(describe(api)["RemappedRoot"], 100000);
  api.answer_as_docker(R"(["name=rootless"])");
  EXPECT_EQ(describe(api)["UserNamespace"], "rootless");
}

TEST(Describe, IsTheSameTextForTheSameAnswers) {
  FakeApi api;
  api.answer_as_docker();
  api.answer("/containers/web/json",
             R"({"Name": "/web", "HostConfig": {}, "Config": {"b": 1, "a": 2}})");
  FakeApi other;
  other.answer_as_docker();
  other.answer("/containers/web/json", R"({"Config":{"a":2,"b":1},"HostConfig":{},"Name":"/web"})");
  EXPECT_EQ(Engine::meet(api)->describe("web")->text, Engine::meet(other)->describe("web")->text);
}

TEST(Describe, NamesTheSocketAndTheCallOfAStrangeAnswer) {
  FakeApi api;
  api.answer_as_docker();
  for (const char* answer : {"", "<html>", "[]", "null", R"({"Name": "/web"})",
                             R"({"Name": "/web", "Config": [], "HostConfig": {}})",
                             R"({"Name": 5, "Config": {}, "HostConfig": {}})",
                             R"({"Name": "/a/b", "Config": {}, "HostConfig": {}})"}) {
    api.answer("/containers/web/json", answer);
    const std::string error = error_of(api);
    EXPECT_NE(error.find("/run/test.sock"), std::string::npos) << answer << ": " << error;
    EXPECT_NE(error.find("GET /containers/web/json"), std::string::npos) << answer << ": " << error;
  }
}

TEST(Describe, AsksForNamesOnly) {
  FakeApi api;
  api.answer_as_docker();
  const auto engine = Engine::meet(api);
  const std::size_t before = api.asked().size();
  for (const char* name : {"", "..", "a/../../images/json", "a?all=1", "a b"}) {
    const auto description = engine->describe(name);
    ASSERT_FALSE(description) << name;
    EXPECT_EQ(description.error().code, ErrorCode::kUsage) << name;
  }
  EXPECT_EQ(api.asked().size(), before);
}

TEST(Describe, TellsAContainerThatIsNotThere) {
  FakeApi api;
  api.answer_as_docker();
  EXPECT_EQ(Engine::meet(api)->describe("gone").error().code, ErrorCode::kNotFound);
}

TEST(Meet, RefusesWhatIsNoEngine) {
  FakeApi api;
  EXPECT_FALSE(Engine::meet(api));
  api.answer_as_docker();
  api.answer("/info", "[]");
  EXPECT_NE(error_of(api).find("GET /info: the answer is no object"), std::string::npos);
  api.answer("/version", "7");
  EXPECT_NE(error_of(api).find("GET /version: the answer is no object"), std::string::npos);
}

TEST(Containers, RefusesWhatIsNoList) {
  FakeApi api;
  api.answer_as_docker();
  api.answer("/containers/json?all=true", R"({"message": "no"})");
  const auto list = Engine::meet(api)->containers();
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(list.error().to_line().find("GET /containers/json"), std::string::npos);
}

// --- which socket

TEST(FindSocket, TakesTheFirstThatIsThere) {
  MemoryFileSystem files;
  files.add("/run/podman/podman.sock", "");
  EXPECT_EQ(*find_socket(files, {}), "/run/podman/podman.sock");
  files.add("/run/user/7/podman/podman.sock", "");
  EXPECT_EQ(*find_socket(files, {.runtime_folder = "/run/user/7"}),
            "/run/user/7/podman/podman.sock");
  files.add("/var/run/docker.sock", "");
  EXPECT_EQ(*find_socket(files, {.runtime_folder = "/run/user/7"}), "/var/run/docker.sock");
}

TEST(FindSocket, DockerHostDecides) {
  MemoryFileSystem files;
  files.add("/var/run/docker.sock", "");
  EXPECT_EQ(*find_socket(files, {.docker_host = "unix:///x/d.sock"}), "/x/d.sock");
}

TEST(FindSocket, SaysWhatToDoWhereThereIsNone) {
  const MemoryFileSystem files;
  const auto socket = find_socket(files, {});
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().code, ErrorCode::kEnvironment);
  EXPECT_NE(socket.error().message.find("start Docker or Podman"), std::string::npos);
}

TEST(FindSocket, RefusesOtherWaysWithoutShowingPasswords) {
  const MemoryFileSystem files;
  for (const char* host :
       {"tcp://kate:geheim@h:2375", "ssh://kate:geheim@h", "unix://", "npipe:////./pipe/x", "x"}) {
    const auto socket = find_socket(files, {.docker_host = host});
    ASSERT_FALSE(socket) << host;
    EXPECT_EQ(socket.error().code, ErrorCode::kEnvironment);
    EXPECT_EQ(socket.error().message.find("geheim"), std::string::npos);
  }
}

}  // namespace
}  // namespace plimsoll::engine
