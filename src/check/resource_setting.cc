#include "check/resource_setting.h"

#include <string>

#include "check/remedy.h"

namespace plimsoll::check {
namespace {

/// "0", "0.0", "0b", "-1": how engines spell "no limit".
bool is_unlimited(std::string_view amount) {
  amount = ascii::trim(amount);
  while (!amount.empty() && ascii::is_alpha(amount.back())) amount.remove_suffix(1);
  if (amount.starts_with('-')) return true;
  return !amount.empty() && amount.find_first_not_of("0.") == std::string_view::npos;
}

void offer(const Workload& workload, std::string_view what, const std::optional<ResourceFix>& fix,
           Finding& finding) {
  if (!fix) return;
  remedy(finding, "set a " + std::string(what) + " of " + fix->value.text,
         spelling::set(workload, fix->attribute, fix->value.text), fix->value, fix->name);
}

}  // namespace

void report_missing_resource(const Workload& workload, const Value<std::string>& setting,
                             std::string_view what, const std::optional<ResourceFix>& fix,
                             Sink& sink) {
  if (workload.container_kind == ContainerKind::kEphemeral) return;
  if (workload.one_shot && workload.is_engine()) return;
  if (!setting.is_known()) {
    sink.unknown("the " + std::string(what) + " is not known");
  } else if (!setting.is_set() || setting.value.empty()) {
    offer(workload, what, fix, sink.missing(workload, "no " + std::string(what)));
  } else if (is_unlimited(setting.value)) {
    const Place place = setting.place.file == nullptr ? workload.place : setting.place;
    offer(workload, what, fix,
          sink.report(place, "a " + std::string(what) + " of '" + setting.value + "' is none"));
  }
}

}  // namespace plimsoll::check
