#include <gtest/gtest.h>

#include <string>

#include "core/limits.h"
#include "workload/kubernetes_fixture.h"

namespace plimsoll::kubernetes {
namespace {

// In the cases: $POD is a pod-level security context that meets Restricted, $APP the keys of a
// container's that does.
std::string expand(std::string_view spec) {
  std::string text(spec);
  const auto replace = [&text](std::string_view name, std::string_view by) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name)) {
      text.replace(at, name.size(), by);
    }
  };
  replace("$POD", "runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}");
  replace("$APP", "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}");
  return text;
}

/// "privileged", then one line per gap: "baseline spec.hostPID: must be false @true".
std::string judged(const Fixture& fixture) {
  const SecurityVerdict verdict = judge_pod_security(fixture.out.pods.at(0));
  std::string text(to_string(verdict.profile));
  if (!verdict.known) text += " at best";
  for (const SecurityGap& gap : verdict.gaps) {
    text += "\n" + std::string(to_string(gap.blocks)) + ' ' + gap.field + ": " + gap.want + " @" +
            fixture.bytes(gap.place);
  }
  return text;
}

struct Case {
  std::string_view name;
  std::string_view spec;
  std::string_view want;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << test.name;
}

class PodSecurityTest : public testing::TestWithParam<Case> {};

TEST_P(PodSecurityTest, Judges) {
  const Fixture fixture = Fixture::pod(expand(GetParam().spec));
  EXPECT_EQ(judged(fixture), GetParam().want) << expand(GetParam().spec);
}

constexpr std::string_view kRestricted = "restricted";
constexpr std::string_view kBaselineOnly =
    "baseline\n"
    "restricted spec.securityContext.seccompProfile.type: must be RuntimeDefault or Localhost @p\n"
    "restricted spec.containers[c].securityContext.allowPrivilegeEscalation: must be false @c\n"
    "restricted spec.securityContext.runAsNonRoot: must be true @p\n"
    "restricted spec.containers[c].securityContext.capabilities.drop: must be [ALL] @c";

INSTANTIATE_TEST_SUITE_P(
    Whole, PodSecurityTest,
    testing::Values(
        Case{"nothing written", "{containers: [{name: c}]}", kBaselineOnly},
        Case{"all written for the pod",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP}}]}",
             kRestricted},
        Case{"all written for the container",
             "{containers: [{name: c, securityContext: {$APP, $POD}}]}", kRestricted},
        Case{"no container", "{containers: []}", kRestricted}));

INSTANTIATE_TEST_SUITE_P(
    HostNamespaces, PodSecurityTest,
    testing::Values(
        Case{"network", "{hostNetwork: true}",
             "privileged\nbaseline spec.hostNetwork: must be false @true"},
        Case{"pids", "{hostPID: true}", "privileged\nbaseline spec.hostPID: must be false @true"},
        Case{"ipc", "{hostIPC: true}", "privileged\nbaseline spec.hostIPC: must be false @true"},
        Case{"all off", "{hostNetwork: false, hostPID: false, hostIPC: false}", kRestricted},
        Case{"host users are no matter", "{hostUsers: true}", kRestricted},
        Case{"a template cannot be judged", "{hostPID: '{{ x }}'}", "restricted at best"}));

INSTANTIATE_TEST_SUITE_P(
    Privileged, PodSecurityTest,
    testing::Values(
        Case{"a container",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, "
             "privileged: true}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.privileged: must be false "
             "@true"},
        Case{"an init container",
             "{securityContext: {$POD}, initContainers: [{name: i, securityContext: {$APP, "
             "privileged: true}}]}",
             "privileged\nbaseline spec.initContainers[i].securityContext.privileged: must be "
             "false @true"},
        Case{"a sidecar is an init container",
             "{securityContext: {$POD}, initContainers: [{name: i, restartPolicy: Always, "
             "securityContext: {$APP, privileged: true}}]}",
             "privileged\nbaseline spec.initContainers[i].securityContext.privileged: must be "
             "false @true"},
        Case{"an ephemeral container",
             "{securityContext: {$POD}, ephemeralContainers: [{name: e, securityContext: {$APP, "
             "privileged: true}}]}",
             "privileged\nbaseline spec.ephemeralContainers[e].securityContext.privileged: must "
             "be false @true"},
        Case{"off",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, "
             "privileged: false}}]}",
             kRestricted}));

