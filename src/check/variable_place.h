#pragma once

#include "workload/workload.h"

namespace plimsoll::check {

/// Of the value where there is one, else of the variable, else of the workload.
[[nodiscard]] inline Place place_of(const Workload& workload, const EnvironmentVariable& variable) {
  if (variable.value_place.file != nullptr) return variable.value_place;
  return variable.place.file == nullptr ? workload.place : variable.place;
}

}  // namespace plimsoll::check
