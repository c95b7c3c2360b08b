#include "workload/inspect.h"

#include <gtest/gtest.h>

#include <ostream>

#include "workload/run/workload_dump.h"

namespace plimsoll::inspect {
namespace {

std::string slice(const Place& place) {
  return place.file != nullptr ? std::string(place.file->slice(place.span)) : "nowhere";
}

struct Case {
  std::string_view config;
  std::string_view host;
  std::string_view rest;  ///< further members of the container
  std::string_view want;
  friend std::ostream& operator<<(std::ostream& out, const Case& c) {
    return out << c.config << c.host << c.rest;
  }
};

class FieldTest : public testing::TestWithParam<Case> {};

TEST_P(FieldTest, SetsWhatTheEngineRuns) {
  const Case& c = GetParam();
  const SourceFile file("c.json", "[{\"Config\":{" + std::string(c.config) + "},\"HostConfig\":{" +
                                      std::string(c.host) + "}" + std::string(c.rest) + "}]");
  const auto tree = parse_json(file);
  std::deque<Workload> out;
  EXPECT_TRUE(read(*tree, out).empty());
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(run::dump(out[0]), c.want);
}

INSTANTIATE_TEST_SUITE_P(
    Config, FieldTest,
    testing::Values(
        Case{R"("Image":"nginx:1.25")", "", "", "image=nginx:1.25"},
        Case{R"("Image":"sha256:1")", "", R"(,"ImageName":"docker.io/nginx")",
             "image=docker.io/nginx"},
        Case{R"("User":"1000:1")", "", "", "user=1000:1"}, Case{R"("User":"")", "", "", "user="},
        Case{R"("User":7)", "", "", "user=7"}, Case{R"("User":[])", "", "", "user?="},
        Case{R"("Env":["A=b","C=","D=e=f"])", "", "", "env=A=b env=C= env=D=e=f"},
        Case{R"("Cmd":["a","b c"],"Entrypoint":["/e"])", "", "", "entrypoint=[/e] command=[a,b c]"},
        Case{R"("Cmd":null,"Entrypoint":"/e")", "", "", "entrypoint=[/e]"},
        Case{R"("Healthcheck":{"Test":["CMD","true"]})", "", "", "health=[CMD,true]"},
        Case{R"("Healthcheck":{"Test":["NONE"]})", "", "", "!health"},
        Case{R"("Healthcheck":{"Interval":1})", "", "", ""},
        Case{R"("Healthcheck":"x")", "", "", "health=?"},
        Case{R"("Labels":{"a":"b","c":""})", "", "", "labels=[a=b,c=]"},
        Case{R"("ExposedPorts":{"80/tcp":{},"53/udp":{}})", "", "", "expose=80 expose=53/udp"},
        Case{R"("StopSignal":"SIGINT")", "", "", "stop-signal=SIGINT"}));

INSTANTIATE_TEST_SUITE_P(
    HostConfig, FieldTest,
    testing::Values(
        Case{"", R"("Privileged":true)", "", "privileged"},
        Case{"", R"("Privileged":"very")", "", "privileged=?"},
        Case{"", R"("CapAdd":["CAP_NET_ADMIN","sys_time"],"CapDrop":null)", "",
             "cap+=[NET_ADMIN,SYS_TIME]"},
        Case{"", R"("CapAdd":"ALL")", "", "cap+?=[]"},
        Case{"", R"("SecurityOpt":["no-new-privileges","seccomp=unconfined","label=disable"])", "",
             "nnp seccomp=unconfined selinux=disable "
             "security=[no-new-privileges,seccomp=unconfined,label=disable]"},
        Case{"", R"("ReadonlyRootfs":true)", "", "read-only"},
        Case{"", R"("MaskedPaths":[])", "", "proc=unconfined"},
        Case{"", R"("MaskedPaths":null)", "", ""},
        Case{"", R"("MaskedPaths":["/proc/asound"])", "", ""},
        Case{"", "", R"(,"AppArmorProfile":"docker-default")", "apparmor=docker-default"},
        Case{"", "", R"(,"AppArmorProfile":"unconfined")", ""},
        Case{"", R"("SecurityOpt":["apparmor=unconfined"])", R"(,"AppArmorProfile":"x")",
             "apparmor=unconfined security=[apparmor=unconfined]"},
        Case{"", R"("NetworkMode":"host","PidMode":"host","IpcMode":"private","UTSMode":"")", "",
             "net=host pid=host ipc=private"},
        Case{"", R"("NetworkMode":"default")", "", ""},
        Case{"", R"("NetworkMode":"app")",
             R"(,"NetworkSettings":{"Networks":{"app":{},"db":{},"bridge":{}}})",
             "networks=[app,db]"},
        Case{"", R"("UsernsMode":"host","CgroupnsMode":"private","CgroupParent":"")", "",
             "userns=host cgroupns=private"},
        Case{"", R"("Memory":536870912,"MemoryReservation":0,"NanoCpus":1500000000)", "",
             "memory=536870912 cpu=1.5"},
        Case{"", R"("Memory":0,"NanoCpus":0,"CpuQuota":0,"PidsLimit":null)", "", ""},
        Case{"", R"("CpuQuota":50000,"PidsLimit":100)", "", "cpu=0.5 pids=100"},
        Case{"", R"("PidsLimit":-1)", "", ""}, Case{"", R"("Memory":"much")", "", "memory?="},
        Case{"", R"("Ulimits":[{"Name":"nofile"}])", "", "ulimits"},
        Case{"", R"("Ulimits":[])", "", ""},
        Case{"", R"("RestartPolicy":{"Name":"on-failure","MaximumRetryCount":5})", "",
             "restart=on-failure:5"},
        Case{"", R"("RestartPolicy":{"Name":"no"})", "", ""},
        Case{"", R"("Init":true,"OomKillDisable":false,"OomScoreAdj":-5)", "",
             "init !oom-kill-disable oom-score=-5"},
        Case{R"("AttachStdout":true)", R"("AutoRemove":true)", "", "one-shot"},
        Case{R"("AttachStdout":false)", R"("AutoRemove":true)", "", ""},
        Case{"", R"("PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]})", "",
             "port=8080->80"},
        Case{R"("ExposedPorts":{"80/tcp":{}})",
             R"("PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"1"}]},
                "PublishAllPorts":true)",
             "", "port=127.0.0.1|1->80 publish-all"},
        Case{"", R"("LogConfig":{"Type":"json-file","Config":{"max-size":"1m"}})", "",
             "log=json-file+size"},
        Case{"", R"("LogConfig":{"Type":"k8s-file","Config":null,"Size":"10MB"})", "",
             "log=k8s-file+size"},
        Case{"", R"("Sysctls":{"a":"1"},"GroupAdd":["docker"],"ExtraHosts":["a:1"])", "",
             "groups=[docker] sysctl=[a=1] hosts=[a:1]"},
        Case{"", R"("Links":["/db:/web/db"],"Runtime":"nvidia")", "", "links=[/db:/web/db] gpu"},
        Case{"", R"("DeviceRequests":[{"Count":-1}])", "", "gpu"},
        Case{
            "",
            R"("Devices":[{"PathOnHost":"/dev/a","PathInContainer":"/dev/b","CgroupPermissions":"r"}])",
            "", "device=[/dev/a:/dev/b:r]"}));

