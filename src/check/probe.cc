#include "check/probe.h"

#include <string>

namespace plimsoll::check {

void report_missing_probe(const Workload& workload, const Value<Probe>& probe,
                          std::string_view what, Sink& sink) {
  if (workload.container_kind != ContainerKind::kApp || workload.one_shot) return;
  if (!probe.is_known()) {
    sink.unknown("the " + std::string(what) + " is not known");
  } else if (!probe.is_set()) {
    sink.missing(workload, "no " + std::string(what));
  }
}

}  // namespace plimsoll::check
