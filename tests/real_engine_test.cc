// Live containers of a real Docker engine, which the test starts for itself. Its images are made of
// a static busybox, so nothing is fetched.

#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "docker_daemon.h"
#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

using Json = nlohmann::json;

constexpr const char* kCompose = R"(name: shop
services:
  web:
    image: base:1
    user: "1000"
    read_only: true
    mem_limit: 64m
    command: [sleep, "600"]
)";

class EngineTest : public testing::Test {
 protected:
  /// One engine for all tests: it takes seconds to start.
  static void SetUpTestSuite() {
    const std::string busybox = find_program("busybox", "no image can be made without a network");
    if (busybox.empty()) return;
    daemon_ = std::make_unique<DockerDaemon>();
    if (!daemon_->is_ready() || !import_base(busybox, "first")) {
      daemon_.reset();
      return;
    }
    daemon_->folder().write("compose.yaml", kCompose);
    run_containers();
    // Now the tag is another image than the one the containers run.
    EXPECT_TRUE(import_base(busybox, "second"));
  }
  static void TearDownTestSuite() { daemon_.reset(); }

  void SetUp() override {
    if (daemon_ == nullptr) GTEST_SKIP();
  }

  /// rule → "path message" of each finding.
  static std::vector<std::string> found(const Outcome& outcome, const std::string& rule) {
    std::vector<std::string> lines;
    const Json report = Json::parse(outcome.out, nullptr, false);
    EXPECT_TRUE(report.is_object()) << outcome.out << outcome.err;
    if (!report.is_object()) return {};
    for (const Json& finding : report["findings"]) {
      if (finding["rule"] != rule) continue;
      lines.push_back(finding["path"].get<std::string>() + ' ' +
                      finding["message"].get<std::string>());
    }
    return lines;
  }

  static Outcome audit(std::vector<std::string> targets,
                       std::vector<std::string> environment = {}) {
    targets.insert(targets.begin(), {"audit", "--format", "json", "--rules", "all"});
    return daemon_->plimsoll(std::move(targets), std::move(environment));
  }

  static std::unique_ptr<DockerDaemon> daemon_;

 private:
  static bool import_base(const std::string& busybox, const std::string& version) {
    const Folder& folder = daemon_->folder();
    const fs::path root = fs::path(folder.path()) / version;
    for (const char* name : {"bin", "etc", "usr/sbin"}) fs::create_directories(root / name);
    fs::copy_file(busybox, root / "bin/busybox");
    for (const char* name : {"sh", "sleep"}) fs::create_symlink("busybox", root / "bin" / name);
    folder.write(version + "/etc/version", version + '\n');
    // To the kernel, a script's name is that of its process.
    const std::string loop = "#!/bin/sh\nwhile :; do sleep 1; done\n";
    for (const auto& [name, text] :
         {std::pair{"/usr/sbin/sshd", loop},
          std::pair{"/start", std::string("#!/bin/sh\n/usr/sbin/ss?d\n")}}) {
      fs::permissions(folder.write(version + name, text), fs::perms(0755));
    }
    const std::string archive = folder.path() + '/' + version + ".tar";
    const Outcome packed = run({"/usr/bin/env", "tar", "-C", root.string(), "-cf", archive, "."});
    EXPECT_EQ(packed.status, 0) << packed.err;
    const Outcome imported = daemon_->docker({"import", archive, "base:1"});
    EXPECT_EQ(imported.status, 0) << imported.err;
    return packed.status == 0 && imported.status == 0;
  }

  static void start(const std::string& name, std::vector<std::string> options,
                    const std::vector<std::string>& command) {
    options.insert(options.begin(), {"run", "--detach", "--network", "none", "--name", name});
    options.emplace_back("base:1");
    options.insert(options.end(), command.begin(), command.end());
    const Outcome outcome = daemon_->docker(std::move(options));
    EXPECT_EQ(outcome.status, 0) << name << ": " << outcome.err;
  }

  static void run_containers() {
    start("rooted", {}, {"sleep", "600"});
    start("plain", {"--user", "1000"}, {"sleep", "600"});
    start("login", {"--user", "1000"}, {"/start"});
    start("shop-web-1",
          {"--label", "com.docker.compose.project=shop", "--label",
           "com.docker.compose.service=web", "--user", "1000", "--memory", "32m"},
          {"sleep", "600"});
    start("done", {}, {"sh", "-c", ":"});
    EXPECT_EQ(daemon_->docker({"wait", "done"}).status, 0);
  }
};

std::unique_ptr<DockerDaemon> EngineTest::daemon_;

using Lines = std::vector<std::string>;

TEST_F(EngineTest, SaysWhoTheProcessesReallyAre) {
  const Outcome rooted = audit({"container:rooted"});
  EXPECT_EQ(rooted.status, 1) << rooted.err;
  EXPECT_EQ(found(rooted, "processes-run-as-root"),
            Lines{"container:rooted 'sleep' runs as root, and no user is set"});
  const Outcome plain = audit({"container:plain"});
  EXPECT_EQ(found(plain, "processes-run-as-root"), Lines{});
  EXPECT_EQ(found(plain, "container-runs-as-root"), Lines{});
}

