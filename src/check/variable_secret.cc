#include "check/variable_secret.h"

#include <algorithm>
#include <cstddef>

#include "check/pulled_image.h"
#include "check/secret_format.h"
#include "check/secret_name.h"

namespace plimsoll::check {
namespace {

constexpr std::size_t kAsked = 64;  // variables of a workload, lest each be compared with all

bool is_name_in(const Workload& workload, std::string_view value) {
  if (value == workload.name || value == image_base_name(workload)) return true;
  const std::size_t count = std::min(kAsked, workload.environment.size());
  const auto end = workload.environment.begin() + static_cast<std::ptrdiff_t>(count);
  return std::any_of(workload.environment.begin(), end, [value](const EnvironmentVariable& other) {
    return other.value == value &&
           read_secret_name(other.name).strength == SecretName::Strength::kNone;
  });
}

/// "app:app@host"
bool is_user_again(std::string_view url, std::string_view password) {
  const std::size_t at = url.find("://");
  if (password.empty() || at == std::string_view::npos) return false;
  const std::string_view user = url.substr(at + 3);
  return user.starts_with(password) && user.substr(password.size()).starts_with(':');
}

}  // namespace

Place place_of(const Workload& workload, const EnvironmentVariable& variable) {
  if (variable.value_place.file != nullptr) return variable.value_place;
  return variable.place.file == nullptr ? workload.place : variable.place;
}

SecretJudgement judge_variable(const Workload& workload, const EnvironmentVariable& variable) {
  SecretJudgement judged = judge_secret(variable.name, variable.value);
  if (judged.verdict != SecretVerdict::kSecret) return judged;
  const bool is_guessed = judged.kind == "password"
                              ? is_name_in(workload, variable.value)
                              : is_user_again(variable.value, password_in_url(variable.value));
  if (is_guessed) judged.verdict = SecretVerdict::kDefaultPassword;
  return judged;
}

}  // namespace plimsoll::check
