#include "check/resource_setting.h"

#include <charconv>
#include <span>
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

struct Unit {
  std::string_view suffix;
  double factor;
};
/// Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
constexpr Unit kQuantities[] = {
    {"", 1},     {"m", 1e-3},  {"k", 1e3},      {"M", 1e6},         {"G", 1e9},
    {"T", 1e12}, {"Ki", 1024}, {"Mi", 1048576}, {"Gi", 1073741824}, {"Ti", 1.099511627776e12}};
/// Of memory, in lower case. Source: docker/go-units, RAMInBytes.
constexpr Unit kEngineSizes[] = {{"", 1},           {"b", 1},           {"k", 1024},
                                 {"kb", 1024},      {"m", 1048576},     {"mb", 1048576},
                                 {"g", 1073741824}, {"gb", 1073741824}, {"t", 1.099511627776e12}};

/// Nothing for what is no such amount.
std::optional<double> amount_of(std::string_view text, std::span<const Unit> units) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  for (const Unit& unit : units) {
    if (unit.suffix == text) return number * unit.factor;
  }
  return std::nullopt;
}

bool is_memory(spelling::Attribute attribute) {
  return attribute == spelling::Attribute::kMemoryLimit ||
         attribute == spelling::Attribute::kMemoryRequest;
}

/// As the workload's form writes it.
std::optional<double> written(const Workload& workload, bool memory, std::string_view text) {
  if (memory && !workload.is_kubernetes()) return amount_of(ascii::lower(text), kEngineSizes);
  return amount_of(text, kQuantities);
}
/// As FixValues has it: memory as engines write it, processors in either way.
std::optional<double> chosen(bool memory, std::string_view text) {
  if (memory) return amount_of(ascii::lower(text), kEngineSizes);
  return amount_of(text, kQuantities);
}

/// Why the value cannot stand beside the other one of limit and request, which no engine takes the
/// wrong way round; "" when it can.
std::string contradiction(const Workload& workload, const ResourceFix& fix,
                          const FixValues& values) {
  const bool memory = is_memory(fix.attribute);
  const bool is_limit = fix.attribute == spelling::Attribute::kMemoryLimit ||
                        fix.attribute == spelling::Attribute::kCpuLimit;
  const Resources& own = workload.resources;
  const Value<std::string>& other = is_limit ? (memory ? own.memory_request : own.cpu_request)
                                             : (memory ? own.memory_limit : own.cpu_limit);
  const bool is_there = other.is_set() && !other.value.empty() && !is_unlimited(other.value);
  if (is_limit && !is_there) return {};
  // Where there is no limit yet, the one that would be set.
  const std::string& text =
      is_there ? other.value : (memory ? values.memory.text : values.cpus.text);
  const auto beside = is_there ? written(workload, memory, text) : chosen(memory, text);
  const auto value = chosen(memory, fix.value.text);
  const std::string name = is_limit ? "request" : "limit";
  if (!beside || !value) return "its " + name + " '" + text + "' is not understood";
  if (is_limit && *value < *beside) return "its request of " + text + " is larger than that";
  if (!is_limit && *value > *beside) return "its limit of " + text + " is smaller than that";
  return {};
}

void offer(const Workload& workload, std::string_view what, const std::optional<ResourceFix>& fix,
           const FixValues& values, Finding& finding) {
  if (!fix) return;
  finding.unfixed = contradiction(workload, *fix, values);
  if (!finding.unfixed.empty()) return;
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
    offer(workload, what, fix, sink.options().fix,
          sink.missing(workload, "no " + std::string(what)));
  } else if (is_unlimited(setting.value)) {
    const Place place = setting.place.file == nullptr ? workload.place : setting.place;
    offer(workload, what, fix, sink.options().fix,
          sink.report(place, "a " + std::string(what) + " of '" + setting.value + "' is none"));
  }
}

}  // namespace plimsoll::check