TEST_F(EngineTest, SeesWhatProcessesHaveInMemory) {
  const Folder& folder = daemon_->folder();
  folder.write("feed/one.json", R"({"id": "CVE-2099-1", "modified": "2099-01-01T00:00:00Z",
    "affected": [{"package": {"ecosystem": "Bitnami", "name": "busybox"},
      "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "99.0.0"}]}]}]})");
  const std::string database = folder.path() + "/one.db";
  ASSERT_EQ(plimsoll({"db", "import", folder.path() + "/feed", "--db", database, "-q"}).status, 0);
  const auto tiers = [&](const std::string& container) {
    const Outcome outcome = daemon_->plimsoll(
        {"cves", "container:" + container, "--db", database, "--format", "json"}, {});
    const Json report = Json::parse(outcome.out, nullptr, false);
    std::set<std::string> all;  // its name may tell it, and a note in it, too
    if (!report.is_object()) return std::set<std::string>{outcome.out + outcome.err};
    for (const Json& each : report["vulnerabilities"]) {
      all.insert(each["package"].get<std::string>() + ' ' + each["tier"].get<std::string>());
    }
    return all;
  };
  EXPECT_EQ(tiers("plain"), std::set<std::string>{"busybox in-use"});
  EXPECT_EQ(tiers("done"), std::set<std::string>{"busybox present"}) << "it runs no more";
}

TEST_F(EngineTest, SeesBehindTheUserThatIsSet) {
  const Outcome started =
      daemon_->docker({"exec", "--detach", "--user", "0", "plain", "sleep", "5"});
  ASSERT_EQ(started.status, 0) << started.err;
  EXPECT_EQ(found(audit({"container:plain"}), "processes-run-as-root"),
            Lines{"container:plain 'sleep' runs as root, though the user is '1000'"});
  ASSERT_EQ(daemon_->docker({"restart", "--time", "0", "plain"}).status, 0);
}

TEST_F(EngineTest, FindsALoginServiceAmongTheProcesses) {
  EXPECT_EQ(found(audit({"container:login"}), "ssh-server-run"),
            Lines{"container:login the login service 'sshd' is running"});
  EXPECT_EQ(found(audit({"container:plain"}), "ssh-server-run"), Lines{});
}

TEST_F(EngineTest, ComparesAContainerWithItsService) {
  EXPECT_EQ(found(audit({"container:shop-web-1", "compose.yaml"}), "container-drifted"),
            Lines{"container:shop-web-1 is not what service 'web' of 'compose.yaml' asks for: "
                  "read_only, mem_limit"});
  EXPECT_EQ(found(audit({"container:plain", "compose.yaml"}), "container-drifted"), Lines{});
}

TEST_F(EngineTest, KnowsThatATagHasMoved) {
  EXPECT_EQ(found(audit({"container:plain"}), "container-image-stale"),
            Lines{"container:plain 'base:1' is another image now than the one that runs"});
  const Outcome fresh = daemon_->docker({"create", "--name", "fresh", "base:1", "sleep", "1"});
  ASSERT_EQ(fresh.status, 0) << fresh.err;
  EXPECT_EQ(found(audit({"container:fresh"}), "container-image-stale"), Lines{});
  EXPECT_EQ(daemon_->docker({"rm", "fresh"}).status, 0);
}

TEST_F(EngineTest, JudgesAllContainersInAFixedOrder) {
  const Outcome all = audit({"engine:", "compose.yaml"});
  EXPECT_EQ(all.status, 1) << all.err;
  EXPECT_EQ(all.err, "");
  const Json report = Json::parse(all.out);
  EXPECT_EQ(report["complete"], true);
  std::vector<std::string> paths;
  for (const Json& subject : report["subjects"]) {
    const auto path = subject["path"].get<std::string>();
    if (path.starts_with("container:")) paths.push_back(path);
  }
  EXPECT_EQ(paths, (Lines{"container:done", "container:login", "container:plain",
                          "container:rooted", "container:shop-web-1"}));
  EXPECT_EQ(all.out, audit({"compose.yaml", "engine:"}).out);
}

TEST_F(EngineTest, CountsWhatWasStoppedLongAgo) {
  EXPECT_EQ(found(audit({"engine:"}), "stopped-containers-kept"), Lines{});
  const Lines later =
      found(audit({"engine:"}, {"SOURCE_DATE_EPOCH=4102444800"}), "stopped-containers-kept");
  ASSERT_EQ(later.size(), 1U);
  EXPECT_TRUE(
      later[0].starts_with("engine: 1 has been stopped for more than 30 days, 'done' since "))
      << later[0];
}

TEST_F(EngineTest, RefusesAContainerThatIsNotThere) {
  const Outcome outcome = audit({"container:nowhere"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_NE(outcome.err.find("container:nowhere"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace plimsoll::test
