// `docker plimsoll`, with the real command line of Docker. No engine is needed.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

/// A home in which the plugin is installed, as docs/docker-plugin.md says.
class DockerPluginTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("Dockerfile", "FROM debian:latest\nENV DB_PASSWORD=changeit\nCMD [\"/app\"]\n");
    plugin_ = folder_.path() + "/.docker/cli-plugins/docker-plimsoll";
    fs::create_directories(fs::path(plugin_).parent_path());
    fs::create_symlink(PLIMSOLL_EXECUTABLE, plugin_);
  }

  /// Runs the plugin itself, as Docker does.
  [[nodiscard]] Outcome plugin(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), plugin_);
    return run(arguments);
  }

  [[nodiscard]] std::string dockerfile() const { return folder_.path() + "/Dockerfile"; }
  [[nodiscard]] const std::string& home() const { return folder_.path(); }

 private:
  Folder folder_;
  std::string plugin_;
};

class RealDockerTest : public DockerPluginTest {
 protected:
  void SetUp() override {
    DockerPluginTest::SetUp();
    docker_ = find_program("docker", "docker plimsoll was not tried with the real docker");
    if (docker_.empty()) GTEST_SKIP();
  }

  [[nodiscard]] Outcome docker(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), docker_);
    return run(arguments, {}, {"HOME=" + home()});
  }

 private:
  std::string docker_;
};

TEST_F(RealDockerTest, ListsThePlugin) {
  const Outcome outcome = docker({"--help"});
  EXPECT_NE(outcome.out.find("plimsoll"), std::string::npos) << outcome.out << outcome.err;
  EXPECT_EQ((outcome.out + outcome.err).find("Invalid Plugins"), std::string::npos) << outcome.out;
}

TEST_F(RealDockerTest, RunsCommandsWithTheirStatus) {
  const Outcome version = docker({"plimsoll", "--version"});
  EXPECT_EQ(version.out, plimsoll({"--version"}).out);
  EXPECT_EQ(version.status, 0);

  const Outcome audit = docker({"plimsoll", "audit", dockerfile()});
  EXPECT_EQ(audit.status, 1) << audit.err;
  EXPECT_EQ(audit.out, plimsoll({"audit", dockerfile()}).out);
  EXPECT_EQ(docker({"plimsoll", "audit", "--fail-on", "none", dockerfile()}).status, 0);
  EXPECT_EQ(docker({"plimsoll", "no-such-command"}).status, 2);
}

TEST_F(RealDockerTest, PassesOverDockersOwnOptions) {
  const Outcome outcome =
      docker({"--log-level", "error", "--host=unix:///nowhere", "plimsoll", "audit", dockerfile()});
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.out.find("image-runs-as-root"), std::string::npos) << outcome.out;
}

TEST_F(RealDockerTest, HelpsInBothWays) {
  const std::string help = plimsoll({"audit", "--help"}).out;
  EXPECT_EQ(docker({"plimsoll", "audit", "--help"}).out, help);
  EXPECT_EQ(docker({"help", "plimsoll", "audit"}).out, help);
}

// --- what Docker asks without the user

TEST_F(DockerPluginTest, AnswersTheQuestionForMetadata) {
  const Outcome outcome = plugin({"docker-cli-plugin-metadata"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["SchemaVersion"], "0.1.0");
}

TEST_F(DockerPluginTest, HintsAfterABuild) {
  const Outcome outcome = plugin({"plimsoll", "docker-cli-plugin-hooks",
                                  R"({"RootCmd":"build","Flags":{"tag":""},"CommandError":""})"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("docker plimsoll audit ."), std::string::npos) << outcome.out;
}

TEST_F(DockerPluginTest, HasNoHintAfterAFailure) {
  const Outcome outcome = plugin({"plimsoll", "docker-cli-plugin-hooks",
                                  R"({"RootCmd":"build","Flags":{},"CommandError":"failed"})"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out + outcome.err, "");
}

}  // namespace
}  // namespace plimsoll::test
