#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_set>

#include "core/bug.h"
#include "parse/node.h"
#include "workload/kubernetes.h"

namespace {

using namespace plimsoll;

void check_place(const SourceFile& file, Place place) {
  if (place.file == nullptr) return;
  if (place.file != &file) PL_BUG("a place in another file");
  if (place.span.begin > place.span.end || place.span.end > file.text().size()) {
    PL_BUG("a place outside its file");
  }
}

void check_workload(const SourceFile& file, const Workload& workload) {
  if (workload.pod == nullptr || workload.node == nullptr) PL_BUG("a workload without a pod");
  if (workload.name.empty() || workload.kind.empty()) PL_BUG("a workload without a name");
  for (const Place place : {workload.place, workload.group_place, workload.user.place,
                            workload.image.place, workload.seccomp.place, workload.cap_drop.place,
                            workload.resources.memory_request.place, workload.liveness.place}) {
    check_place(file, place);
  }
  for (const Mount& mount : workload.mounts) check_place(file, mount.place);
  for (const Port& port : workload.ports) check_place(file, port.place);
  for (const EnvironmentVariable& variable : workload.environment) {
    check_place(file, variable.place);
    check_place(file, variable.value_place);
  }
}

void check_verdict(const SourceFile& file, const kubernetes::Pod& pod) {
  using kubernetes::SecurityProfile;
  const kubernetes::SecurityVerdict verdict = kubernetes::judge_pod_security(pod);
  if (verdict.gaps.empty() != (verdict.profile == SecurityProfile::kRestricted)) {
    PL_BUG("a verdict without reasons");
  }
  for (const kubernetes::SecurityGap& gap : verdict.gaps) {
    if (gap.blocks <= verdict.profile) PL_BUG("a met profile is blocked");
    check_place(file, gap.place);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const SourceFile file("f.yaml", std::string(reinterpret_cast<const char*>(data), size));
  const auto tree = parse_yaml(file);
  kubernetes::Manifests out;
  kubernetes::read(*tree, out);
  if (!out.objects.empty() && !kubernetes::is_manifest(*tree)) PL_BUG("objects of no manifest");
  std::unordered_set<std::string> ids;
  for (const kubernetes::Object& object : out.objects) {
    check_place(file, object.place);
    if (!ids.insert(object.id).second) PL_BUG("two objects share an id");
  }
  std::size_t containers = 0;
  for (const kubernetes::Pod& pod : out.pods) {
    containers += pod.containers.size();
    check_verdict(file, pod);
  }
  if (containers != out.workloads.size()) PL_BUG("a workload that is in no pod");
  for (const Workload& workload : out.workloads) check_workload(file, workload);
  return 0;
}