INSTANTIATE_TEST_SUITE_P(
    Capabilities, PodSecurityTest,
    testing::Values(
        Case{"beyond the default set",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {add: [SYS_ADMIN], drop: [ALL]}}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.capabilities.add: must not "
             "go beyond the default capabilities without NET_RAW @[SYS_ADMIN]"},
        Case{"NET_RAW is not in the set",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {add: [NET_RAW], drop: [ALL]}}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.capabilities.add: must not "
             "go beyond the default capabilities without NET_RAW @[NET_RAW]"},
        Case{"names with CAP_ are not in the set",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {add: [CAP_CHOWN], drop: [ALL]}}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.capabilities.add: must not "
             "go beyond the default capabilities without NET_RAW @[CAP_CHOWN]"},
        Case{"the whole default set is baseline",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {add: [AUDIT_WRITE, CHOWN, "
             "DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, "
             "SETPCAP, SETUID, SYS_CHROOT], drop: [ALL]}}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.capabilities.add: must hold "
             "nothing but NET_BIND_SERVICE @[AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, "
             "KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]"},
        Case{"NET_BIND_SERVICE is restricted",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {add: [NET_BIND_SERVICE], drop: "
             "[ALL]}}}]}",
             kRestricted},
        Case{"dropping some is not dropping all",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {drop: [NET_RAW]}}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.capabilities.drop: must be "
             "[ALL] @[NET_RAW]"},
        Case{"ALL among others",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {drop: [NET_RAW, ALL]}}}]}",
             kRestricted},
        Case{"a small all is another word for admission",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {drop: [all]}}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.capabilities.drop: must be "
             "[ALL] @[all]"},
        Case{"nothing dropped",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {drop: []}}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.capabilities.drop: must be "
             "[ALL] @[]"},
        Case{"one container of two",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP}}, {name: d, "
             "securityContext: {allowPrivilegeEscalation: false}}]}",
             "baseline\nrestricted spec.containers[d].securityContext.capabilities.drop: must be "
             "[ALL] @d"},
        Case{"a template in the list",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {drop: '${X}'}}}]}",
             "restricted at best"},
        Case{"a template among what is added",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {add: ['${X}'], drop: [ALL]}}}]}",
             "restricted at best"},
        Case{"a template among what is dropped does not hide ALL",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: false, capabilities: {drop: ['${X}', ALL]}}}]}",
             kRestricted}));

constexpr std::string_view kVolumeTypes =
    "must be a configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, "
    "projected or secret volume";

INSTANTIATE_TEST_SUITE_P(
    Volumes, PodSecurityTest,
    testing::Values(
        Case{"hostPath", "{volumes: [{name: v, hostPath: {path: /etc}}]}",
             "privileged\nbaseline spec.volumes[v].hostPath: must not be set @/etc"},
        Case{"hostPath without a name", "{volumes: [{hostPath: {type: Socket}}]}",
             "privileged\nbaseline spec.volumes[0].hostPath: must not be set @{hostPath: {type: "
             "Socket}}"},
        Case{"a null hostPath is none", "{volumes: [{name: v, hostPath: null}]}", kRestricted},
        Case{"emptyDir", "{volumes: [{name: v, emptyDir: {}}]}", kRestricted},
        Case{"no source becomes an emptyDir", "{volumes: [{name: v}]}", kRestricted},
        Case{"configMap", "{volumes: [{name: v, configMap: {name: m}}]}", kRestricted},
        Case{"secret", "{volumes: [{name: v, secret: {secretName: s}}]}", kRestricted},
        Case{"projected", "{volumes: [{name: v, projected: {sources: []}}]}", kRestricted},
        Case{"downwardAPI", "{volumes: [{name: v, downwardAPI: {}}]}", kRestricted},
        Case{"claim", "{volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}", kRestricted},
        Case{"ephemeral", "{volumes: [{name: v, ephemeral: {}}]}", kRestricted},
        Case{"csi", "{volumes: [{name: v, csi: {driver: d}}]}", kRestricted},
        Case{"image", "{volumes: [{name: v, image: {reference: i}}]}", kRestricted}));

TEST(PodSecurity, VolumesOfOtherTypesAreNotRestricted) {
  for (const std::string_view type : {"nfs",
                                      "awsElasticBlockStore",
                                      "gcePersistentDisk",
                                      "azureDisk",
                                      "azureFile",
                                      "cephfs",
                                      "cinder",
                                      "fc",
                                      "flexVolume",
                                      "flocker",
                                      "gitRepo",
                                      "glusterfs",
                                      "iscsi",
                                      "photon",
                                      "portworxVolume",
                                      "quobyte",
                                      "rbd",
                                      "scaleIO",
                                      "storageos",
                                      "vsphereVolume"}) {
    const Fixture fixture = Fixture::pod("{volumes: [{name: v, " + std::string(type) + ": {}}]}");
    EXPECT_EQ(judged(fixture),
              "baseline\nrestricted spec.volumes[v]: " + std::string(kVolumeTypes) + " @v")
        << type;
  }
}

