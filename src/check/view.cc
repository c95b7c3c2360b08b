#include "check/view.h"

#include <utility>

namespace plimsoll::check {
namespace {

StageBase base_of(const dockerfile::Dockerfile& file, const dockerfile::Stage& stage) {
  const dockerfile::Stage& root = *file.lineage(stage).back();
  StageBase base;
  if (root.parent) return base;  // a cycle cannot be built
  base.scratch = root.image_expanded == "scratch";
  base.known = root.image_known;
  if (base.scratch || !base.known) return base;
  if (auto reference = parse_image_reference(root.image_expanded)) {
    base.facts = find_image_facts(*reference);
    base.reference = std::move(*reference);
  }
  return base;
}

}  // namespace

DockerfileView view_of(const dockerfile::Dockerfile& file, const DockerfileContext& context) {
  DockerfileView view{.file = file};
  view.target = file.target_stage();
  if (view.target != nullptr) {
    view.lineage = file.lineage(*view.target);
    view.user = effective_user(file, *view.target);
  }
  view.bases.reserve(file.stages.size());
  for (const dockerfile::Stage& stage : file.stages) view.bases.push_back(base_of(file, stage));
  view.dockerignore = context.dockerignore;
  view.context_known = context.context_known;
  view.project = context.project;
  view.workloads = context.workloads;
  return view;
}

}  // namespace plimsoll::check