INSTANTIATE_TEST_SUITE_P(
    Mounts, FieldTest,
    testing::Values(
        Case{"", R"("Binds":["/a:/b:ro","data:/d"])", "",
             "mount=bind:/a:/b:ro mount=volume:data:/d"},
        Case{"", R"("Tmpfs":{"/t":"size=1m","/u":""})", "",
             "mount=tmpfs::/t:size=1m mount=tmpfs::/u"},
        Case{"", R"("Mounts":[{"Type":"bind","Source":"/a","Target":"/b","ReadOnly":true}])", "",
             "mount=bind:/a:/b:ro"},
        Case{"", R"("Binds":["/a:/b"])",
             R"(,"Mounts":[{"Type":"bind","Source":"/a","Destination":"/b","RW":false,
                 "Mode":"","Propagation":"rprivate"}])",
             "mount=bind:/a:/b:ro:rprivate"},
        Case{"", "",
             R"(,"Mounts":[{"Type":"volume","Name":"data","Source":"/var/lib/docker/volumes/data",
                 "Destination":"/d","RW":true}])",
             "mount=volume:data:/d"},
        Case{"", "",
             R"(,"Mounts":[{"Type":"volume","Destination":"/d","Name":
                 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}])",
             "mount=volume::/d"},
        Case{"", R"("Binds":"x","Mounts":7,"Tmpfs":[])", R"(,"Mounts":{})", ""}));

TEST(Inspect, NamesContainers) {
  const SourceFile file("c.json",
                        R"([{"Name":"/web","Config":{},"HostConfig":{}},
                            {"Name":"/web","Config":{},"HostConfig":{}},
                            {"Id":"0123456789abcdef","Config":{},"HostConfig":{}}])");
  const auto tree = parse_json(file);
  std::deque<Workload> out;
  EXPECT_TRUE(read(*tree, out).empty());
  ASSERT_EQ(out.size(), 3U);
  EXPECT_EQ(out[0].id, "c.json#web");
  EXPECT_EQ(out[0].kind, "container");
  EXPECT_EQ(out[0].form, Form::kInspect);
  EXPECT_EQ(slice(out[0].place), "\"/web\"");
  EXPECT_NE(out[1].id, out[0].id);
  EXPECT_EQ(out[2].id, "c.json#0123456789ab");
}

TEST(Inspect, ReadsOneObject) {
  const SourceFile file("c.json", R"({"Name":"/web","Config":{},"HostConfig":{}})");
  const auto tree = parse_json(file);
  std::deque<Workload> out;
  EXPECT_TRUE(read(*tree, out).empty());
  EXPECT_EQ(out.size(), 1U);
}

