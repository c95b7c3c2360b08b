#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "workload/kubernetes_fixture.h"

namespace plimsoll::kubernetes {
namespace {

/// What is told of the first container of a pod.
using Tell = std::string (*)(const Workload&);

struct Case {
  std::string_view name;
  std::string_view spec;  ///< the pod's
  Tell tell;
  std::string_view want;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << test.name;
}

class KubernetesSettingTest : public testing::TestWithParam<Case> {};

TEST_P(KubernetesSettingTest, IsRead) {
  const Fixture fixture = Fixture::pod(GetParam().spec);
  ASSERT_FALSE(fixture.out.workloads.empty());
  EXPECT_EQ(GetParam().tell(fixture.first()), GetParam().want) << GetParam().spec;
}

std::string user(const Workload& w) {
  return show(w.user);
}
std::string non_root(const Workload& w) {
  return show(w.run_as_non_root);
}
std::string groups(const Workload& w) {
  return show(w.group_add);
}
std::string privileged(const Workload& w) {
  return show(w.privileged);
}
std::string no_new_privileges(const Workload& w) {
  return show(w.no_new_privileges);
}
std::string cap_add(const Workload& w) {
  return show(w.cap_add);
}
std::string cap_drop(const Workload& w) {
  return show(w.cap_drop);
}
std::string seccomp(const Workload& w) {
  return show(w.seccomp);
}
std::string apparmor(const Workload& w) {
  return show(w.apparmor);
}
std::string selinux(const Workload& w) {
  return show(w.selinux);
}
std::string proc_mount(const Workload& w) {
  return show(w.proc_mount);
}
std::string sysctls(const Workload& w) {
  return show(w.sysctls);
}
std::string read_only(const Workload& w) {
  return show(w.read_only);
}

INSTANTIATE_TEST_SUITE_P(
    Security, KubernetesSettingTest,
    testing::Values(
        Case{"no user", "{containers: [{name: c}]}", user, "default"},
        Case{"uid of the container", "{containers: [{name: c, securityContext: {runAsUser: 7}}]}",
             user, "set 7"},
        Case{"uid of the pod", "{securityContext: {runAsUser: 7}, containers: [{name: c}]}", user,
             "inherited 7"},
        Case{"the container's uid wins",
             "{securityContext: {runAsUser: 0}, containers: [{name: c, securityContext: "
             "{runAsUser: 7}}]}",
             user, "set 7"},
        Case{"uid and gid from different places",
             "{securityContext: {runAsGroup: 8}, containers: [{name: c, securityContext: "
             "{runAsUser: 7}}]}",
             user, "set 7:8"},
        Case{"a gid alone leaves the image's user",
             "{securityContext: {runAsGroup: 8}, containers: [{name: c}]}", user, "default"},
        Case{"root", "{containers: [{name: c, securityContext: {runAsUser: 0}}]}", user, "set 0"},
        Case{"a quoted uid is of the wrong type",
             "{containers: [{name: c, securityContext: {runAsUser: '7'}}]}", user, "unknown"},
        Case{"a template for a uid",
             "{containers: [{name: c, securityContext: {runAsUser: '{{ .uid }}'}}]}", user,
             "unknown"},
        Case{"a null uid is none",
             "{securityContext: {runAsUser: 7}, containers: [{name: c, securityContext: "
             "{runAsUser: null}}]}",
             user, "inherited 7"},
        Case{"a context that is no mapping",
             "{containers: [{name: c, securityContext: '${CONTEXT}'}]}", user, "unknown"},
        Case{"a Windows user",
             "{os: {name: windows}, securityContext: {windowsOptions: {runAsUserName: "
             "ContainerUser}}, containers: [{name: c}]}",
             user, "inherited ContainerUser"},
        Case{"runAsNonRoot not written", "{containers: [{name: c}]}", non_root, "default none"},
        Case{"runAsNonRoot of the pod",
             "{securityContext: {runAsNonRoot: true}, containers: [{name: c}]}", non_root,
             "inherited true"},
        Case{"runAsNonRoot of the container wins",
             "{securityContext: {runAsNonRoot: true}, containers: [{name: c, securityContext: "
             "{runAsNonRoot: false}}]}",
             non_root, "set false"},
        Case{"supplemental groups",
             "{securityContext: {supplementalGroups: [5, 0], fsGroup: 9}, containers: [{name: "
             "c}]}",
             groups, "inherited [5, 0]"},
        Case{"fsGroup 0", "{securityContext: {fsGroup: 0}, containers: [{name: c}]}", groups,
             "inherited [0]"},
        Case{"a yes is true", "{containers: [{name: c, securityContext: {privileged: yes}}]}",
             privileged, "set true"},
        Case{"a quoted true is of the wrong type",
             "{containers: [{name: c, securityContext: {privileged: \"true\"}}]}", privileged,
             "unknown"},
        Case{"not privileged", "{containers: [{name: c}]}", privileged, "default false"},
        Case{"escalation is allowed by default", "{containers: [{name: c}]}", no_new_privileges,
             "default false"},
        Case{"escalation forbidden",
             "{containers: [{name: c, securityContext: {allowPrivilegeEscalation: false}}]}",
             no_new_privileges, "set true"},
        Case{"escalation allowed",
             "{containers: [{name: c, securityContext: {allowPrivilegeEscalation: true}}]}",
             no_new_privileges, "set false"},
        Case{"privileged forces escalation",
             "{containers: [{name: c, securityContext: {allowPrivilegeEscalation: false, "
             "privileged: true}}]}",
             no_new_privileges, "set false"},
        Case{"SYS_ADMIN forces escalation",
             "{containers: [{name: c, securityContext: {allowPrivilegeEscalation: false, "
             "capabilities: {add: [CAP_SYS_ADMIN]}}}]}",
             no_new_privileges, "set false"},
        Case{"escalation by template",
             "{containers: [{name: c, securityContext: {allowPrivilegeEscalation: '${X}'}}]}",
             no_new_privileges, "unknown"},
        Case{"capabilities are normalised",
             "{containers: [{name: c, securityContext: {capabilities: {add: [CAP_NET_ADMIN, "
             "sys_time]}}}]}",
             cap_add, "set [NET_ADMIN, SYS_TIME]"},
        Case{"dropped capabilities",
             "{containers: [{name: c, securityContext: {capabilities: {drop: [all]}}}]}", cap_drop,
             "set [ALL]"},
        Case{"an empty list is set",
             "{containers: [{name: c, securityContext: {capabilities: {drop: []}}}]}", cap_drop,
             "set []"},
        Case{
            "a template in a list hides some",
            "{containers: [{name: c, securityContext: {capabilities: {drop: ['{{ x }}', KILL]}}}]}",
            cap_drop, "unknown [KILL]"},
        Case{"a list that is a word",
             "{containers: [{name: c, securityContext: {capabilities: {drop: ALL}}}]}", cap_drop,
             "unknown []"},
        Case{"read-only root",
             "{containers: [{name: c, securityContext: {readOnlyRootFilesystem: "
             "true}}]}",
             read_only, "set true"},
        Case{"unmasked proc", "{containers: [{name: c, securityContext: {procMount: Unmasked}}]}",
             proc_mount, "set Unmasked"},
        Case{"default proc is masked",
             "{containers: [{name: c, securityContext: {procMount: Default}}]}", proc_mount, "set"},
        Case{"sysctls",
             "{securityContext: {sysctls: [{name: net.core.somaxconn, value: '1024'}]}, "
             "containers: [{name: c}]}",
             sysctls, "inherited [net.core.somaxconn=1024]"},
        Case{"no seccomp", "{containers: [{name: c}]}", seccomp, "default"},
        Case{"seccomp of the pod",
             "{securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: "
             "c}]}",
             seccomp, "inherited RuntimeDefault"},
        Case{"seccomp off",
             "{containers: [{name: c, securityContext: {seccompProfile: {type: Unconfined}}}]}",
             seccomp, "set unconfined"},
        Case{"seccomp profile on the node",
             "{containers: [{name: c, securityContext: {seccompProfile: {type: Localhost, "
             "localhostProfile: p/audit.json}}}]}",
             seccomp, "set p/audit.json"},
        Case{"apparmor of the container",
             "{securityContext: {appArmorProfile: {type: Unconfined}}, containers: [{name: c, "
             "securityContext: {appArmorProfile: {type: RuntimeDefault}}}]}",
             apparmor, "set RuntimeDefault"},
        Case{"apparmor off",
             "{securityContext: {appArmorProfile: {type: Unconfined}}, containers: [{name: c}]}",
             apparmor, "inherited unconfined"},
        Case{"selinux",
             "{securityContext: {seLinuxOptions: {level: 's0:c1', type: spc_t}}, containers: "
             "[{name: c}]}",
             selinux, "inherited type:spc_t,level:s0:c1"},
        Case{"selinux by template",
             "{containers: [{name: c, securityContext: {seLinuxOptions: {type: '{{ t }}'}}}]}",
             selinux, "unknown"}));

std::string network(const Workload& w) {
  return show(w.network_mode);
}
std::string pid(const Workload& w) {
  return show(w.pid_mode);
}
std::string ipc(const Workload& w) {
  return show(w.ipc_mode);
}
std::string userns(const Workload& w) {
  return show(w.userns_mode);
}
std::string hosts(const Workload& w) {
  return show(w.extra_hosts);
}
std::string image(const Workload& w) {
  return show(w.image);
}
std::string pull(const Workload& w) {
  return show(w.pull_policy);
}
std::string restart(const Workload& w) {
  return show(w.restart);
}
std::string gpu(const Workload& w) {
  return show(w.gpu);
}
std::string memory(const Workload& w) {
  return show(w.resources.memory_limit) + " / " + show(w.resources.memory_request);
}
std::string cpu(const Workload& w) {
  return show(w.resources.cpu_limit) + " / " + show(w.resources.cpu_request);
}
std::string storage(const Workload& w) {
  return show(w.resources.ephemeral_limit) + " / " + show(w.resources.ephemeral_request);
}
std::string secrets(const Workload& w) {
  return show(w.secrets);
}

INSTANTIATE_TEST_SUITE_P(
    Host, KubernetesSettingTest,
    testing::Values(
        Case{"own network", "{containers: [{name: c}]}", network, "default"},
        Case{"host network", "{hostNetwork: true, containers: [{name: c}]}", network,
             "inherited host"},
        Case{"host network off", "{hostNetwork: false, containers: [{name: c}]}", network,
             "inherited"},
        Case{"host network by template", "{hostNetwork: '${X}', containers: [{name: c}]}", network,
             "unknown"},
        Case{"host pids", "{hostPID: true, containers: [{name: c}]}", pid, "inherited host"},
        Case{"host ipc", "{hostIPC: true, containers: [{name: c}]}", ipc, "inherited host"},
        Case{"host users by default", "{containers: [{name: c}]}", userns, "default"},
        Case{"host users", "{hostUsers: true, containers: [{name: c}]}", userns, "inherited host"},
        Case{"own users", "{hostUsers: false, containers: [{name: c}]}", userns,
             "inherited private"},
        Case{"host aliases",
             "{hostAliases: [{ip: 1.2.3.4, hostnames: [a, b]}], containers: [{name: c}]}", hosts,
             "inherited [a:1.2.3.4, b:1.2.3.4]"}));

INSTANTIATE_TEST_SUITE_P(
    Life, KubernetesSettingTest,
    testing::Values(
        Case{"an image", "{containers: [{name: c, image: 'nginx:1.27'}]}", image, "set nginx:1.27"},
        Case{"no image", "{containers: [{name: c}]}", image, "default"},
        Case{"a Helm image", "{containers: [{name: c, image: '{{ .Values.image }}'}]}", image,
             "unknown"},
        Case{"an image with a variable", "{containers: [{name: c, image: 'gcr.io/$PROJECT/app'}]}",
             image, "unknown"},
        Case{"pull: no tag", "{containers: [{name: c, image: 'r:5000/nginx'}]}", pull,
             "default Always"},
        Case{"pull: latest", "{containers: [{name: c, image: 'nginx:latest'}]}", pull,
             "default Always"},
        Case{"pull: a tag", "{containers: [{name: c, image: 'r:5000/nginx:1'}]}", pull,
             "default IfNotPresent"},
        Case{"pull: a digest", "{containers: [{name: c, image: 'nginx@sha256:00'}]}", pull,
             "default IfNotPresent"},
        Case{"pull: latest with a digest",
             "{containers: [{name: c, image: 'nginx:latest@sha256:00'}]}", pull, "default Always"},
        Case{"pull: written", "{containers: [{name: c, image: nginx, imagePullPolicy: Never}]}",
             pull, "set Never"},
        Case{"pull: of an unknown image", "{containers: [{name: c, image: '$X'}]}", pull,
             "unknown"},
        Case{"restarts by default", "{containers: [{name: c}]}", restart, "default always"},
        Case{"never restarts", "{restartPolicy: Never, containers: [{name: c}]}", restart,
             "inherited no"},
        Case{"restarts on failure", "{restartPolicy: OnFailure, containers: [{name: c}]}", restart,
             "inherited on-failure"},
        Case{"no limits", "{containers: [{name: c}]}", memory, "default / default"},
        Case{"limits and requests",
             "{containers: [{name: c, resources: {limits: {memory: 64Mi}, requests: {memory: "
             "32Mi}}}]}",
             memory, "set 64Mi / set 32Mi"},
        Case{"a limit is the request, too",
             "{containers: [{name: c, resources: {limits: {cpu: 1}}}]}", cpu,
             "set 1 / inherited 1"},
        Case{"a request is no limit",
             "{containers: [{name: c, resources: {requests: {cpu: 500m}}}]}", cpu,
             "default / set 500m"},
        Case{"resources of the whole pod",
             "{resources: {limits: {memory: 1Gi}}, containers: [{name: c}]}", memory,
             "inherited 1Gi / inherited 1Gi"},
        Case{"ephemeral storage",
             "{containers: [{name: c, resources: {limits: {ephemeral-storage: 1Gi}}}]}", storage,
             "set 1Gi / inherited 1Gi"},
        Case{"limits by template", "{containers: [{name: c, resources: {limits: '${L}'}}]}", memory,
             "unknown / unknown"},
        Case{"a GPU", "{containers: [{name: c, resources: {limits: {nvidia.com/gpu: 1}}}]}", gpu,
             "set true"},
        Case{"no GPU", "{containers: [{name: c, resources: {limits: {nvidia.com/gpu: 0}}}]}", gpu,
             "default false"},
        Case{"a secret for the environment",
             "{containers: [{name: c, envFrom: [{configMapRef: {name: m}}, {secretRef: {name: "
             "s}}]}]}",
             secrets, "set [s]"},
        Case{"a mounted secret",
             "{volumes: [{name: v, secret: {secretName: s}}], containers: [{name: c, volumeMounts: "
             "[{name: v, mountPath: /s}]}]}",
             secrets, "set [s]"}));

TEST(KubernetesContainer, KindsOfContainers) {
  const Fixture fixture = Fixture::pod(
      "{containers: [{name: a}], initContainers: [{name: b}, {name: c, restartPolicy: Always}], "
      "ephemeralContainers: [{name: d}]}");
  std::vector<std::string> kinds;
  for (const Workload* workload : fixture.out.pods[0].containers) {
    kinds.push_back(workload->name + ": " + workload->kind +
                    (workload->one_shot ? " (one shot)" : ""));
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"a: container", "b: init container (one shot)",
                                             "c: sidecar container", "d: ephemeral container"}));
}

