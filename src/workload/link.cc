#include "workload/link.h"

#include <string>

#include "parse/image_reference.h"
#include "workload/image_facts.h"

namespace plimsoll {
namespace {

const ImageFacts* facts_of(std::string_view image) {
  const auto reference = parse_image_reference(image);
  return reference ? find_image_facts(*reference) : nullptr;
}

}  // namespace

void link_image(Workload& workload, const DockerfileAt& dockerfile_at) {
  if (workload.build && !workload.build->dockerfile.empty()) {
    const dockerfile::Dockerfile* file = dockerfile_at(workload.build->dockerfile);
    if (file == nullptr) return;
    workload.dockerfile = file;
    workload.stage = file->target_stage(workload.build->target);
    if (workload.stage == nullptr) return;
    const dockerfile::Stage& outermost = *file->lineage(*workload.stage).back();
    if (outermost.image_known) workload.image_facts = facts_of(outermost.image_expanded);
    return;
  }
  if (!workload.build && workload.image.is_known()) {
    workload.image_facts = facts_of(workload.image.value);
  }
}

}  // namespace plimsoll
