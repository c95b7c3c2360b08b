#include "workload/compose_service.h"

#include <gtest/gtest.h>

#include <functional>

#include "workload/compose_testing.h"

namespace plimsoll::compose {
namespace {

std::string letter(Origin origin) {
  switch (origin) {
    case Origin::kDefault: return "default";
    case Origin::kSet: return "set";
    case Origin::kInherited: return "inherited";
    case Origin::kUnknown: return "unknown";
  }
  return "";
}

std::string describe(const Value<std::string>& value) {
  return letter(value.origin) + ' ' + value.value + " @" + std::string(bytes(value.place));
}
std::string describe(const Value<bool>& value) {
  return letter(value.origin) + (value.value ? " true @" : " false @") +
         std::string(bytes(value.place));
}
std::string describe(const Value<std::int64_t>& value) {
  return letter(value.origin) + ' ' + std::to_string(value.value) + " @" +
         std::string(bytes(value.place));
}
std::string describe(const Items& items) {
  std::string text = letter(items.origin);
  for (const Item& item : items.items) {
    text += ' ' + item.value + '@' + std::string(bytes(item.place));
  }
  return text;
}
std::string describe(const std::vector<EnvironmentVariable>& variables) {
  constexpr const char* kSources[] = {"literal", "defaulted", "variable", "host",
                                      "secret",  "reference", "file"};
  std::string text;
  for (const EnvironmentVariable& variable : variables) {
    text += variable.name + '=' + variable.value + " (" +
            kSources[static_cast<std::size_t>(variable.source)] + ") @" +
            std::string(bytes(variable.place)) + " @" + std::string(bytes(variable.value_place)) +
            '\n';
  }
  return text;
}
std::string describe(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += '[' + word + ']';
  return text;
}
std::string describe(const Value<Probe>& probe) {
  return letter(probe.origin) + (probe.value.disabled ? " disabled " : " ") +
         describe(probe.value.test) + " @" + std::string(bytes(probe.place));
}
std::string describe(const Value<Logging>& logging) {
  return letter(logging.origin) + ' ' + logging.value.driver +
         (logging.value.has_max_size ? " size" : "") + (logging.value.has_max_file ? " file" : "");
}
std::string describe(const std::vector<Dependency>& dependencies) {
  std::string text;
  for (const Dependency& one : dependencies) {
    text += one.service + ':' + one.condition + '@' + std::string(bytes(one.place)) + ' ';
  }
  return text;
}
std::string describe(const std::optional<Build>& build) {
  if (!build) return "none";
  std::string text = build->context + '|' + build->dockerfile;
  if (!build->inline_dockerfile.empty()) text += "|inline " + build->inline_dockerfile;
  if (!build->target.empty()) text += "|target " + build->target;
  for (const EnvironmentVariable& arg : build->args) text += "|" + arg.name + '=' + arg.value;
  if (build->has_secrets) text += "|secrets";
  if (build->network_host) text += "|host";
  if (build->privileged) text += "|privileged";
  if (!build->known) text += "|unknown";
  return text;
}

struct Case {
  std::string attributes;  ///< of the service, each line indented by four
  std::function<std::string(const Workload&)> get;
  std::string want;
};

void PrintTo(const Case& item, std::ostream* out) {
  *out << item.attributes;
}

template <class T>
std::function<std::string(const Workload&)> of(T Workload::*field) {
  return [field](const Workload& workload) { return describe(workload.*field); };
}
template <class T>
std::function<std::string(const Workload&)> of(T Resources::*field) {
  return [field](const Workload& workload) { return describe(workload.resources.*field); };
}

class ComposeAttribute : public testing::TestWithParam<Case> {};
TEST_P(ComposeAttribute, IsRead) {
  Files files;
  files.add("app/compose.yaml", "services:\n  web:\n" + GetParam().attributes);
  const Project& project = files.read("app/compose.yaml");
  ASSERT_EQ(project.services.size(), 1U);
  EXPECT_EQ(GetParam().get(project.services[0]), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Plain, ComposeAttribute,
    testing::Values(
        Case{"    image: nginx:1.27\n", of(&Workload::image), "set nginx:1.27 @nginx:1.27"},
        Case{"    image: \"nginx\"\n", of(&Workload::image), "set nginx @\"nginx\""},
        Case{"    command: x\n", of(&Workload::image), "default  @"},
        Case{"    image: nginx:${TAG:-1}\n", of(&Workload::image), "set nginx:1 @nginx:${TAG:-1}"},
        Case{"    image: nginx:${TAG}\n", of(&Workload::image),
             "unknown nginx:${TAG} @nginx:${TAG}"},
        Case{"    image: nginx:${TAG:?say which}\n", of(&Workload::image),
             "unknown nginx:${TAG} @nginx:${TAG:?say which}"},
        Case{"    image: [a]\n", of(&Workload::image), "default  @"},
        Case{"    {image: a, user: 1000}\n", of(&Workload::user), "set 1000 @1000"},
        Case{"    user: 1000:1000\n", of(&Workload::user), "set 1000:1000 @1000:1000"},
        Case{"    pull_policy: always\n", of(&Workload::pull_policy), "set always @always"},
        Case{"    platform: linux/amd64\n", of(&Workload::platform),
             "set linux/amd64 @linux/amd64"},
        Case{"    group_add: [docker, 999]\n", of(&Workload::group_add),
             "set docker@docker 999@999"},
        Case{"    network_mode: host\n", of(&Workload::network_mode), "set host @host"},
        Case{"    network_mode: service:db\n", of(&Workload::network_mode),
             "set service:db @service:db"},
        Case{"    pid: host\n", of(&Workload::pid_mode), "set host @host"},
        Case{"    ipc: shareable\n", of(&Workload::ipc_mode), "set shareable @shareable"},
        Case{"    uts: host\n", of(&Workload::uts_mode), "set host @host"},
        Case{"    userns_mode: host\n", of(&Workload::userns_mode), "set host @host"},
        Case{"    cgroup: host\n", of(&Workload::cgroup_mode), "set host @host"},
        Case{"    cgroup_parent: m-x\n", of(&Workload::cgroup_parent), "set m-x @m-x"},
        Case{"    stop_signal: SIGQUIT\n", of(&Workload::stop_signal), "set SIGQUIT @SIGQUIT"},
        Case{"    volumes_from: [a:ro]\n", of(&Workload::volumes_from), "set a:ro@a:ro"},
        Case{"    links: [db]\n    external_links: [x:y]\n", of(&Workload::links),
             "set db@db x:y@x:y"},
        Case{"    extra_hosts: [\"a:1.2.3.4\", \"b=::1\"]\n", of(&Workload::extra_hosts),
             "set a:1.2.3.4@\"a:1.2.3.4\" b:::1@\"b=::1\""},
        Case{"    extra_hosts: {a: 1.2.3.4}\n", of(&Workload::extra_hosts), "set a:1.2.3.4@a"},
        Case{"    labels: {a: b, c: }\n", of(&Workload::labels), "set a=b@a c@c"},
        Case{"    labels: [a=b, c]\n", of(&Workload::labels), "set a=b@a=b c@c"},
        Case{"    profiles: [debug]\n", of(&Workload::profiles), "set debug@debug"},
        Case{"    networks: [a, b]\n", of(&Workload::networks), "set a@a b@b"},
        Case{"    networks: {a: , b: {aliases: [x]}}\n", of(&Workload::networks), "set a@a b@b"},
        Case{"    depends_on: [a]\n", of(&Workload::depends_on), "a:@a "},
        Case{"    depends_on: {a: {condition: service_healthy}}\n", of(&Workload::depends_on),
             "a:service_healthy@a "}));

INSTANTIATE_TEST_SUITE_P(
    Security, ComposeAttribute,
    testing::Values(
        Case{"    privileged: true\n", of(&Workload::privileged), "set true @true"},
        Case{"    privileged: \"true\"\n", of(&Workload::privileged), "set true @\"true\""},
        Case{"    privileged: yes\n", of(&Workload::privileged), "set true @yes"},
        Case{"    privileged: ${P:-true}\n", of(&Workload::privileged), "set true @${P:-true}"},
        Case{"    privileged: ${P}\n", of(&Workload::privileged), "unknown false @${P}"},
        Case{"    privileged: maybe\n", of(&Workload::privileged), "default false @"},
        Case{"    image: a\n", of(&Workload::privileged), "default false @"},
        Case{"    cap_add: [CAP_sys_admin, net_raw]\n", of(&Workload::cap_add),
             "set SYS_ADMIN@CAP_sys_admin NET_RAW@net_raw"},
        Case{"    cap_drop:\n      - all\n", of(&Workload::cap_drop), "set ALL@all"},
        Case{"    cap_drop: []\n", of(&Workload::cap_drop), "set"},
        Case{"    cap_drop: [\"${C}\"]\n", of(&Workload::cap_drop), "unknown ${C}@\"${C}\""},
        Case{"    security_opt: [no-new-privileges]\n", of(&Workload::no_new_privileges),
             "set true @no-new-privileges"},
        Case{"    security_opt: [\"no-new-privileges:true\"]\n", of(&Workload::no_new_privileges),
             "set true @\"no-new-privileges:true\""},
        Case{"    security_opt: [no-new-privileges=true]\n", of(&Workload::no_new_privileges),
             "set true @no-new-privileges=true"},
        Case{"    security_opt: [no-new-privileges:false]\n", of(&Workload::no_new_privileges),
             "set false @no-new-privileges:false"},
        Case{"    security_opt: [\"${OPT}\"]\n", of(&Workload::no_new_privileges),
             "unknown false @\"${OPT}\""},
        Case{"    security_opt: [seccomp:unconfined]\n", of(&Workload::seccomp),
             "set unconfined @seccomp:unconfined"},
        Case{"    security_opt: [seccomp=./p.json]\n", of(&Workload::seccomp),
             "set ./p.json @seccomp=./p.json"},
        Case{"    security_opt: [apparmor=unconfined]\n", of(&Workload::apparmor),
             "set unconfined @apparmor=unconfined"},
        Case{"    security_opt: [label:disable]\n", of(&Workload::selinux),
             "set disable @label:disable"},
        Case{"    security_opt: [\"label:type:t\"]\n", of(&Workload::selinux),
             "set type:t @\"label:type:t\""},
        Case{"    security_opt: [systempaths=unconfined]\n", of(&Workload::proc_mount),
             "set unconfined @systempaths=unconfined"},
        Case{"    security_opt: [a:b, c]\n", of(&Workload::security_options), "set a:b@a:b c@c"},
        Case{"    sysctls: {net.core.somaxconn: 1024}\n", of(&Workload::sysctls),
             "set net.core.somaxconn=1024@net.core.somaxconn"},
        Case{"    sysctls: [a.b=1]\n", of(&Workload::sysctls), "set a.b=1@a.b=1"},
        Case{"    devices: [\"/dev/kvm:/dev/kvm:rwm\", /dev/fuse]\n", of(&Workload::devices),
             "set /dev/kvm:/dev/kvm:rwm@\"/dev/kvm:/dev/kvm:rwm\" /dev/fuse@/dev/fuse"},
        Case{"    devices: [{source: /dev/a, target: /dev/b, permissions: r}]\n",
             of(&Workload::devices),
             "set /dev/a:/dev/b:r@{source: /dev/a, target: /dev/b, permissions: r}"},
        Case{"    device_cgroup_rules: ['c 1:3 mr']\n", of(&Workload::device_cgroup_rules),
             "set c 1:3 mr@'c 1:3 mr'"},
        Case{"    gpus: all\n", of(&Workload::gpu), "set true @all"},
        Case{"    gpus: [{count: 1}]\n", of(&Workload::gpu), "set true @[{count: 1}]"},
        Case{"    deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}\n",
             of(&Workload::gpu), "set true @{capabilities: [gpu]}"},
        Case{"    deploy: {resources: {reservations: {devices: [{capabilities: [tpu]}]}}}\n",
             of(&Workload::gpu), "default false @"},
        Case{"    read_only: true\n", of(&Workload::read_only), "set true @true"},
        Case{"    secrets: [a, {source: b}]\n", of(&Workload::secrets), "set a@a b@{source: b}"}));

INSTANTIATE_TEST_SUITE_P(
    Limits, ComposeAttribute,
    testing::Values(
        Case{"    mem_limit: 512m\n", of(&Resources::memory_limit), "set 512m @512m"},
        Case{"    mem_limit: 1g\n    deploy: {resources: {limits: {memory: 2g}}}\n",
             of(&Resources::memory_limit), "set 2g @2g"},
        Case{"    mem_reservation: 1g\n", of(&Resources::memory_request), "set 1g @1g"},
        Case{"    deploy: {resources: {reservations: {memory: 1g}}}\n",
             of(&Resources::memory_request), "set 1g @1g"},
        Case{"    cpus: 0.5\n", of(&Resources::cpu_limit), "set 0.5 @0.5"},
        Case{"    deploy: {resources: {limits: {cpus: '2'}}}\n", of(&Resources::cpu_limit),
             "set 2 @'2'"},
        Case{"    cpu_quota: 50000\n", of(&Resources::cpu_limit), "set 0.5 @50000"},
        Case{"    cpu_quota: 50000\n    cpu_period: 25000\n", of(&Resources::cpu_limit),
             "set 2 @50000"},
        Case{"    deploy: {resources: {reservations: {cpus: 1}}}\n", of(&Resources::cpu_request),
             "set 1 @1"},
        Case{"    pids_limit: 100\n", of(&Resources::pids_limit), "set 100 @100"},
        Case{"    pids_limit: \"-1\"\n", of(&Resources::pids_limit), "set -1 @\"-1\""},
        Case{"    pids_limit: many\n", of(&Resources::pids_limit), "default 0 @"},
        Case{"    deploy: {resources: {limits: {pids: 50}}}\n", of(&Resources::pids_limit),
             "set 50 @50"},
        Case{"    oom_kill_disable: true\n", of(&Workload::oom_kill_disable), "set true @true"},
        Case{"    oom_score_adj: -500\n", of(&Workload::oom_score_adj), "set -500 @-500"}));

INSTANTIATE_TEST_SUITE_P(
    Lifecycle, ComposeAttribute,
    testing::Values(
        Case{"    image: a\n", of(&Workload::restart), "default no @"},
        Case{"    restart: no\n", of(&Workload::restart), "set no @no"},
        Case{"    restart: \"no\"\n", of(&Workload::restart), "set no @\"no\""},
        Case{"    restart: on-failure:5\n", of(&Workload::restart),
             "set on-failure:5 @on-failure:5"},
        Case{"    deploy: {restart_policy: {condition: on-failure, max_attempts: 3}}\n",
             of(&Workload::restart), "set on-failure:3 @on-failure"},
        Case{"    deploy: {restart_policy: {condition: none}}\n", of(&Workload::restart),
             "set no @none"},
        Case{"    deploy: {restart_policy: {delay: 5s}}\n", of(&Workload::restart),
             "set always @{delay: 5s}"},
        Case{"    restart: always\n    deploy: {restart_policy: {condition: none}}\n",
             of(&Workload::restart), "set always @always"},
        Case{"    init: true\n", of(&Workload::init), "set true @true"},
        Case{"    healthcheck: {test: curl -f x}\n", of(&Workload::healthcheck),
             "set [CMD-SHELL][curl -f x] @curl -f x"},
        Case{"    healthcheck: {test: [CMD, curl]}\n", of(&Workload::healthcheck),
             "set [CMD][curl] @[CMD, curl]"},
        Case{"    healthcheck: {test: [NONE]}\n", of(&Workload::healthcheck),
             "set disabled [NONE] @[NONE]"},
        Case{"    healthcheck: {disable: true}\n", of(&Workload::healthcheck),
             "set disabled  @true"},
        Case{"    healthcheck: {interval: 5s}\n", of(&Workload::healthcheck), "default  @"},
        Case{"    healthcheck: {disable: false, test: a}\n", of(&Workload::healthcheck),
             "set [CMD-SHELL][a] @a"},
        Case{"    logging: {driver: json-file, options: {max-size: 10m, max-file: 3}}\n",
             of(&Workload::logging), "set json-file size file"},
        Case{"    logging: {options: {max-size: 10m}}\n", of(&Workload::logging), "set  size"},
        Case{"    image: a\n", of(&Workload::logging), "default "},
        Case{"    command: nginx -g x\n", of(&Workload::command), "[nginx -g x]"},
        Case{"    command: [a, \"b c\"]\n", of(&Workload::command), "[a][b c]"},
        Case{"    entrypoint: [/x]\n", of(&Workload::entrypoint), "[/x]"}));

INSTANTIATE_TEST_SUITE_P(
    Build, ComposeAttribute,
    testing::Values(
        Case{"    image: a\n", of(&Workload::build), "none"},
        Case{"    build: .\n", of(&Workload::build), "app|app/Dockerfile"},
        Case{"    build: ../web\n", of(&Workload::build), "web|web/Dockerfile"},
        Case{"    build: {context: ./src, dockerfile: docker/Dockerfile.prod, target: run}\n",
             of(&Workload::build), "app/src|app/src/docker/Dockerfile.prod|target run"},
        Case{"    build: {dockerfile_inline: FROM x}\n", of(&Workload::build),
             "app||inline FROM x"},
        Case{"    build: {context: ., args: {A: 1, B: }}\n", of(&Workload::build),
             "app|app/Dockerfile|A=1|B="},
        Case{
            "    build: {context: ., args: [A=1], secrets: [x], network: host, privileged: true}\n",
            of(&Workload::build), "app|app/Dockerfile|A=1|secrets|host|privileged"},
        Case{"    build: https://github.com/a/b.git#main\n", of(&Workload::build), "||unknown"},
        Case{"    build: git@github.com:a/b.git\n", of(&Workload::build), "||unknown"},
        Case{"    build: ${CTX}\n", of(&Workload::build), "||unknown"},
        Case{"    build: ${CTX:-x}\n", of(&Workload::build), "app/x|app/x/Dockerfile"},
        Case{"    build: {context: ., entitlements: [security.insecure]}\n", of(&Workload::build),
             "app|app/Dockerfile|privileged"},
        Case{"    build: [x]\n", of(&Workload::build), "none"}));

INSTANTIATE_TEST_SUITE_P(
    Environment, ComposeAttribute,
    testing::Values(
        Case{"    environment: {A: 1, B: \"x\", C: , D: true}\n", of(&Workload::environment),
             "A=1 (literal) @A @1\nB=x (literal) @B @\"x\"\nC= (host) @C @C\n"
             "D=true (literal) @D @true\n"},
        Case{"    environment: [A=1, \"B=x=y\", C]\n", of(&Workload::environment),
             "A=1 (literal) @A=1 @1\nB=x=y (literal) @\"B=x=y\" @x=y\nC= (host) @C @C\n"},
        Case{"    environment: {A: \"${X:-pw}\", B: $X, C: $$X}\n", of(&Workload::environment),
             "A=pw (defaulted) @A @\"${X:-pw}\"\nB=${X} (variable) @B @$X\n"
             "C=$X (literal) @C @$$X\n"},
        Case{"    environment: [A=1, A=2]\n", of(&Workload::environment),
             "A=2 (literal) @A=2 @2\n"},
        Case{"    environment: [\"A=${X:-b=c}\"]\n", of(&Workload::environment),
             "A=b=c (defaulted) @\"A=${X:-b=c}\" @${X:-b=c}\n"},
        Case{"    environment: 5\n", of(&Workload::environment), "5= (host) @5 @5\n"}));

TEST(ComposeService, TakesVariablesFromEnvFiles) {
  Files files;
  files.add("app/compose.yaml",
            "services:\n  web:\n    env_file: [a.env, {path: b.env, required: false}, "
            "{path: c.env, required: false}]\n    environment: {OWN: here}\n");
  files.add("app/a.env", "# comment\nA=1\nOWN=file\nB=a\n");
  files.add("app/b.env", "B=\"b\"\n");
  const Project& project = files.read("app/compose.yaml");
  EXPECT_EQ(describe(project.services.at(0).environment),
            "OWN=here (literal) @OWN @here\nA=1 (file) @A=1 @1\nB=b (file) @B=\"b\" @\"b\"\n");
  EXPECT_EQ(project.services.at(0).env_files.items.at(1).value, "app/b.env");
  EXPECT_TRUE(project.errors.empty());
}

TEST(ComposeService, IsQuietAboutAnEnvFileThatIsNotInTheRepository) {
  Files files("services: {web: {env_file: gone.env}}\n");
  const Project& project = files.read();
  EXPECT_TRUE(project.errors.empty());
  EXPECT_EQ(project.services.at(0).env_files.items.at(0).value, "gone.env");
}

TEST(ComposeService, TakesInterpolationFromTheEnvFileBeside) {
  Files files;
  files.add("app/compose.yaml",
            "services: {web: {image: \"a:${TAG}\", environment: {PW: \"${PW}\"}}}\n");
  files.add("app/.env", "TAG=7\nPW=secret\n");
  const Workload& service = files.read("app/compose.yaml").services.at(0);
  EXPECT_EQ(describe(service.image), "set a:7 @\"a:${TAG}\"");
  EXPECT_EQ(describe(service.environment), "PW=secret (variable) @PW @\"${PW}\"\n");
}

TEST(ComposeService, SaysWhatComesThroughAnchors) {
  Files files(
      "x-base: &base\n  privileged: true\n  cap_add: [A]\n"
      "x-env: &env {A: 1}\n"
      "services:\n"
      "  web:\n    <<: *base\n    cap_add: [B]\n    environment: *env\n"
      "  alias: *base\n");
  const Project& project = files.read();
  const Workload& web = *project.service("web");
  EXPECT_EQ(describe(web.privileged), "inherited true @true");
  EXPECT_EQ(describe(web.cap_add), "set B@B");
  EXPECT_EQ(describe(web.environment), "A=1 (literal) @A @1\n");
  EXPECT_EQ(project.service("alias")->privileged.origin, Origin::kInherited);
  EXPECT_EQ(bytes(project.service("alias")->place), "alias");
}

TEST(ComposeService, IsOneShotWhenItNeverRestartsAndIsStartedOnDemand) {
  Files files(
      "services:\n"
      "  a: {image: x, restart: \"no\", profiles: [tools]}\n"
      "  b: {image: x, profiles: [tools]}\n"
      "  c: {image: x, restart: \"no\"}\n"
      "  d: {image: x, deploy: {mode: replicated-job}}\n"
      "jobs:\n  e: {image: x}\n");
  const Project& project = files.read();
  std::string one_shot;
  for (const Workload& service : project.services) {
    if (service.one_shot) one_shot += service.name;
  }
  EXPECT_EQ(one_shot, "ade");
}

}  // namespace
}  // namespace plimsoll::compose
