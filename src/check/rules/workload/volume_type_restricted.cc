#include <algorithm>
#include <iterator>
#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "volume-type-restricted",
    .title = "A kind of volume that the restricted profile forbids",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0028",
    .why =
        "A namespace with the restricted profile refuses the pod: such volumes reach storage past "
        "the cluster's own rules.",
    .fix_note = "Make a PersistentVolume for it and use a claim.",
    .sources =
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted "
        "https://kubernetes.io/docs/concepts/storage/volumes/",
    .forms = kFormKubernetes,
};

constexpr std::string_view kRestricted[] = {"awsElasticBlockStore",
                                            "azureDisk",
                                            "azureFile",
                                            "cephFS",
                                            "cephfs",
                                            "cinder",
                                            "fc",
                                            "flexVolume",
                                            "flocker",
                                            "gcePersistentDisk",
                                            "gitRepo",
                                            "glusterfs",
                                            "iscsi",
                                            "nfs",
                                            "photonPersistentDisk",
                                            "portworxVolume",
                                            "quobyte",
                                            "rbd",
                                            "scaleIO",
                                            "storageos",
                                            "vsphereVolume"};

bool is_restricted(std::string_view kind) {
  return std::find(std::begin(kRestricted), std::end(kRestricted), kind) != std::end(kRestricted);
}

void check(const Workload& workload, Sink& sink) {
  const kubernetes::Pod* pod = workload.pod;
  if (pod == nullptr || pod->spec == nullptr || pod->containers.front() != &workload) return;
  const Node* volumes = pod->spec->find("volumes");
  if (volumes == nullptr || !volumes->is_sequence()) return;
  for (const Node* volume : volumes->items) {
    for (const Node::Entry& entry : volume->entries) {
      if (!is_restricted(entry.key->str()) || entry.value->is_null()) continue;
      Finding& finding =
          sink.report(entry.key->span, "volumes of the kind '" + std::string(entry.key->str()) +
                                           "' are not allowed by the restricted profile");
      // The kubelet clones it as root (CVE-2024-10220); the others only bypass the cluster's
      // claims.
      finding.severity = entry.key->str() == "gitRepo" ? Severity::kMedium : Severity::kInfo;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a repository",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: v\n"
               "      «gitRepo»:\n        repository: https://example.com/a.git\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n"},
    {.name = "a server",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: v\n"
               "      «nfs»:\n        server: 10.0.0.5\n        path: /\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n"},
    {.name = "a claim",
     .file = "pod.yaml",
     .before =
         "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: v\n"
         "      persistentVolumeClaim:\n        claimName: c\n  containers:\n    - name: web\n"
         "      image: nginx:1.27\n"},
};

}  // namespace

const Rule& volume_type_restricted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
