#include "check/pulled_image.h"

#include <algorithm>

#include "workload/compose.h"
#include "workload/image_facts.h"

namespace plimsoll::check {
namespace {

/// Another service of the project builds it and gives it this name.
bool is_built_beside(const Workload& workload) {
  if (workload.compose == nullptr) return false;
  const auto& services = workload.compose->services;
  return std::any_of(services.begin(), services.end(), [&workload](const Workload& other) {
    return other.build && other.image.value == workload.image.value;
  });
}

bool is_local_registry(std::string_view registry) {
  return registry == "localhost" || registry.starts_with("localhost:");
}

/// `docker run app` after `docker build -t app .`: no official image of that name is known.
bool looks_built_by_hand(const Workload& workload, const ImageReference& reference) {
  const bool typed = workload.form == Form::kDockerRun || workload.form == Form::kPodmanRun ||
                     workload.form == Form::kInspect;
  return typed && reference.is_official() && find_image_facts(reference) == nullptr;
}

}  // namespace

std::optional<ImageReference> pulled_image(const Workload& workload) {
  if (workload.build || !workload.image.is_known() || workload.image.value.empty()) return {};
  if (workload.form == Form::kCompose && workload.pull_policy.value == "build") return {};
  // An image id, as engines show it once the tag has moved on.
  if (workload.image.value.starts_with("sha256:")) return {};
  auto reference = parse_image_reference(workload.image.value);
  if (!reference || reference->familiar_name() == "scratch") return {};
  if (is_local_registry(reference->registry) || is_built_beside(workload)) return {};
  if (looks_built_by_hand(workload, *reference)) return {};
  return std::move(*reference);
}

Place image_place(const Workload& workload) {
  return workload.image.place.file == nullptr ? workload.place : workload.image.place;
}

std::string_view image_base_name(const Workload& workload) {
  if (!workload.image.is_known()) return {};
  std::string_view name = workload.image.value;
  name = name.substr(0, name.find('@'));
  if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  return name.substr(0, name.find(':'));
}

}  // namespace plimsoll::check
