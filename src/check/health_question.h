#pragma once

#include <string>

#include "check/rule.h"

namespace plimsoll::check {

/// How to ask the service in an image whether it is well, with a program that certainly is there.
struct HealthQuestion {
  std::string command;  ///< what stands behind HEALTHCHECK CMD; "" when there is no certain one
  std::string reason;   ///< why there is none: a phrase without full stop
  std::string advice;   ///< what to look at; may be empty
};
[[nodiscard]] HealthQuestion health_question(const DockerfileView& view);

}  // namespace plimsoll::check
