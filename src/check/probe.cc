#include "check/probe.h"

#include <algorithm>

#include "check/published_port.h"
#include "check/remedy.h"

namespace plimsoll::check {

void offer_probe(const Workload& workload, spelling::Attribute attribute, Finding& finding) {
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

}  // namespace plimsoll::check