TEST(KubernetesContainer, NamesMakeIdsUnique) {
  const Fixture fixture =
      Fixture::pod("{containers: [{name: a}, {name: a}, {image: i}], initContainers: [{name: a}]}");
  std::vector<std::string> ids;
  for (const Workload& workload : fixture.out.workloads) ids.push_back(workload.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"k8s.yaml#Pod/p/a", "k8s.yaml#Pod/p/a~2",
                                           "k8s.yaml#Pod/p/containers[2]", "k8s.yaml#Pod/p/a~3"}));
}

TEST(KubernetesContainer, ANameThatIsTakenIsStillItsName) {
  const Fixture fixture = Fixture::pod("{containers: [{name: a}, {name: a}]}");
  EXPECT_EQ(fixture.out.workloads.at(1).name, "a");
}

TEST(KubernetesContainer, PlacesAreShort) {
  const Fixture fixture = Fixture::pod(
      "{containers: [{name: web, image: i}, {image: only}, {tty: "
      "true}, {}]}");
  ASSERT_EQ(fixture.out.workloads.size(), 4U);
  EXPECT_EQ(fixture.bytes(fixture.out.workloads[0].place), "web");
  EXPECT_EQ(fixture.bytes(fixture.out.workloads[1].place), "only");
  EXPECT_EQ(fixture.bytes(fixture.out.workloads[2].place), "tty");
  EXPECT_EQ(fixture.bytes(fixture.out.workloads[3].place), "{}");
  EXPECT_EQ(fixture.bytes(fixture.first().group_place), "p");
}

