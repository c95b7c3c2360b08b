#include "check/probe.h"

#include <algorithm>
#include <string>

#include "check/published_port.h"
#include "check/remedy.h"

namespace plimsoll::check {
namespace {

void offer(const Workload& workload, spelling::Attribute attribute, Finding& finding) {
  const auto port =
      std::find_if(workload.ports.begin(), workload.ports.end(), [](const Port& each) {
        return each.protocol == "tcp" && each.known && port_number(each.container_port);
      });
  if (port == workload.ports.end()) {
    finding.unfixed = "only its authors know what tells that it is healthy";
    return;
  }
  remedy(finding, "ask port " + port->container_port,
         spelling::set(workload, attribute, port->container_port), FixSafety::kUnsafe);
}

}  // namespace

void report_missing_probe(const Workload& workload, const Value<Probe>& probe,
                          std::string_view what, spelling::Attribute attribute, Sink& sink) {
  if (workload.container_kind != ContainerKind::kApp || workload.one_shot) return;
  if (!probe.is_known()) {
    sink.unknown("the " + std::string(what) + " is not known");
  } else if (!probe.is_set()) {
    offer(workload, attribute, sink.missing(workload, "no " + std::string(what)));
  }
}

}  // namespace plimsoll::check
