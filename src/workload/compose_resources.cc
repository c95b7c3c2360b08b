#include <array>
#include <cstdio>
#include <string>
#include <utility>

#include "workload/compose_service.h"

namespace plimsoll::compose {
namespace {

/// `deploy.resources` beats the service's own attribute when both are written.
Value<std::string> first_set(Value<std::string> deployed, Value<std::string> own) {
  return deployed.origin != Origin::kDefault ? std::move(deployed) : std::move(own);
}

/// cpu_quota is the share of cpu_period (100 ms by default) in microseconds.
Value<std::string> cpus_of_quota(Reader& reader, const Setting& service) {
  constexpr double kDefaultPeriod = 100'000;
  const Value<std::int64_t> quota = reader.integer(service.at("cpu_quota"));
  const Value<std::int64_t> period = reader.integer(service.at("cpu_period"));
  Value<std::string> cpus;
  cpus.origin = quota.origin;
  cpus.place = quota.place;
  if (!quota.is_set()) return cpus;
  const double denominator = period.value > 0 ? static_cast<double>(period.value) : kDefaultPeriod;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", static_cast<double>(quota.value) / denominator);
  cpus.value = text.data();
  return cpus;
}

}  // namespace

void read_resources(Reader& reader, const Setting& service, Workload& workload) {
  const Setting deployed = service.at({"deploy", "resources"});
  const Setting limits = deployed.at("limits");
  const Setting reservations = deployed.at("reservations");
  Resources& resources = workload.resources;
  resources.memory_limit =
      first_set(reader.string(limits.at("memory")), reader.string(service.at("mem_limit")));
  resources.memory_request = first_set(reader.string(reservations.at("memory")),
                                       reader.string(service.at("mem_reservation")));
  resources.cpu_limit =
      first_set(reader.string(limits.at("cpus")), reader.string(service.at("cpus")));
  if (resources.cpu_limit.origin == Origin::kDefault) {
    resources.cpu_limit = cpus_of_quota(reader, service);
  }
  resources.cpu_request = reader.string(reservations.at("cpus"));
  resources.pids_limit = reader.integer(limits.at("pids"));
  if (resources.pids_limit.origin == Origin::kDefault) {
    resources.pids_limit = reader.integer(service.at("pids_limit"));
  }
  resources.ulimits = weight(service.at("ulimits")) > 0;
}

}  // namespace plimsoll::compose