INSTANTIATE_TEST_SUITE_P(
    HostPorts, PodSecurityTest,
    testing::Values(
        Case{"a host port",
             "{securityContext: {$POD}, containers: [{name: c, ports: [{containerPort: 1}, "
             "{containerPort: 80, hostPort: 8080}], securityContext: {$APP}}]}",
             "privileged\nbaseline spec.containers[c].ports[1].hostPort: must not be set @8080"},
        Case{"0 is none",
             "{securityContext: {$POD}, containers: [{name: c, ports: [{containerPort: 80, "
             "hostPort: 0}], securityContext: {$APP}}]}",
             kRestricted},
        Case{"an init container's",
             "{securityContext: {$POD}, initContainers: [{name: c, ports: [{hostPort: 1}], "
             "securityContext: {$APP}}]}",
             "privileged\nbaseline spec.initContainers[c].ports[0].hostPort: must not be set @1"}));

INSTANTIATE_TEST_SUITE_P(
    ProbeHosts, PodSecurityTest,
    testing::Values(
        Case{"liveness",
             "{securityContext: {$POD}, containers: [{name: c, livenessProbe: {httpGet: {host: "
             "10.0.0.1, port: 1}}, securityContext: {$APP}}]}",
             "privileged\nbaseline spec.containers[c].livenessProbe.httpGet.host: must not be set "
             "@10.0.0.1"},
        Case{"readiness",
             "{securityContext: {$POD}, containers: [{name: c, readinessProbe: {tcpSocket: {host: "
             "h}}, securityContext: {$APP}}]}",
             "privileged\nbaseline spec.containers[c].readinessProbe.tcpSocket.host: must not be "
             "set @h"},
        Case{"startup of a sidecar",
             "{securityContext: {$POD}, initContainers: [{name: c, restartPolicy: Always, "
             "startupProbe: {httpGet: {host: h}}, securityContext: {$APP}}]}",
             "privileged\nbaseline spec.initContainers[c].startupProbe.httpGet.host: must not be "
             "set @h"},
        Case{"hooks",
             "{securityContext: {$POD}, containers: [{name: c, lifecycle: {postStart: {httpGet: "
             "{host: a}}, preStop: {tcpSocket: {host: b}}}, securityContext: {$APP}}]}",
             "privileged\nbaseline spec.containers[c].lifecycle.postStart.httpGet.host: must not "
             "be set @a\nbaseline spec.containers[c].lifecycle.preStop.tcpSocket.host: must not "
             "be set @b"},
        Case{"no or an empty host",
             "{securityContext: {$POD}, containers: [{name: c, livenessProbe: {httpGet: {port: "
             "1}}, readinessProbe: {httpGet: {host: '', port: 1}}, securityContext: {$APP}}]}",
             kRestricted}));

INSTANTIATE_TEST_SUITE_P(
    AppArmor, PodSecurityTest,
    testing::Values(
        Case{"off for the pod", "{securityContext: {appArmorProfile: {type: Unconfined}}}",
             "privileged\nbaseline spec.securityContext.appArmorProfile.type: must be "
             "RuntimeDefault or Localhost @Unconfined"},
        Case{"off for a container",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, "
             "appArmorProfile: {type: Unconfined}}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.appArmorProfile.type: must "
             "be RuntimeDefault or Localhost @Unconfined"},
        Case{"the runtime's", "{securityContext: {appArmorProfile: {type: RuntimeDefault}}}",
             kRestricted},
        Case{"the node's",
             "{securityContext: {appArmorProfile: {type: Localhost, localhostProfile: x}}}",
             kRestricted}));

