#include <string>
#include <utility>

#include "core/ascii.h"
#include "workload/compose_service.h"

namespace plimsoll::compose {
namespace {

/// `deploy.restart_policy`, which counts when there is no `restart`.
Value<std::string> deployed_restart(Reader& reader, const Setting& service) {
  const Setting policy = service.at({"deploy", "restart_policy"});
  Value<std::string> restart = reader.string(policy.at("condition"));
  if (policy.mapping() == nullptr) return restart;
  if (restart.origin == Origin::kDefault) {
    mark(restart, *policy.mapping());
    restart.value = "any";
  }
  if (restart.value == "none") restart.value = "no";
  if (restart.value == "any") restart.value = "always";
  const Value<std::string> attempts = reader.string(policy.at("max_attempts"));
  if (restart.value == "on-failure" && attempts.is_set()) restart.value += ':' + attempts.value;
  return restart;
}

Value<std::string> read_restart(Reader& reader, const Setting& service) {
  Value<std::string> restart = reader.string(service.at("restart"));
  if (restart.origin == Origin::kDefault) restart = deployed_restart(reader, service);
  const bool is_default = restart.is_known() && restart.value.empty();
  if (is_default || ascii::iequals(restart.value, "false")) restart.value = "no";
  return restart;
}

std::vector<std::string> test_words(Reader& reader, const Setting& test) {
  const Layer& layer = test.layers().front();  // `test` is replaced as a whole, never appended
  if (layer.node->is_scalar()) return {"CMD-SHELL", reader.text(layer).value};
  std::vector<std::string> words;
  for (const Layer& word : reader.elements(Setting(layer))) {
    words.push_back(reader.text(word).value);
  }
  return words;
}

Value<Probe> read_healthcheck(Reader& reader, const Setting& setting) {
  Value<Probe> healthcheck;
  const Layer* const mapping = setting.mapping();
  if (mapping == nullptr) {
    if (const Layer* const layer = setting.strongest()) {
      reader.problem(layer->place(), "'healthcheck' must be a mapping");
    }
    return healthcheck;
  }
  healthcheck.value.node = mapping->node;
  const Setting test = setting.at("test");
  if (test.exists()) healthcheck.value.test = test_words(reader, test);
  // Timing alone leaves the test, or its absence, to the image.
  if (!healthcheck.value.test.empty()) {
    mark(healthcheck, test.layers().front());
    healthcheck.value.disabled = healthcheck.value.test.front() == "NONE";
  }
  const Value<bool> disable = reader.boolean(setting.at("disable"));
  if (disable.value || !disable.is_known()) {
    healthcheck.value.disabled = disable.value;
    healthcheck.origin = disable.origin;
    healthcheck.place = disable.place;
  }
  return healthcheck;
}

/// The layers that have a say: options of a weaker layer count only under the same driver.
Setting same_driver(Reader& reader, const Setting& logging) {
  std::vector<Layer> layers;
  std::string driver;
  for (const Layer& layer : logging.layers()) {
    const std::string here = reader.string(Setting(layer).at("driver")).value;
    if (!driver.empty() && !here.empty() && here != driver) break;
    if (driver.empty()) driver = here;
    layers.push_back(layer);
  }
  return Setting(std::move(layers));
}

Value<Logging> read_logging(Reader& reader, const Setting& setting) {
  Value<Logging> logging;
  const Setting effective = same_driver(reader, setting);
  const Layer* const mapping = effective.mapping();
  if (mapping == nullptr) return logging;
  mark(logging, *mapping);
  const Value<std::string> driver = reader.string(effective.at("driver"));
  if (!driver.is_known()) logging.origin = Origin::kUnknown;
  logging.value.driver = driver.value;
  const Setting options = effective.at("options");
  logging.value.has_max_size = options.at("max-size").says_something();
  logging.value.has_max_file = options.at("max-file").says_something();
  return logging;
}

}  // namespace

void read_lifecycle(Reader& reader, const Setting& service, Workload& workload) {
  workload.restart = read_restart(reader, service);
  workload.healthcheck = read_healthcheck(reader, service.at("healthcheck"));
  workload.logging = read_logging(reader, service.at("logging"));
  workload.init = reader.boolean(service.at("init"));
  workload.stop_signal = reader.string(service.at("stop_signal"));
  workload.oom_kill_disable = reader.boolean(service.at("oom_kill_disable"));
  workload.oom_score_adj = reader.integer(service.at("oom_score_adj"));
  workload.profiles = reader.items(service.at("profiles"));
  const bool never_restarts = workload.restart.is_set() && workload.restart.value == "no";
  const std::string mode = reader.string(service.at({"deploy", "mode"})).value;
  workload.one_shot = (never_restarts && !workload.profiles.empty()) || mode.ends_with("-job");
}

}  // namespace plimsoll::compose
