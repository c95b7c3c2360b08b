#include "check/resource_setting.h"

#include <string>

namespace plimsoll::check {
namespace {

/// "0", "0.0", "0b", "-1": how engines spell "no limit".
bool is_unlimited(std::string_view amount) {
  amount = ascii::trim(amount);
  while (!amount.empty() && ascii::is_alpha(amount.back())) amount.remove_suffix(1);
  if (amount.starts_with('-')) return true;
  return !amount.empty() && amount.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

void report_missing_resource(const Workload& workload, const Value<std::string>& setting,
                             std::string_view what, Sink& sink) {
  if (workload.container_kind == ContainerKind::kEphemeral) return;
  if (workload.one_shot && workload.is_engine()) return;
  if (!setting.is_known()) {
    sink.unknown("the " + std::string(what) + " is not known");
  } else if (!setting.is_set() || setting.value.empty()) {
    sink.missing(workload, "no " + std::string(what));
  } else if (is_unlimited(setting.value)) {
    const Place place = setting.place.file == nullptr ? workload.place : setting.place;
    sink.report(place, "a " + std::string(what) + " of '" + setting.value + "' is none");
  }
}

}  // namespace plimsoll::check