INSTANTIATE_TEST_SUITE_P(
    Selinux, PodSecurityTest,
    testing::Values(
        Case{"container_t", "{securityContext: {seLinuxOptions: {type: container_t}}}",
             kRestricted},
        Case{"container_init_t", "{securityContext: {seLinuxOptions: {type: container_init_t}}}",
             kRestricted},
        Case{"container_kvm_t", "{securityContext: {seLinuxOptions: {type: container_kvm_t}}}",
             kRestricted},
        Case{"container_engine_t",
             "{securityContext: {seLinuxOptions: {type: container_engine_t}}}", kRestricted},
        Case{"a level", "{securityContext: {seLinuxOptions: {level: 's0:c1'}}}", kRestricted},
        Case{"empty words", "{securityContext: {seLinuxOptions: {type: '', user: '', role: ''}}}",
             kRestricted},
        Case{"another type", "{securityContext: {seLinuxOptions: {type: spc_t}}}",
             "privileged\nbaseline spec.securityContext.seLinuxOptions.type: must be container_t, "
             "container_init_t, container_kvm_t or container_engine_t @spc_t"},
        Case{"user and role",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, "
             "seLinuxOptions: {user: u, role: r}}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.seLinuxOptions.user: must "
             "not be set @u\nbaseline spec.containers[c].securityContext.seLinuxOptions.role: "
             "must not be set @r"}));

INSTANTIATE_TEST_SUITE_P(
    ProcMount, PodSecurityTest,
    testing::Values(
        Case{"default",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, procMount: "
             "Default}}]}",
             kRestricted},
        Case{"unmasked",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, procMount: "
             "Unmasked}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.procMount: must be Default "
             "@Unmasked"},
        Case{"unmasked in a user namespace is baseline",
             "{hostUsers: false, securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{$APP, procMount: Unmasked}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.procMount: must be Default "
             "@Unmasked"}));

INSTANTIATE_TEST_SUITE_P(
    Seccomp, PodSecurityTest,
    testing::Values(
        Case{"off for the pod",
             "{securityContext: {runAsNonRoot: true, seccompProfile: {type: Unconfined}}, "
             "containers: [{name: c, securityContext: {$APP}}]}",
             "privileged\nbaseline spec.securityContext.seccompProfile.type: must be "
             "RuntimeDefault or Localhost @Unconfined"},
        Case{"off for a container",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, "
             "seccompProfile: {type: Unconfined}}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.seccompProfile.type: must "
             "be RuntimeDefault or Localhost @Unconfined"},
        Case{"a profile without a type", "{securityContext: {seccompProfile: {}}}",
             "privileged\nbaseline spec.securityContext.seccompProfile.type: must be "
             "RuntimeDefault or Localhost @p"},
        Case{"the node's",
             "{securityContext: {runAsNonRoot: true, seccompProfile: {type: Localhost, "
             "localhostProfile: x}}, containers: [{name: c, securityContext: {$APP}}]}",
             kRestricted},
        Case{"one container does not say",
             "{securityContext: {runAsNonRoot: true}, containers: [{name: c, securityContext: "
             "{$APP, seccompProfile: {type: RuntimeDefault}}}, {name: d, securityContext: "
             "{$APP}}]}",
             "baseline\nrestricted spec.securityContext.seccompProfile.type: must be "
             "RuntimeDefault or Localhost @p"},
        Case{"every container says",
             "{securityContext: {runAsNonRoot: true}, containers: [{name: c, securityContext: "
             "{$APP, seccompProfile: {type: RuntimeDefault}}}], initContainers: [{name: d, "
             "securityContext: {$APP, seccompProfile: {type: RuntimeDefault}}}]}",
             kRestricted}));

