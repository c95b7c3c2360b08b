#pragma once

#include <cstdint>
#include <optional>

#include "check/object_names.h"
#include "workload/kubernetes.h"

/// What keeps several equal pods, and what changes their number.
namespace plimsoll::check {

/// A Deployment or StatefulSet that is written in full: a patch has no selector.
[[nodiscard]] bool keeps_replicas(const kubernetes::Object& object);

/// spec.replicas, or the API server's default of 1. Nullopt: filled in by a tool.
[[nodiscard]] std::optional<std::int64_t> replicas_of(const kubernetes::Object& object);

[[nodiscard]] bool is_autoscaler(const kubernetes::Object& object);

/// What the HorizontalPodAutoscalers (and KEDA's ScaledObjects) name as their targets.
[[nodiscard]] ObjectNames autoscaled(const kubernetes::Manifests& manifests);

}  // namespace plimsoll::check
