#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "workload/kubernetes_fixture.h"

namespace plimsoll::kubernetes {
namespace {

std::string show_mount(const Mount& mount) {
  constexpr std::string_view kTypes[] = {"bind", "volume", "tmpfs", "secret", "config", "other"};
  std::string text(kTypes[static_cast<std::size_t>(mount.type)]);
  text += ' ' + mount.source + "->" + mount.target;
  if (mount.read_only) text += " ro";
  if (!mount.propagation.empty()) text += ' ' + mount.propagation;
  if (!mount.options.empty()) text += ' ' + mount.options;
  if (!mount.known) text += " unknown";
  return text;
}

struct MountCase {
  std::string_view volume;
  std::string_view mount;  ///< besides name and mountPath
  std::string_view want;
};

class KubernetesMountTest : public testing::TestWithParam<MountCase> {};

TEST_P(KubernetesMountTest, JoinsTheVolume) {
  const MountCase& test = GetParam();
  const Fixture fixture =
      Fixture::pod("{volumes: [{name: v" + std::string(test.volume) +
                   "}], containers: [{name: c, volumeMounts: [{name: v, mountPath: /t" +
                   std::string(test.mount) + "}]}]}");
  ASSERT_EQ(fixture.first().mounts.size(), 1U);
  EXPECT_EQ(show_mount(fixture.first().mounts[0]), test.want);
  EXPECT_EQ(fixture.first().mounts[0].volume, "v");
  EXPECT_EQ(fixture.bytes(fixture.first().mounts[0].place), "/t");
}

INSTANTIATE_TEST_SUITE_P(
    Sources, KubernetesMountTest,
    testing::Values(
        MountCase{", hostPath: {path: /var/run/docker.sock}", "", "bind /var/run/docker.sock->/t"},
        MountCase{", hostPath: {path: /a}", ", readOnly: true", "bind /a->/t ro"},
        MountCase{", hostPath: {path: /a}", ", subPath: b/c", "bind /a/b/c->/t subpath=b/c"},
        MountCase{", hostPath: {path: /a}", ", subPathExpr: $(X)", "bind /a->/t unknown"},
        MountCase{", hostPath: {path: /a}", ", mountPropagation: Bidirectional",
                  "bind /a->/t rshared"},
        MountCase{", hostPath: {path: /a}", ", mountPropagation: HostToContainer",
                  "bind /a->/t rslave"},
        MountCase{", hostPath: {path: /a}", ", mountPropagation: None", "bind /a->/t"},
        MountCase{", hostPath: {path: '${P}'}", "", "bind ->/t unknown"},
        MountCase{", hostPath: '{{ p }}'", "", "bind ->/t unknown"},
        MountCase{", emptyDir: {}", "", "volume ->/t"}, MountCase{"", "", "volume ->/t"},
        MountCase{", emptyDir: {medium: Memory}", "", "tmpfs ->/t"},
        MountCase{", emptyDir: {medium: Memory, sizeLimit: 64Mi}", "", "tmpfs ->/t size=64Mi"},
        MountCase{", secret: {secretName: s}", "", "secret s->/t ro"},
        MountCase{", configMap: {name: m}", "", "config m->/t ro"},
        MountCase{", downwardAPI: {items: []}", "", "config ->/t ro"},
        MountCase{", projected: {sources: [{serviceAccountToken: {path: t}}]}", "",
                  "secret ->/t ro"},
        MountCase{", projected: {sources: [{configMap: {name: m}}]}", "", "config ->/t ro"},
        MountCase{", persistentVolumeClaim: {claimName: d}", "", "volume d->/t"},
        MountCase{", persistentVolumeClaim: {claimName: d, readOnly: true}", "", "volume d->/t ro"},
        MountCase{", ephemeral: {volumeClaimTemplate: {}}", "", "volume ->/t"},
        MountCase{", nfs: {server: s, path: /}", "", "other s->/t"},
        MountCase{", glusterfs: {path: p}", "", "other ->/t"}));

TEST(KubernetesMount, ClaimTemplatesOfAStatefulSetAreVolumes) {
  const Fixture fixture(
      "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: s}, spec: {volumeClaimTemplates: "
      "[{metadata: {name: data}}], template: {spec: {containers: [{name: c, volumeMounts: [{name: "
      "data, mountPath: /d}, {name: none, mountPath: /n}]}]}}}}");
  ASSERT_EQ(fixture.first().mounts.size(), 2U);
  EXPECT_EQ(show_mount(fixture.first().mounts[0]), "volume data->/d");
  EXPECT_EQ(show_mount(fixture.first().mounts[1]), "volume ->/n unknown");
}

}  // namespace
}  // namespace plimsoll::kubernetes