TEST(Inspect, OtherEntriesAreProblems) {
  const SourceFile file("c.json", R"([7, {"Config":{}}, {"Config":{},"HostConfig":{}}])");
  const auto tree = parse_json(file);
  std::deque<Workload> out;
  EXPECT_EQ(read(*tree, out).size(), 2U);
  EXPECT_EQ(out.size(), 1U);
}

TEST(Inspect, PlacesPointAtValues) {
  const SourceFile file("c.json", R"([{"Config":{"User":"root","Env":["A=b"]},
                                       "HostConfig":{"Binds":["/a:/b"]}}])");
  const auto tree = parse_json(file);
  std::deque<Workload> out;
  EXPECT_TRUE(read(*tree, out).empty());
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(slice(out[0].user.place), "\"root\"");
  EXPECT_EQ(slice(out[0].environment[0].place), "\"A=b\"");
  EXPECT_EQ(slice(out[0].mounts[0].place), "\"/a:/b\"");
}

struct LooksCase {
  std::string_view in;
  bool want;
};
class LooksTest : public testing::TestWithParam<LooksCase> {};
TEST_P(LooksTest, LikeContainers) {
  const SourceFile file("c.json", std::string(GetParam().in));
  const auto tree = parse_json(file);
  EXPECT_EQ(looks_like_inspect(*tree->documents.at(0).root), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Roots, LooksTest,
                         testing::Values(LooksCase{R"([{"Config":{},"HostConfig":{}}])", true},
                                         LooksCase{R"({"Config":{},"HostConfig":{}})", true},
                                         LooksCase{R"([{"Config":{},"RootFS":{}}])", false},
                                         LooksCase{R"([{"Config":[],"HostConfig":{}}])", false},
                                         LooksCase{"[]", false}, LooksCase{"{}", false},
                                         LooksCase{"7", false}));

LiveContainer live_of(const std::string& text) {
  const SourceFile file("live.json", text);
  const auto tree = parse_json(file);
  std::deque<Workload> out;
  EXPECT_TRUE(inspect::looks_like_inspect(*tree->documents.front().root)) << text;
  EXPECT_TRUE(inspect::read(*tree, out).empty()) << text;
  return out.at(0).live.value();
}

TEST(InspectLive, ReadsWhatAnEngineWasAskedFor) {
  const LiveContainer live = live_of(R"({
      "Container": {"Image": "sha256:aa", "State": {"Running": true}, "Config": {},
                    "HostConfig": {}},
      "Processes": {"Titles": ["PID", "COMMAND", "UID"], "Processes": [["7", "nginx", "0"]]},
      "TaggedImage": "sha256:bb", "UserNamespace": "remapped", "RemappedRoot": 100000})");
  EXPECT_TRUE(live.asked);
  EXPECT_TRUE(live.running);
  EXPECT_FALSE(live.stopped_since);
  EXPECT_EQ(live.image_id, "sha256:aa");
  EXPECT_EQ(live.tagged_image_id, "sha256:bb");
  ASSERT_TRUE(live.processes);
  ASSERT_EQ(live.processes->size(), 1U);
  EXPECT_EQ(live.processes->front().user, "0");
  EXPECT_EQ(live.processes->front().program, "nginx");
  EXPECT_EQ(live.user_namespace, UserNamespace::kRemapped);
  EXPECT_EQ(live.remapped_root, 100000);
}

TEST(InspectLive, WhatIsOddIsNotKnown) {
  for (const char* processes : {"null", "[]", R"({"Titles": ["PID"], "Processes": []})",
                                R"({"Titles": ["UID", "COMMAND"], "Processes": [["0"]]})",
                                R"({"Titles": ["UID", "COMMAND"], "Processes": [[{}, "x"]]})"}) {
    const LiveContainer live =
        live_of(R"({"Container": {"Config": {}, "HostConfig": {}, "State": []}, "Processes": )" +
                std::string(processes) + R"(, "UserNamespace": 7})");
    EXPECT_FALSE(live.processes) << processes;
    EXPECT_EQ(live.user_namespace, UserNamespace::kUnknown);
  }
}

TEST(InspectLive, KnowsSinceWhenItIsStopped) {
  const auto since = [](const std::string& rest) {
    return live_of(R"([{"Config": {}, "HostConfig": {}, )" + rest + "}]").stopped_since;
  };
  EXPECT_EQ(since(R"("State": {"Running": false, "FinishedAt": "2026-03-01T10:00:00.1Z"})"),
            (Date{2026, 3, 1}));
  EXPECT_EQ(since(R"("Created": "2026-02-01T10:00:00Z",
                     "State": {"FinishedAt": "0001-01-01T00:00:00Z"})"),
            (Date{2026, 2, 1}));
  EXPECT_EQ(since(R"("State": {"Running": true, "FinishedAt": "2026-03-01T10:00:00Z"})"),
            std::nullopt);
  EXPECT_EQ(since(R"("Created": "2026-02-01T10:00:00Z")"), std::nullopt)
      << "nobody said it stopped";
}

}  // namespace
}  // namespace plimsoll::inspect
