#include "scan/live.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/engine_fixture.h"
#include "scan/audit.h"

namespace plimsoll::scan {
namespace {

std::string container(const std::string& name, const std::string& state,
                      const std::string& user = "1000", const std::string& labels = "{}") {
  return R"({"Name": "/)" + name + R"(", "Image": "sha256:aa", "State": )" + state +
         R"(, "Config": {"Image": "nginx:1.29", "User": ")" + user + R"(", "Labels": )" + labels +
         R"(}, "HostConfig": {}})";
}

constexpr const char* kRuns = R"({"Running": true})";
constexpr const char* kStopped = R"({"Running": false, "FinishedAt": "2026-11-20T10:00:00Z"})";

std::string top(const std::string& name) {
  return "/containers/" + name + "/top?ps_args=-eo%20uid,pid,comm";
}

/// Two that run, one of them as root, and three that do not.
engine::FakeApi small_host() {
  engine::FakeApi api;
  api.answer_as_docker();
  api.answer("/containers/json?all=true",
             R"([{"Id": "2", "Names": ["/web"]}, {"Id": "1", "Names": ["/app"]},
                 {"Id": "3", "Names": ["/old"]}, {"Id": "4", "Names": ["/older"]},
                 {"Id": "5", "Names": ["/oldest"]}, {"Id": "6", "Names": ["/gone"]}])");
  api.answer("/containers/1/json", container("app", kRuns));
  api.answer("/containers/2/json", container("web", kRuns));
  api.answer("/containers/web/json", container("web", kRuns));
  api.answer("/containers/3/json", container("old", kStopped));
  api.answer("/containers/4/json", container("older", kStopped));
  api.answer("/containers/5/json", container("oldest", kStopped));
  for (const char* name : {"2", "web"}) {
    api.answer(top(name), R"({"Titles": ["UID", "COMMAND"], "Processes": [["0", "nginx"]]})");
  }
  api.answer(top("1"), R"({"Titles": ["UID", "COMMAND"], "Processes": [["1000", "sshd"]]})");
  api.answer("/images/docker.io/library/nginx:1.29/json", R"({"Id": "sha256:bb"})");
  return api;
}

/// The test keeps the engine.
class Borrowed final : public engine::Api {
 public:
  explicit Borrowed(const engine::Api& api) : api_(api) {}
  Result<std::string> get(std::string_view path) const override { return api_.get(path); }
  std::string name() const override { return api_.name(); }

