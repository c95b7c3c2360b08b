#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/limits.h"
#include "workload/kubernetes_fixture.h"

namespace plimsoll::kubernetes {
namespace {

using testing::Test;

std::vector<std::string> object_ids(const Fixture& fixture) {
  std::vector<std::string> ids;
  for (const Object& object : fixture.out.objects) ids.push_back(object.id);
  return ids;
}

std::vector<std::string> workload_ids(const Fixture& fixture) {
  std::vector<std::string> ids;
  for (const Workload& workload : fixture.out.workloads) ids.push_back(workload.id);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(KubernetesObjects, DocumentsThatAreNoObjectAreSkipped) {
  const Fixture fixture(
      "a: 1\n---\n- list\n---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n"
      "---\nkind: Pod\nmetadata: {name: no-version}\n");
  EXPECT_EQ(object_ids(fixture), Ids{"k8s.yaml#ConfigMap/c"});
  EXPECT_TRUE(fixture.out.problems.empty());
}

TEST(KubernetesObjects, IsManifestNeedsApiVersionAndKind) {
  const auto is = [](std::string text) { return is_manifest(*Fixture(std::move(text)).tree); };
  EXPECT_TRUE(is("apiVersion: v1\nkind: Pod\n"));
  EXPECT_TRUE(is("x: 1\n---\napiVersion: v1\nkind: Pod\n"));
  EXPECT_FALSE(is("apiVersion: v2\nname: chart\n"));
  EXPECT_FALSE(is("kind: Pod\n"));
  EXPECT_FALSE(is("apiVersion: [v1]\nkind: Pod\n"));
  EXPECT_FALSE(is("services:\n  web: {image: nginx}\n"));
  EXPECT_FALSE(is(""));
}

TEST(KubernetesObjects, FieldsComeFromMetadata) {
  const Fixture fixture(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n"
      "  namespace: shop\n");
  const Object& object = fixture.out.objects.at(0);
  EXPECT_EQ(object.api_version, "apps/v1");
  EXPECT_EQ(object.kind, "Deployment");
  EXPECT_EQ(object.name, "web");
  EXPECT_EQ(object.ns, "shop");
  EXPECT_EQ(object.id, "k8s.yaml#Deployment/web");
  EXPECT_EQ(fixture.bytes(object.place), "web");
}

TEST(KubernetesObjects, ObjectWithoutNameIsPlacedAtItsKind) {
  const Fixture fixture("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
  ASSERT_EQ(object_ids(fixture), Ids{"k8s.yaml#Kustomization/"});
  EXPECT_EQ(fixture.bytes(fixture.out.objects[0].place), "Kustomization");
}

TEST(KubernetesObjects, NamespacesAreSpelledWhereNamesCollide) {
  const Fixture fixture(
      "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: x}}\n---\n"
      "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: y}}\n---\n"
      "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n"
      "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n"
      "{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: x}}\n");
  EXPECT_EQ(object_ids(fixture), (Ids{"k8s.yaml#Pod/x/a", "k8s.yaml#Pod/y/a", "k8s.yaml#Pod/a",
                                      "k8s.yaml#Pod/a~2", "k8s.yaml#Pod/b"}));
}

TEST(KubernetesObjects, ListsAreUnpacked) {
  const Fixture fixture(
      "{apiVersion: v1, kind: List, items: ["
      "{apiVersion: v1, kind: Pod, metadata: {name: a}},"
      "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret, metadata: {name: b}}]},"
      "{apiVersion: v1, kind: Pod, metadata: {name: c}}]}\n");
  EXPECT_EQ(object_ids(fixture), (Ids{"k8s.yaml#Pod/a", "k8s.yaml#Secret/b", "k8s.yaml#Pod/c"}));
}

TEST(KubernetesObjects, ItemsOfATypedListTakeItsType) {
  const Fixture fixture(
      "{apiVersion: apps/v1, kind: DeploymentList, items: [{metadata: {name: a}, spec: {template: "
      "{spec: {containers: [{name: c, image: i}]}}}}]}\n");
  EXPECT_EQ(workload_ids(fixture), Ids{"k8s.yaml#Deployment/a/c"});
  EXPECT_EQ(fixture.out.objects.at(0).api_version, "apps/v1");
}

TEST(KubernetesObjects, ObjectsOfAnOpenShiftTemplateAreUnpacked) {
  const Fixture fixture(
      "{apiVersion: template.openshift.io/v1, kind: Template, objects: [{apiVersion: v1, kind: "
      "DeploymentConfig, metadata: {name: '${NAME}'}, spec: {template: {spec: {containers: [{name: "
      "c, image: '${IMAGE}'}]}}}}]}\n");
  ASSERT_EQ(fixture.out.workloads.size(), 1U);
  EXPECT_EQ(fixture.first().image.origin, Origin::kUnknown);
}

TEST(KubernetesObjects, ItemThatIsNoMappingIsAProblem) {
  const Fixture fixture(
      "{apiVersion: v1, kind: List, items: [7, {apiVersion: v1, kind: Pod, metadata: {name: a}}]}");
  EXPECT_EQ(object_ids(fixture), Ids{"k8s.yaml#Pod/a"});
  ASSERT_EQ(fixture.out.problems.size(), 1U);
  EXPECT_EQ(fixture.bytes({nullptr, fixture.out.problems[0].span}), "7");
  EXPECT_EQ(fixture.out.problems[0].code, ErrorCode::kInvalid);
}

TEST(KubernetesObjects, ListsNestedTooDeeplyAreALimit) {
  std::string text = "{apiVersion: v1, kind: Pod, metadata: {name: deep}}";
  for (std::size_t i = 0; i <= limits::kManifestListDepth; ++i) {
    text = "{apiVersion: v1, kind: List, items: [" + text + "]}";
  }
  const Fixture fixture(text);
  EXPECT_TRUE(fixture.out.objects.empty());
  ASSERT_EQ(fixture.out.problems.size(), 1U);
  EXPECT_EQ(fixture.out.problems[0].code, ErrorCode::kLimit);
}

TEST(KubernetesObjects, JsonIsReadAsYamlIs) {
  const Fixture fixture(
      R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
          "spec": {"containers": [{"name": "c", "image": "nginx",
                                   "securityContext": {"privileged": true}}]}})",
      "pod.json");
  ASSERT_EQ(workload_ids(fixture), Ids{"pod.json#Pod/a/c"});
  EXPECT_EQ(show(fixture.first().privileged), "set true");
  EXPECT_EQ(fixture.bytes(fixture.first().place), "\"c\"");
}

struct KindCase {
  std::string_view kind;
  std::string_view before;  ///< from the object's top to the pod's spec
  std::string_view after;
  bool one_shot;
};

class KubernetesKindTest : public testing::TestWithParam<KindCase> {};

TEST_P(KubernetesKindTest, CarriesAPod) {
  const KindCase& kind = GetParam();
  const Fixture fixture("{apiVersion: v1, kind: " + std::string(kind.kind) +
                        ", metadata: {name: n}, " + std::string(kind.before) +
                        "spec: {containers: [{name: c, image: i}]}" + std::string(kind.after) +
                        "}\n");
  ASSERT_EQ(fixture.out.pods.size(), 1U);
  EXPECT_EQ(workload_ids(fixture), Ids{"k8s.yaml#" + std::string(kind.kind) + "/n/c"});
  EXPECT_EQ(fixture.first().one_shot, kind.one_shot);
  EXPECT_EQ(fixture.first().pod, &fixture.out.pods.front());
  EXPECT_EQ(fixture.out.pods.front().containers, std::vector<const Workload*>{&fixture.first()});
}

constexpr std::string_view kTemplate = "spec: {template: {";
constexpr std::string_view kJobTemplate = "spec: {jobTemplate: {spec: {template: {";

INSTANTIATE_TEST_SUITE_P(Kinds, KubernetesKindTest,
                         testing::Values(KindCase{"Pod", "", "", false},
                                         KindCase{"PodTemplate", "template: {", "}", false},
                                         KindCase{"Deployment", kTemplate, "}}", false},
                                         KindCase{"StatefulSet", kTemplate, "}}", false},
                                         KindCase{"DaemonSet", kTemplate, "}}", false},
                                         KindCase{"ReplicaSet", kTemplate, "}}", false},
                                         KindCase{"ReplicationController", kTemplate, "}}", false},
                                         KindCase{"Job", kTemplate, "}}", true},
                                         KindCase{"CronJob", kJobTemplate, "}}}}", true},
                                         KindCase{"Rollout", kTemplate, "}}", false},
                                         KindCase{"DeploymentConfig", kTemplate, "}}", false},
                                         KindCase{"Service", kTemplate, "}}", false},
                                         KindCase{"AdvancedCronJob", kJobTemplate, "}}}}", false}));

TEST(KubernetesObjects, OtherObjectsCarryNone) {
  const Fixture fixture(
      "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}\n---\n"
      "{apiVersion: x/v1, kind: Prometheus, metadata: {name: p}, spec: {containers: [{name: "
      "c}]}}\n---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {}}\n");
  EXPECT_EQ(fixture.out.objects.size(), 3U);
  EXPECT_TRUE(fixture.out.pods.empty());
}

TEST(KubernetesObjects, APodWithoutContainersIsStillAPod) {
  const Fixture fixture("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {hostPID: true}}");
  ASSERT_EQ(fixture.out.pods.size(), 1U);
  EXPECT_TRUE(fixture.out.pods[0].containers.empty());
  EXPECT_TRUE(fixture.out.pods[0].host_pid.value);
}

TEST(KubernetesObjects, SeveralFilesShareOneModel) {
  Fixture first("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: a}]}}",
                "one.yaml");
  const Fixture second(
      "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: a}]}}",
      "two.yaml");
  read(*second.tree, first.out);
  EXPECT_EQ(workload_ids(first), (Ids{"one.yaml#Pod/p/a", "two.yaml#Pod/p/a"}));
}

// What aliases multiply must not multiply memory.
TEST(KubernetesObjects, ExpansionPastTheLimitIsSaidAndNothingIsHalfRead) {
  std::string text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostAliases:\n";
  for (int i = 0; i < 2000; ++i) {
    text += "  - {ip: 10.0.0.1, hostnames: [h" + std::to_string(i) + "]}\n";
  }
  text += "  containers:\n";
  for (int i = 0; i < 5000; ++i) text += "  - {name: c" + std::to_string(i) + ", image: i}\n";
  const Fixture fixture(text);
  ASSERT_EQ(fixture.out.problems.size(), 1U);
  EXPECT_EQ(fixture.out.problems[0].code, ErrorCode::kLimit);
  ASSERT_FALSE(fixture.out.workloads.empty());
  EXPECT_LT(fixture.out.workloads.size(), 5000U);
  EXPECT_EQ(fixture.out.workloads.size(), fixture.out.pods[0].containers.size());
  for (const Workload& workload : fixture.out.workloads) {
    EXPECT_EQ(workload.extra_hosts.items.size(), 2000U);
  }
}

}  // namespace
}  // namespace plimsoll::kubernetes
