#include "workload/compose_values.h"

#include <gtest/gtest.h>

#include "workload/compose_testing.h"

namespace plimsoll::compose {
namespace {

struct Case {
  std::string in;
  std::string want;
};

void PrintTo(const Case& item, std::ostream* out) {
  *out << item.in;
}

std::string describe(const Port& port) {
  return port.host_ip + '|' + port.host_port + '|' + port.container_port + '|' + port.protocol +
         (port.published ? "" : "|exposed") + (port.known ? "" : "|unknown");
}

std::string describe(const Mount& mount) {
  constexpr const char* kTypes[] = {"bind", "volume", "tmpfs", "secret", "config", "other"};
  return std::string(kTypes[static_cast<std::size_t>(mount.type)]) + '|' + mount.source + '|' +
         mount.target + (mount.read_only ? "|ro" : "|rw") +
         (mount.propagation.empty() ? "" : '|' + mount.propagation) +
         (mount.options.empty() ? "" : '|' + mount.options) +
         (mount.volume.empty() ? "" : "|of " + mount.volume) + (mount.known ? "" : "|unknown");
}

template <class T>
std::string describe_all(const std::vector<T>& all) {
  std::string text;
  for (const T& one : all) text += describe(one) + '\n';
  return text;
}

class ComposeShortPort : public testing::TestWithParam<Case> {};
TEST_P(ComposeShortPort, IsReadAsComposeDoes) {
  EXPECT_EQ(describe(parse_port(GetParam().in)), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    All, ComposeShortPort,
    testing::Values(
        Case{"80", "||80|tcp"}, Case{"8080:80", "|8080|80|tcp"},
        Case{"3000-3005", "||3000-3005|tcp"},
        Case{"9090-9091:8080-8081", "|9090-9091|8080-8081|tcp"}, Case{"22:22", "|22|22|tcp"},
        Case{"127.0.0.1:8001:8001", "127.0.0.1|8001|8001|tcp"},
        Case{"127.0.0.1:5000-5010:5000-5010", "127.0.0.1|5000-5010|5000-5010|tcp"},
        Case{"127.0.0.1::5000", "127.0.0.1||5000|tcp"}, Case{"6060:6060/udp", "|6060|6060|udp"},
        Case{"6060:6060/UDP", "|6060|6060|udp"}, Case{"[::1]:80:8080", "::1|80|8080|tcp"},
        Case{"[::1]::8080", "::1||8080|tcp"}, Case{"::1:80:8080", "::1|80|8080|tcp"},
        Case{"0.0.0.0:80:80", "0.0.0.0|80|80|tcp"}, Case{"${PORT}:80", "|${PORT}|80|tcp"},
        Case{"${A:-1:2}:80", "|${A:-1:2}|80|tcp"}, Case{"", "|||tcp"}, Case{":", "|||tcp"},
        Case{"[", "||[|tcp"}, Case{"80/", "||80|tcp"}));

class ComposeShortMount : public testing::TestWithParam<Case> {};
TEST_P(ComposeShortMount, IsReadAsComposeDoes) {
  EXPECT_EQ(describe(parse_mount(GetParam().in)), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    All, ComposeShortMount,
    testing::Values(Case{"/data", "volume||/data|rw"}, Case{"db:/data", "volume|db|/data|rw"},
                    Case{"./a:/b", "bind|./a|/b|rw"}, Case{"../a:/b:ro", "bind|../a|/b|ro"},
                    Case{"~/a:/b:rw", "bind|~/a|/b|rw"}, Case{"/a:/b:ro,z", "bind|/a|/b|ro|z"},
                    Case{"/a:/b:Z,rshared", "bind|/a|/b|rw|rshared|Z"},
                    Case{"/a:/b:slave,ro", "bind|/a|/b|ro|slave"},
                    Case{"C:\\a:/b", "bind|C:\\a|/b|rw"},
                    Case{"C:\\a:D:\\b:ro", "bind|C:\\a|D:\\b|ro"},
                    Case{"\\\\.\\pipe\\docker:/p", "bind|\\\\.\\pipe\\docker|/p|rw"},
                    Case{"data:/x:nocopy", "volume|data|/x|rw|nocopy"},
                    Case{"${DIR}:/x", "bind|${DIR}|/x|rw"},
                    Case{"${DIR:-./a}:/x:ro", "bind|${DIR:-./a}|/x|ro"}, Case{"", "volume|||rw"},
                    Case{":", "volume|||rw"}));

class ComposeShortTmpfs : public testing::TestWithParam<Case> {};
TEST_P(ComposeShortTmpfs, KeepsItsOptions) {
  EXPECT_EQ(describe(parse_tmpfs(GetParam().in)), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(All, ComposeShortTmpfs,
                         testing::Values(Case{"/run", "tmpfs||/run|rw"},
                                         Case{"/tmp:size=64m,noexec",
                                              "tmpfs||/tmp|rw|size=64m,noexec"},
                                         Case{"/tmp:ro", "tmpfs||/tmp|ro"}));

std::string service_with(const std::string& attributes) {
  return "services:\n  web:\n" + attributes;
}

class ComposePorts : public testing::TestWithParam<Case> {};
TEST_P(ComposePorts, AreReadInBothSyntaxes) {
  Files files(service_with(GetParam().in));
  EXPECT_EQ(describe_all(files.read().services.at(0).ports), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    All, ComposePorts,
    testing::Values(Case{"    ports: [80, \"8080:80\"]\n", "||80|tcp\n|8080|80|tcp\n"},
                    Case{"    ports:\n      - 22:22\n", "|22|22|tcp\n"},
                    Case{"    ports:\n      - target: 80\n        published: \"8080\"\n"
                         "        host_ip: 127.0.0.1\n        protocol: UDP\n        mode: host\n",
                         "127.0.0.1|8080|80|udp\n"},
                    Case{"    ports: [{target: 80}]\n", "||80|tcp\n"},
                    Case{"    ports: [\"${PORT:-81}:80\", \"${NOPE}:90\"]\n",
                         "|81|80|tcp\n|${NOPE}|90|tcp|unknown\n"},
                    Case{"    ports: [\"80:80\", \"80:80\"]\n", "|80|80|tcp\n"},
                    Case{"    expose: [3000, \"8000/udp\"]\n",
                         "||3000|tcp|exposed\n||8000|udp|exposed\n"},
                    Case{"    ports: 80\n", "||80|tcp\n"}, Case{"    ports: {a: b}\n", ""},
                    Case{"    ports: [[80]]\n", ""}));

class ComposeMounts : public testing::TestWithParam<Case> {};
TEST_P(ComposeMounts, AreReadInBothSyntaxes) {
  Files files;
  files.add("app/compose.yaml", service_with(GetParam().in));
  const Workload& service = files.read("app/compose.yaml").services.at(0);
  EXPECT_EQ(describe_all(service.mounts) + describe_all(service.tmpfs), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    All, ComposeMounts,
    testing::Values(
        Case{"    volumes: [./data:/data, ../x:/y:ro, db:/db, /anonymous]\n",
             "bind|app/data|/data|rw\nbind|x|/y|ro\nvolume|db|/db|rw\nvolume||/anonymous|rw\n"},
        Case{"    volumes:\n      - type: bind\n        source: ./a\n        target: /a\n"
             "        read_only: \"true\"\n        bind: {propagation: rslave, selinux: z}\n",
             "bind|app/a|/a|ro|rslave|z\n"},
        Case{"    volumes:\n      - {type: tmpfs, target: /t, tmpfs: {size: 64m, mode: 1777}}\n",
             "tmpfs||/t|rw|size=64m,mode=1777\n"},
        Case{"    volumes:\n      - {type: npipe, source: '\\\\.\\pipe\\x', target: /t}\n",
             "other|\\\\.\\pipe\\x|/t|rw\n"},
        Case{"    volumes: [one:/x, two:/x/]\n", "volume|two|/x|rw\n"},
        Case{"    volumes: [\"${DIR}/a:/x\"]\n", "bind|${DIR}/a|/x|rw|unknown\n"},
        Case{"    volumes: [data:/x]\nvolumes:\n  data:\n    driver: local\n"
             "    driver_opts: {type: none, o: bind, device: /var/run}\n",
             "bind|/var/run|/x|rw|of data\n"},
        Case{"    tmpfs: /run\n", "tmpfs||/run|rw\n"},
        Case{"    tmpfs: [/run, \"/tmp:size=1m\"]\n", "tmpfs||/run|rw\ntmpfs||/tmp|rw|size=1m\n"},
        Case{"    secrets: [key, {source: cert, target: /etc/cert}]\n",
             "secret|key|/run/secrets/key|ro\nsecret|cert|/etc/cert|ro\n"},
        Case{"    configs: [conf]\n", "config|conf|/conf|ro\n"},
        Case{"    use_api_socket: true\n", "bind|/var/run/docker.sock|/var/run/docker.sock|rw\n"},
        Case{"    volumes: {a: b}\n", ""}, Case{"    volumes: [[a], ~]\n", ""}));

TEST(ComposeMountPlaces, PointAtTheEntry) {
  Files files(
      "services:\n  web:\n    volumes:\n      - ./a:/a  # c\n      - {type: bind, "
      "source: /b, target: /b}\n");
  const std::vector<Mount>& mounts = files.read().services.at(0).mounts;
  EXPECT_EQ(bytes(mounts.at(0).place), "./a:/a");
  EXPECT_EQ(bytes(mounts.at(1).place), "{type: bind, source: /b, target: /b}");
}

}  // namespace
}  // namespace plimsoll::compose