TEST(KubernetesContainer, InheritedValuesArePlacedAtThePod) {
  const Fixture fixture =
      Fixture::pod("{securityContext: {runAsUser: 1234}, containers: [{name: c}]}");
  EXPECT_EQ(fixture.bytes(fixture.first().user.place), "1234");
}

TEST(KubernetesContainer, WhatIsNoContainerIsAProblemAndTheNextIsRead) {
  const Fixture fixture = Fixture::pod("{containers: [7, {name: c}], initContainers: {name: x}}");
  ASSERT_EQ(fixture.out.workloads.size(), 1U);
  EXPECT_EQ(fixture.first().name, "c");
  ASSERT_EQ(fixture.out.problems.size(), 2U);
  EXPECT_EQ(fixture.out.problems[0].message, "an element of containers is no container");
  EXPECT_EQ(fixture.out.problems[1].message, "initContainers is no list");
}

TEST(KubernetesContainer, CommandAndArguments) {
  const Fixture fixture = Fixture::container("command: [sh, -c], args: ['echo $(X)', 1]");
  EXPECT_EQ(fixture.first().entrypoint, (std::vector<std::string>{"sh", "-c"}));
  EXPECT_EQ(fixture.first().command, (std::vector<std::string>{"echo $(X)", "1"}));
  EXPECT_EQ(fixture.bytes(fixture.first().command_place), "[sh, -c]");
}