TEST(PodSecurity, SafeSysctlsAreRestricted) {
  for (const std::string_view name :
       {"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies",
        "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"}) {
    EXPECT_EQ(judged(Fixture::pod("{securityContext: {sysctls: [{name: " + std::string(name) +
                                  ", value: '1'}]}}")),
              kRestricted)
        << name;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Sysctls, PodSecurityTest,
    testing::Values(
        Case{"an unsafe one among safe ones",
             "{securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}, {name: "
             "kernel.msgmax, value: '1'}]}}",
             "privileged\nbaseline spec.securityContext.sysctls[kernel.msgmax]: must be one of "
             "the safe sysctls @kernel.msgmax"},
        Case{"safe only from 1.37 on",
             "{securityContext: {sysctls: [{name: net.ipv4.tcp_notsent_lowat, value: '1'}]}}",
             "privileged\nbaseline spec.securityContext.sysctls[net.ipv4.tcp_notsent_lowat]: must "
             "be one of the safe sysctls @net.ipv4.tcp_notsent_lowat"}));

INSTANTIATE_TEST_SUITE_P(
    HostProcess, PodSecurityTest,
    testing::Values(
        Case{"of the pod", "{securityContext: {windowsOptions: {hostProcess: true}}}",
             "privileged\nbaseline spec.securityContext.windowsOptions.hostProcess: must be false "
             "@true"},
        Case{"of a container",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, "
             "windowsOptions: {hostProcess: true}}}]}",
             "privileged\nbaseline spec.containers[c].securityContext.windowsOptions.hostProcess: "
             "must be false @true"},
        Case{"off", "{securityContext: {windowsOptions: {hostProcess: false}}}", kRestricted}));

INSTANTIATE_TEST_SUITE_P(
    Escalation, PodSecurityTest,
    testing::Values(
        Case{"allowed",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: "
             "{allowPrivilegeEscalation: true, capabilities: {drop: [ALL]}}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.allowPrivilegeEscalation: "
             "must be false @true"},
        Case{"not said",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {capabilities: "
             "{drop: [ALL]}}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.allowPrivilegeEscalation: "
             "must be false @c"},
        Case{"of an ephemeral container",
             "{securityContext: {$POD}, ephemeralContainers: [{name: e, securityContext: "
             "{capabilities: {drop: [ALL]}}}]}",
             "baseline\nrestricted "
             "spec.ephemeralContainers[e].securityContext.allowPrivilegeEscalation: must be false "
             "@e"},
        Case{"a whole context by template",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: '{{ x }}'}]}",
             "restricted at best"}));

INSTANTIATE_TEST_SUITE_P(
    NonRoot, PodSecurityTest,
    testing::Values(
        Case{"the pod says no",
             "{securityContext: {runAsNonRoot: false, seccompProfile: {type: RuntimeDefault}}, "
             "containers: [{name: c, securityContext: {$APP, runAsNonRoot: true}}]}",
             "baseline\nrestricted spec.securityContext.runAsNonRoot: must be true @false"},
        Case{"a container says no",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, "
             "runAsNonRoot: false}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.runAsNonRoot: must be true "
             "@false"},
        Case{"several containers do not say",
             "{securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: c, "
             "securityContext: {$APP}}, {name: d, securityContext: {$APP}}]}",
             "baseline\nrestricted spec.securityContext.runAsNonRoot: must be true @p"},
        Case{"every container says",
             "{securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: c, "
             "securityContext: {$APP, runAsNonRoot: true}}]}",
             kRestricted},
        Case{"a uid does not say it",
             "{securityContext: {runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}, "
             "containers: [{name: c, securityContext: {$APP}}]}",
             "baseline\nrestricted spec.securityContext.runAsNonRoot: must be true @p"},
        Case{"root is harmless in a user namespace",
             "{hostUsers: false, securityContext: {seccompProfile: {type: RuntimeDefault}}, "
             "containers: [{name: c, securityContext: {$APP, runAsUser: 0}}]}",
             kRestricted}));

INSTANTIATE_TEST_SUITE_P(
    RunAsUser, PodSecurityTest,
    testing::Values(
        Case{"root for the pod", "{securityContext: {runAsUser: 0}}",
             "baseline\nrestricted spec.securityContext.runAsUser: must not be 0 @0"},
        Case{"root for a container",
             "{securityContext: {$POD}, containers: [{name: c, securityContext: {$APP, runAsUser: "
             "0}}]}",
             "baseline\nrestricted spec.containers[c].securityContext.runAsUser: must not be 0 "
             "@0"},
        Case{"somebody", "{securityContext: {runAsUser: 1000}}", kRestricted},
        Case{"a template", "{securityContext: {runAsUser: '${UID}'}}", "restricted at best"},
        Case{"a quoted 0 is of the wrong type", "{securityContext: {runAsUser: '0'}}",
             "restricted at best"}));

INSTANTIATE_TEST_SUITE_P(
    Windows, PodSecurityTest,
    testing::Values(
        Case{"is exempt from what only Linux has",
             "{os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: "
             "c}]}",
             kRestricted},
        Case{"but not from the rest", "{os: {name: windows}, containers: [{name: c}]}",
             "baseline\nrestricted spec.securityContext.runAsNonRoot: must be true @p"},
        Case{"nor from baseline",
             "{os: {name: windows}, securityContext: {runAsNonRoot: true, seccompProfile: {type: "
             "Unconfined}}, containers: [{name: c}]}",
             "privileged\nbaseline spec.securityContext.seccompProfile.type: must be "
             "RuntimeDefault or Localhost @Unconfined"},
        Case{"linux is not windows", "{os: {name: linux}, containers: [{name: c}]}",
             kBaselineOnly}));