 private:
  const engine::Api& api_;
};

Report audit_live(const engine::Api& api, std::vector<std::string> targets,
                  const MemoryFileSystem& files = {}) {
  AuditOptions options;
  options.targets = std::move(targets);
  options.rules.today = Date{2026, 11, 21};
  options.all_rules = true;
  options.open_engine = [&api]() -> Result<std::unique_ptr<engine::Api>> {
    return std::make_unique<Borrowed>(api);
  };
  return audit(files, options);
}

/// "container:web nginx …" of each finding of a rule.
std::vector<std::string> found(const Report& report, std::string_view rule) {
  std::vector<std::string> lines;
  for (const Finding& finding : report.findings) {
    if (finding.rule == rule) lines.push_back(finding.file->path() + ' ' + finding.message);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Live, OneContainer) {
  const engine::FakeApi api = small_host();
  const Report report = audit_live(api, {"container:web"});
  EXPECT_TRUE(report.complete());
  EXPECT_EQ(found(report, "processes-run-as-root"),
            Lines{"container:web 'nginx' runs as root, though the user is '1000'"});
  EXPECT_EQ(found(report, "container-image-stale"),
            Lines{"container:web 'nginx:1.29' is another image now than the one that runs"});
  EXPECT_EQ(found(report, "stopped-containers-kept"), Lines{});
}

TEST(Live, AllContainers) {
  const engine::FakeApi api = small_host();
  const Report report = audit_live(api, {"engine:"});
  for (const Incomplete& part : report.incomplete) ADD_FAILURE() << part.path << part.limit;
  EXPECT_EQ(found(report, "ssh-server-run"),
            Lines{"container:app the login service 'sshd' is running"});
  EXPECT_EQ(found(report, "processes-run-as-root").size(), 1U);
  EXPECT_EQ(found(report, "stopped-containers-kept"),
            Lines{"engine: 3 containers are stopped and 2 running"});
  Lines subjects;
  for (const Subject& subject : report.subjects) subjects.push_back(subject.path);
  EXPECT_EQ(subjects, (Lines{"container:app", "container:old", "container:older",
                             "container:oldest", "container:web", "engine:"}));
}

TEST(Live, OneThatIsAskedForTwiceIsJudgedOnce) {
  const engine::FakeApi api = small_host();
  EXPECT_EQ(audit_live(api, {"engine:"}).findings.size(),
            audit_live(api, {"container:web", "engine:", "container:web"}).findings.size());
}

TEST(Live, ComparesWithTheComposeFile) {
  engine::FakeApi api = small_host();
  api.answer("/containers/web/json",
             container("web", kRuns, "0", R"({"com.docker.compose.project": "shop",
                                              "com.docker.compose.service": "web"})"));
  MemoryFileSystem files;
  files.add("compose.yaml",
            "name: shop\nservices:\n  web:\n    image: nginx:1.29\n    user: '7'\n");
  EXPECT_EQ(found(audit_live(api, {"container:web", "compose.yaml"}, files), "container-drifted"),
            Lines{"container:web is not what service 'web' of 'compose.yaml' asks for: user"});
}

TEST(Live, AContainerThatIsNotThereIsRejected) {
  const engine::FakeApi api = small_host();
  for (const char* target : {"container:nowhere", "container:", "container:a/b"}) {
    const Report report = audit_live(api, {target});
    ASSERT_EQ(report.incomplete.size(), 1U) << target;
    EXPECT_TRUE(report.incomplete[0].rejected) << target;
    EXPECT_FALSE(report.incomplete[0].environment) << target;
    EXPECT_EQ(report.incomplete[0].path, target);
  }
}

TEST(Live, AnEngineThatDoesNotAnswerIsTheEnvironment) {
  MemoryFileSystem files;
  files.add("compose.yaml", "services: {web: {image: nginx, privileged: true}}\n");
  engine::FakeApi no_engine;
  no_engine.answer("/version", "<html>");
  const Report report = audit_live(no_engine, {"engine:", "container:a", "compose.yaml"}, files);
  ASSERT_EQ(report.incomplete.size(), 2U);
  for (const Incomplete& part : report.incomplete) {
    EXPECT_TRUE(part.environment);
    EXPECT_NE(part.limit.find("/run/test.sock"), std::string::npos) << part.limit;
    EXPECT_NE(part.limit.find("GET /version"), std::string::npos) << part.limit;
  }
  EXPECT_EQ(found(report, "privileged-container").size(), 1U) << "files are judged all the same";
}

TEST(Live, WithoutAnEngineATargetIsRefused) {
  AuditOptions options;
  options.targets = {"engine:"};
  const Report report = audit(MemoryFileSystem{}, options);
  ASSERT_EQ(report.incomplete.size(), 1U);
  EXPECT_TRUE(report.incomplete[0].environment);
}

TEST(Live, AnAnswerThatIsNoContainerIsNotSilent) {
  engine::FakeApi api = small_host();
  api.answer("/containers/web/json", R"({"Name": "/web", "State": {}})");
  EXPECT_FALSE(audit_live(api, {"container:web"}).complete());
}

TEST(Live, TheResultDoesNotDependOnThreads) {
  const engine::FakeApi api = small_host();
  const auto text = [&api](std::size_t jobs) {
    LiveTargets targets;
    EXPECT_TRUE(targets.take("engine:"));
    std::string all;
    for (const Loaded& loaded : targets.load(
             [&api]() -> Result<std::unique_ptr<engine::Api>> {
               return std::make_unique<Borrowed>(api);
             },
             jobs, nullptr)) {
      all += loaded.path + '\n' + std::string(loaded.source->text());
    }
    return all;
  };
  EXPECT_EQ(text(1), text(8));
}

TEST(LiveTargets, FilesAreNone) {
  LiveTargets targets;
  for (const char* target : {".", "-", "./engine:", "container", "engine", "a/container:x"}) {
    EXPECT_FALSE(targets.take(target)) << target;
  }
  EXPECT_TRUE(targets.empty());
  EXPECT_TRUE(targets.take("container:web"));
  EXPECT_FALSE(targets.empty());
}

}  // namespace
}  // namespace plimsoll::scan