TEST(KubernetesContainer, ProbesArePlacedAtTheirKey) {
  const Fixture fixture = Fixture::container(
      "livenessProbe: {exec: {command: [a]}}, readinessProbe: {exec: {command: [a]}}, "
      "startupProbe: null");
  const Workload& workload = fixture.first();
  EXPECT_TRUE(workload.liveness.is_set());
  EXPECT_EQ(fixture.bytes(workload.liveness.place), "livenessProbe");
  EXPECT_EQ(workload.liveness.value.test, workload.readiness.value.test);
  EXPECT_FALSE(workload.startup.is_set());
}

struct PortCase {
  std::string_view spec;
  std::string_view want;
};

class KubernetesPortTest : public testing::TestWithParam<PortCase> {};

TEST_P(KubernetesPortTest, IsRead) {
  const Fixture fixture = Fixture::pod(GetParam().spec);
  ASSERT_EQ(fixture.first().ports.size(), 1U);
  const Port& port = fixture.first().ports[0];
  std::string text =
      port.host_ip + '|' + port.host_port + '|' + port.container_port + '|' + port.protocol;
  if (port.published) text += " published";
  if (!port.known) text += " unknown";
  EXPECT_EQ(text, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Ports, KubernetesPortTest,
    testing::Values(
        PortCase{"{containers: [{name: c, ports: [{containerPort: 80}]}]}", "||80|tcp"},
        PortCase{"{containers: [{name: c, ports: [{containerPort: 53, protocol: UDP}]}]}",
                 "||53|udp"},
        PortCase{"{containers: [{name: c, ports: [{containerPort: 80, hostPort: 8080, hostIP: "
                 "127.0.0.1}]}]}",
                 "127.0.0.1|8080|80|tcp published"},
        PortCase{"{containers: [{name: c, ports: [{containerPort: 80, hostPort: 0}]}]}",
                 "||80|tcp"},
        PortCase{"{hostNetwork: true, containers: [{name: c, ports: [{containerPort: 80}]}]}",
                 "|80|80|tcp published"},
        PortCase{"{containers: [{name: c, ports: [{containerPort: '{{ port }}'}]}]}",
                 "|||tcp unknown"}));

TEST(KubernetesEnvironment, SourcesOfVariables) {
  using Source = EnvironmentVariable::Source;
  const Fixture fixture = Fixture::container(
      "env: [{name: A, value: plain}, {name: B, value: 'x-$(A)'}, {name: C, valueFrom: "
      "{secretKeyRef: {name: s, key: k}}}, {name: D, valueFrom: {fieldRef: {fieldPath: "
      "metadata.name}}}, {name: E}, {name: F, value: '$$(A) pa$word'}, {name: G, value: '{{ v "
      "}}'}, {name: H, valueFrom: {fileKeyRef: {key: k}}}]");
  const auto& environment = fixture.first().environment;
  std::vector<Source> sources;
  for (const EnvironmentVariable& variable : environment) sources.push_back(variable.source);
  EXPECT_EQ(sources, (std::vector<Source>{Source::kLiteral, Source::kVariable, Source::kSecret,
                                          Source::kReference, Source::kLiteral, Source::kLiteral,
                                          Source::kVariable, Source::kFile}));
  EXPECT_EQ(environment[0].value, "plain");
  EXPECT_EQ(fixture.bytes(environment[0].place), "A");
  EXPECT_EQ(fixture.bytes(environment[0].value_place), "plain");
  EXPECT_EQ(fixture.bytes(environment[2].value_place), "valueFrom");
}

TEST(KubernetesContainer, AMergeKeyIsInheritance) {
  const Fixture fixture(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nx: &base {readOnlyRootFilesystem: true}\n"
      "spec:\n  containers:\n  - name: c\n    securityContext:\n      <<: *base\n"
      "      privileged: true\n");
  EXPECT_EQ(show(fixture.first().read_only), "inherited true");
  EXPECT_EQ(show(fixture.first().privileged), "set true");
}

}  // namespace
}  // namespace plimsoll::kubernetes
