#pragma once

#include "check/secret_value.h"
#include "workload/workload.h"

namespace plimsoll::check {

/// Of the value where there is one, else of the variable, else of the workload.
[[nodiscard]] Place place_of(const Workload& workload, const EnvironmentVariable& variable);

/// judge_secret(), and a password that is the user's, the database's or the image's name is one
/// that anybody would try first.
[[nodiscard]] SecretJudgement judge_variable(const Workload& workload,
                                             const EnvironmentVariable& variable);

}  // namespace plimsoll::check
