#include "workload/quadlet.h"

#include <gtest/gtest.h>

#include <ostream>

#include "workload/run/workload_dump.h"

namespace plimsoll::quadlet {
namespace {

std::string slice(const Place& place) {
  return place.file != nullptr ? std::string(place.file->slice(place.span)) : "nowhere";
}

struct Case {
  std::string_view in;
  std::string_view want;
  friend std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.in; }
};

class KeyTest : public testing::TestWithParam<Case> {};

/// `in` stands below [Container].
TEST_P(KeyTest, SetsWhatPodmanWould) {
  const SourceFile file("web.container", "[Container]\n" + std::string(GetParam().in) + "\n");
  const auto workload = read(file);
  ASSERT_TRUE(workload);
  const std::string dumped = run::dump(*workload);
  // Every one has the unit's name.
  static constexpr std::string_view kName = "name=web";
  const std::size_t at = dumped.find(kName);
  ASSERT_NE(at, std::string::npos) << dumped;
  std::string rest = dumped.substr(0, at) + dumped.substr(at + kName.size());
  while (rest.starts_with(' ')) rest.erase(0, 1);
  while (rest.ends_with(' ')) rest.pop_back();
  EXPECT_EQ(rest, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, KeyTest,
    testing::Values(
        Case{"Image=nginx:1.25", "image=nginx:1.25"}, Case{"Image=web.build", "image?=web.build"},
        Case{"Rootfs=/r", "image?=/r"}, Case{"User=1000", "user=1000"},
        Case{"User=1000\nGroup=2", "user=1000:2"}, Case{"UserNS=keep-id", "userns=keep-id"},
        Case{"AddCapability=CAP_NET_ADMIN sys_time\nAddCapability=CHOWN",
             "cap+=[NET_ADMIN,SYS_TIME,CHOWN]"},
        Case{"DropCapability=all", "cap-=[ALL]"},
        Case{"NoNewPrivileges=yes", "nnp security=[no-new-privileges=true]"},
        Case{"NoNewPrivileges=off", "!nnp security=[no-new-privileges=false]"},
        Case{"ReadOnly=true\nReadOnly=false", "!read-only"},
        Case{"Tmpfs=/tmp:size=1m\nVolatileTmp=true", "mount=tmpfs::/tmp:size=1m mount=tmpfs::/tmp"},
        Case{"Volume=/a:/b:ro,Z\nVolume=data.volume:/d\nVolume=%h/x:/y",
             "mount=bind:/a:/b:ro:Z mount=volume:data.volume:/d mount?=bind:%h/x:/y"},
        Case{"Mount=type=bind,source=/a,target=/b", "mount=bind:/a:/b"},
        Case{"AddDevice=/dev/kvm -/dev/fuse", "device=[/dev/kvm,/dev/fuse]"},
        Case{"Network=host", "net=host"}, Case{"Network=app.network", "networks=[app.network]"},
        Case{"PublishPort=8080:80\nExposeHostPort=90", "expose=90 port=8080->80"},
        Case{"Environment=A=b \"C=d e\"\nEnvironment=F=%n", "env=A=b env=C=d e env=F=variable:%n"},
        Case{"EnvironmentFile=web.env", "env-file=[web.env]"},
        Case{"Secret=db,type=env", "secrets=[db]"},
        Case{"SeccompProfile=unconfined", "seccomp=unconfined security=[seccomp=unconfined]"},
        Case{"SecurityLabelDisable=true", "selinux=disable security=[label=disable]"},
        Case{"SecurityLabelType=spc_t", "selinux=type:spc_t security=[label=type:spc_t]"},
        Case{"Unmask=ALL", "proc=unconfined security=[unmask=ALL]"},
        Case{"Mask=/proc/a", "security=[mask=/proc/a]"},
        Case{"Sysctl=a.b=1 c.d=2", "sysctl=[a.b=1,c.d=2]"},
        Case{"PidsLimit=100\nMemory=1g\nUlimit=nofile=1", "memory=1g pids=100 ulimits"},
        Case{"HealthCmd=curl localhost", "health=[CMD-SHELL,curl localhost]"},
        Case{"HealthCmd=none", "!health"},
        Case{"LogDriver=journald\nLogOpt=max-size=1m", "log=journald+size"},
        Case{"Label=a=b \"c=d e\"\nAutoUpdate=registry",
             "labels=[io.containers.autoupdate=registry,a=b,c=d e]"},
        Case{"AddHost=a:1\nGroupAdd=keep-groups", "groups=[keep-groups] hosts=[a:1]"},
        Case{"RunInit=yes\nPull=newer\nStopSignal=SIGINT", "pull=newer init stop-signal=SIGINT"},
        Case{"Entrypoint=/e\nExec=a \"b c\"", "entrypoint=[/e] command=[a,b c]"},
        Case{"PodmanArgs=--privileged --cpus 2\nPodmanArgs=--pid=host",
             "privileged pid=host cpu=2"},
        Case{"GlobalArgs=--log-level=debug\nNotify=true\nTimezone=local", ""}));

INSTANTIATE_TEST_SUITE_P(
    Syntax, KeyTest,
    testing::Values(Case{"User=1\nUser=", ""},
                    Case{"Volume=/a:/b\nVolume=\nVolume=/c:/d", "mount=bind:/c:/d"},
                    Case{"# User=1\n; User=2\nUser = 3 ", "user=3"},
                    Case{"AddCapability=A \\\n  B \\\n# why\n  C", "cap+=[A,B,C]"},
                    Case{"nonsense\n=\nUser=1", "user=1"}, Case{"[Service]\nUser=1", ""},
                    Case{"[Service]\nRestart=always", "restart=always"},
                    Case{"User=1\r", "user=1"}));

TEST(Quadlet, NeedsItsSection) {
  const SourceFile file("a.container", "[Service]\nRestart=always\n");
  EXPECT_FALSE(read(file));
}

TEST(Quadlet, IsNamedByItsUnit) {
  const SourceFile file("q/web.container", "[Container]\nImage=x\nContainerName=front\n");
  const auto workload = read(file);
  ASSERT_TRUE(workload);
  EXPECT_EQ(workload->id, "q/web.container#web");
  EXPECT_EQ(workload->kind, "quadlet");
  EXPECT_EQ(workload->form, Form::kQuadlet);
  EXPECT_EQ(workload->name, "front");
  EXPECT_EQ(slice(workload->place), "front");
}

TEST(Quadlet, WithoutNamePointsAtItsSection) {
  const SourceFile file("web.container", "[Container]\nImage=x\n");
  const auto workload = read(file);
  ASSERT_TRUE(workload);
  EXPECT_EQ(slice(workload->place), "[Container]");
}

TEST(Quadlet, PlacesAreExactThroughContinuations) {
  const SourceFile file("web.container",
                        "[Container]\nAddCapability=A \\\n  NET_RAW\nSeccompProfile=unconfined\n");
  const auto workload = read(file);
  ASSERT_TRUE(workload);
  ASSERT_EQ(workload->cap_add.items.size(), 2U);
  EXPECT_EQ(slice(workload->cap_add.items[1].place), "NET_RAW");
  EXPECT_EQ(slice(workload->seccomp.place), "unconfined");
}

TEST(Quadlet, PodmanLimitsPids) {
  const SourceFile file("web.container", "[Container]\nImage=x\n");
  const auto workload = read(file);
  ASSERT_TRUE(workload);
  EXPECT_EQ(workload->resources.pids_limit.value, 2048);
  EXPECT_EQ(workload->restart.value, "no");
  EXPECT_FALSE(workload->one_shot);
}

TEST(Quadlet, OneshotServiceIsNoServer) {
  const SourceFile file("web.container", "[Container]\nImage=x\n[Service]\nType=oneshot\n");
  const auto workload = read(file);
  ASSERT_TRUE(workload);
  EXPECT_TRUE(workload->one_shot);
}

TEST(Quadlet, OptionsOutOfSightMakeAbsencesUnknown) {
  const SourceFile file("web.container", "[Container]\nImage=x\nPodmanArgs=--brand-new 1\n");
  const auto workload = read(file);
  ASSERT_TRUE(workload);
  EXPECT_FALSE(workload->privileged.is_known());
  EXPECT_EQ(workload->image.value, "x");
  EXPECT_TRUE(workload->image.is_known());
}

TEST(Quadlet, NameDecides) {
  EXPECT_TRUE(is_quadlet_name("etc/containers/systemd/web.container"));
  EXPECT_FALSE(is_quadlet_name("web.service"));
  EXPECT_FALSE(is_quadlet_name(".container"));
}

}  // namespace
}  // namespace plimsoll::quadlet
