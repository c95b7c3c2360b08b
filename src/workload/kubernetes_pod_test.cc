#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "workload/kubernetes_fixture.h"

namespace plimsoll::kubernetes {
namespace {

TEST(KubernetesPod, LegacyAnnotationsAreProfiles) {
  const Fixture fixture(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\nspec:\n  template:\n"
      "    metadata:\n      annotations:\n"
      "        seccomp.security.alpha.kubernetes.io/pod: docker/default\n"
      "        container.seccomp.security.alpha.kubernetes.io/b: localhost/b.json\n"
      "        container.apparmor.security.beta.kubernetes.io/a: unconfined\n"
      "    spec:\n      containers: [{name: a}, {name: b}]\n");
  ASSERT_EQ(fixture.out.workloads.size(), 2U);
  EXPECT_EQ(show(fixture.out.workloads[0].seccomp), "inherited RuntimeDefault");
  EXPECT_EQ(show(fixture.out.workloads[1].seccomp), "set b.json");
  EXPECT_EQ(show(fixture.out.workloads[0].apparmor), "set unconfined");
  EXPECT_EQ(show(fixture.out.workloads[1].apparmor), "default");
  EXPECT_EQ(fixture.bytes(fixture.out.workloads[0].apparmor.place), "unconfined");
}

TEST(KubernetesPod, AFieldBeatsTheContainersSeccompAnnotation) {
  const Fixture fixture(
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n"
      "    container.seccomp.security.alpha.kubernetes.io/a: unconfined\n"
      "spec:\n  securityContext: {seccompProfile: {type: RuntimeDefault}}\n"
      "  containers: [{name: a}]\n");
  EXPECT_EQ(show(fixture.first().seccomp), "inherited RuntimeDefault");
}

TEST(KubernetesPod, OwnFields) {
  const Fixture fixture = Fixture::pod(
      "{automountServiceAccountToken: false, serviceAccount: old, shareProcessNamespace: true, os: "
      "{name: windows}}");
  const Pod& pod = fixture.out.pods.at(0);
  EXPECT_EQ(show(pod.automount_token), "set false");
  EXPECT_EQ(show(pod.service_account), "set old");
  EXPECT_EQ(show(pod.share_process_namespace), "set true");
  EXPECT_TRUE(pod.windows);
}

TEST(KubernetesPod, OwnDefaults) {
  const Fixture fixture = Fixture::pod("{serviceAccountName: ''}");
  const Pod& pod = fixture.out.pods.at(0);
  EXPECT_EQ(show(pod.automount_token), "default none");
  EXPECT_EQ(show(pod.service_account), "default default");
  EXPECT_EQ(show(pod.host_network), "default false");
  EXPECT_FALSE(pod.windows);
}

TEST(KubernetesPod, ServiceAccountNameWinsOverTheOldKey) {
  const Fixture fixture = Fixture::pod("{serviceAccountName: new, serviceAccount: old}");
  EXPECT_EQ(fixture.out.pods.at(0).service_account.value, "new");
}

TEST(KubernetesPod, WrongTypesEverywhereAreUnknownNotFatal) {
  for (const std::string_view key :
       {"containers", "initContainers", "ephemeralContainers", "volumes", "securityContext",
        "hostAliases", "resources", "os", "serviceAccountName", "restartPolicy"}) {
    for (const std::string_view value : {"1", "[1]", "{a: 1}", "[[1]]", "[{}]", "text", "null"}) {
      const Fixture fixture =
          Fixture::pod("{" + std::string(key) + ": " + std::string(value) + "}");
      ASSERT_EQ(fixture.out.pods.size(), 1U) << key << ' ' << value;
    }
  }
  for (const std::string_view key :
       {"name", "image", "securityContext", "volumeMounts", "resources", "livenessProbe",
        "lifecycle", "ports", "env", "envFrom", "imagePullPolicy", "command", "args"}) {
    for (const std::string_view value : {"1", "[1]", "{a: 1}", "[[1]]", "[{}]", "text", "null"}) {
      const Fixture fixture =
          Fixture::pod("{containers: [{" + std::string(key) + ": " + std::string(value) + "}]}");
      ASSERT_EQ(fixture.out.workloads.size(), 1U) << key << ' ' << value;
    }
  }
}

}  // namespace
}  // namespace plimsoll::kubernetes