TEST(PodSecurity, FieldsArePathsFromTheObject) {
  const Fixture deployment(
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {template: {spec: "
      "{hostPID: true}}}}");
  EXPECT_EQ(judged(deployment),
            "privileged\nbaseline spec.template.spec.hostPID: must be false @true");
  const Fixture cron_job(
      "{apiVersion: batch/v1, kind: CronJob, metadata: {name: d}, spec: {jobTemplate: {spec: "
      "{template: {spec: {hostPID: true}}}}}}");
  EXPECT_EQ(
      judged(cron_job),
      "privileged\nbaseline spec.jobTemplate.spec.template.spec.hostPID: must be false @true");
  const Fixture pod_template(
      "{apiVersion: v1, kind: PodTemplate, metadata: {name: d}, template: {spec: {hostPID: "
      "true}}}");
  EXPECT_EQ(judged(pod_template),
            "privileged\nbaseline template.spec.hostPID: must be false @true");
}

TEST(PodSecurity, AppArmorAnnotationsCount) {
  const auto annotated = [](std::string_view profile) {
    return judged(Fixture(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {template: {metadata: "
        "{annotations: {container.apparmor.security.beta.kubernetes.io/c: '" +
        std::string(profile) + "'}}, spec: {}}}}"));
  };
  EXPECT_EQ(annotated("unconfined"),
            "privileged\nbaseline spec.template.metadata.annotations"
            "[container.apparmor.security.beta.kubernetes.io/c]: must be runtime/default or "
            "localhost/* @'unconfined'");
  EXPECT_EQ(annotated("runtime/default"), kRestricted);
  EXPECT_EQ(annotated("localhost/x"), kRestricted);
  EXPECT_EQ(annotated(""), kRestricted);
}

TEST(PodSecurity, SeccompAnnotationsDoNotCount) {
  const Fixture fixture(
      "{apiVersion: v1, kind: Pod, metadata: {name: p, annotations: "
      "{seccomp.security.alpha.kubernetes.io/pod: unconfined}}, spec: {}}");
  EXPECT_EQ(judged(fixture), kRestricted);
}

TEST(PodSecurity, AContainerWithoutANameIsCalledByItsPlace) {
  EXPECT_EQ(judged(Fixture::pod("{hostUsers: false, os: {name: windows}, containers: [{image: i, "
                                "securityContext: {privileged: true}}]}")),
            "privileged\nbaseline spec.containers[0].securityContext.privileged: must be false "
            "@true");
}

TEST(PodSecurity, LongNamesAreCutBetweenCharacters) {
  std::string name(99, 'a');
  for (int i = 0; i < 20; ++i) name += "ä";
  const Fixture fixture = Fixture::pod("{volumes: [{name: " + name + ", hostPath: {path: /}}]}");
  const SecurityVerdict verdict = judge_pod_security(fixture.out.pods.at(0));
  EXPECT_EQ(verdict.gaps.at(0).field, "spec.volumes[" + std::string(99, 'a') + "…].hostPath");
}

TEST(PodSecurity, WrongTypesAreUnknownNotFatal) {
  for (const std::string_view spec :
       {"{securityContext: [1]}", "{volumes: {a: 1}}", "{volumes: [1]}", "{hostPID: [true]}",
        "{securityContext: {sysctls: x}}", "{securityContext: {sysctls: [1]}}",
        "{containers: [{securityContext: 7}]}", "{containers: [{ports: x}]}",
        "{containers: [{ports: [1]}]}", "{containers: [{livenessProbe: {httpGet: 1}}]}",
        "{containers: [{securityContext: {capabilities: [1]}}]}",
        "{securityContext: {seccompProfile: 1}}"}) {
    const Fixture fixture = Fixture::pod(spec);
    EXPECT_FALSE(judge_pod_security(fixture.out.pods.at(0)).known) << spec;
  }
}

TEST(PodSecurity, GapsAreCounted) {
  std::string volumes;
  for (std::size_t i = 0; i <= limits::kPodSecurityGaps; ++i) volumes += "{nfs: {}},";
  const Fixture fixture =
      Fixture::pod("{volumes: [" + volumes + "{hostPath: {path: /}}], containers: []}");
  const SecurityVerdict verdict = judge_pod_security(fixture.out.pods.at(0));
  EXPECT_EQ(verdict.gaps.size(), limits::kPodSecurityGaps);
  EXPECT_EQ(verdict.profile, SecurityProfile::kPrivileged) << "what is not told still counts";
}

}  // namespace
}  // namespace plimsoll::kubernetes
