#include "workload/run/values.h"

#include <charconv>

#include "core/ascii.h"
#include "workload/run/is_one_of.h"

namespace plimsoll::run {
namespace {

void note(Items& items, const Argument& argument) {
  if (!argument.known()) {
    items.origin = Origin::kUnknown;
  } else if (items.origin == Origin::kDefault) {
    items.origin = Origin::kSet;
  }
  if (items.place.file == nullptr) items.place = argument.place();
}

template <class T>
void forget_default(Value<T>& value, const Argument& argument) {
  if (value.origin != Origin::kDefault) return;
  value.origin = Origin::kUnknown;
  value.place = argument.place();
}

/// The last one wins, as in the engines.
void set_no_new_privileges(Workload& workload, const Argument& entry, const Argument& value) {
  workload.no_new_privileges =
      value.empty() ? Value<bool>{true, Origin::kSet, {}} : bool_value(value);
  workload.no_new_privileges.place = entry.place();
}

void set_label(Workload& workload, const Argument& value) {
  // "type:spc_t" turns confinement off as "disable" does, so both are kept; user, role, level and
  // filetype only narrow it.
  if (value.known() && value.text() != "disable" && !value.text().starts_with("type:")) return;
  workload.selinux = text_value(value);
}

void set_unmasked(Workload& workload, const Argument& value) {
  const bool all = ascii::iequals(value.text(), "all") || value.text() == "/proc/*";
  if (value.known() && !all) return;  // single paths stay a choice
  workload.proc_mount = {"unconfined", origin_of(value), value.place()};
}

}  // namespace

Value<std::string> text_value(const Argument& argument) {
  return {argument.text(), origin_of(argument), argument.place()};
}

Value<bool> bool_value(const Argument& argument) {
  const std::string_view text = argument.text();
  const bool is_true = is_one_of(text, {"1", "t", "T", "TRUE", "true", "True"});
  const bool is_false = is_one_of(text, {"0", "f", "F", "FALSE", "false", "False"});
  const Origin origin = is_true || is_false ? origin_of(argument) : Origin::kUnknown;
  return {is_true, origin, argument.place()};
}

Value<std::int64_t> integer_value(const Argument& argument) {
  Value<std::int64_t> value{0, Origin::kUnknown, argument.place()};
  const std::string& text = argument.text();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value.value);
  if (error == std::errc() && end == text.data() + text.size()) value.origin = origin_of(argument);
  return value;
}

void add_item(Items& items, const Argument& argument) {
  note(items, argument);
  items.items.push_back({argument.text(), argument.place()});
}

void add_capabilities(Items& items, const Argument& argument) {
  static constexpr std::string_view kPrefix = "CAP_";
  argument.for_each_part(',', [&items](const Argument& part) {
    if (part.empty()) return;
    note(items, part);
    if (!part.known()) return;
    std::string name = ascii::upper(part.text());
    if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
    items.items.push_back({std::move(name), part.place()});
  });
}

EnvironmentVariable read_variable(const Argument& argument) {
  using Source = EnvironmentVariable::Source;
  EnvironmentVariable variable;
  variable.place = variable.value_place = argument.place();
  const std::size_t equals = argument.find('=');
  if (equals == Argument::npos) {
    variable.name = argument.text();
    variable.source = argument.known() ? Source::kHost : Source::kVariable;
    return variable;
  }
  variable.name = argument.text().substr(0, equals);
  const Argument value = argument.part(equals + 1);
  variable.value = value.text();
  if (!value.empty()) variable.value_place = value.place();
  if (!argument.known()) {
    variable.source = Source::kVariable;
  } else if (value.has_default()) {
    variable.source = Source::kDefaulted;
  }
  return variable;
}

void apply_security_option(Workload& workload, const Argument& argument) {
  add_item(workload.security_options, argument);
  // Docker still takes the "label:disable" of its first versions.
  const std::size_t separator = argument.find_first_of("=:");
  const Argument key = argument.part(0, separator);
  const Argument value =
      separator == Argument::npos ? argument.part(0, 0) : argument.part(separator + 1);
  if (!key.known()) {
    forget_default(workload.no_new_privileges, argument);
    forget_default(workload.seccomp, argument);
    forget_default(workload.apparmor, argument);
    forget_default(workload.selinux, argument);
    forget_default(workload.proc_mount, argument);
  } else if (key.text() == "no-new-privileges") {
    set_no_new_privileges(workload, argument, value);
  } else if (key.text() == "seccomp") {
    workload.seccomp = text_value(value);
  } else if (key.text() == "apparmor") {
    workload.apparmor = text_value(value);
  } else if (key.text() == "label") {
    set_label(workload, value);
  } else if (key.text() == "systempaths") {
    workload.proc_mount = text_value(value);
  } else if (key.text() == "unmask") {
    set_unmasked(workload, value);
  }
}

void apply_network(Workload& workload, const Argument& argument) {
  const Argument mode = argument.part(0, argument.find(':'));
  const bool is_mode = is_one_of(
      mode.text(), {"host", "none", "bridge", "default", "private", "pasta", "slirp4netns", "nat"});
  const bool joins = mode.text() == "container" || mode.text() == "ns";
  if (!mode.known() || joins) {
    workload.network_mode = text_value(argument);
  } else if (is_mode) {
    workload.network_mode = text_value(mode);
  }
  if (!mode.known()) note(workload.networks, argument);
  if (!mode.known() || is_mode || joins) return;

  // Docker's long form: name=front,alias=api
  static constexpr std::string_view kName = "name=";
  Argument name = mode;
  argument.for_each_part(',', [&name](const Argument& part) {
    if (part.text().starts_with(kName)) name = part.part(kName.size());
  });
  add_item(workload.networks, name);
}

void apply_device(Workload& workload, const Argument& argument) {
  add_item(workload.devices, argument);
  const bool is_gpu =
      argument.text().starts_with("nvidia.com/gpu") || argument.text().starts_with("amd.com/gpu");
  if (is_gpu) workload.gpu = {true, Origin::kSet, argument.place()};
}

void apply_log_option(Workload& workload, const Argument& argument) {
  Value<Logging>& logging = workload.logging;
  const Argument key = argument.part(0, argument.find('='));
  logging.value.has_max_size |= key.text() == "max-size";
  logging.value.has_max_file |= key.text() == "max-file";
  if (!key.known()) logging.origin = Origin::kUnknown;
  if (logging.origin == Origin::kDefault) logging.origin = Origin::kSet;
  if (logging.place.file == nullptr) logging.place = argument.place();
}

void apply_health_command(Workload& workload, const Argument& argument) {
  Probe probe;
  probe.disabled = ascii::iequals(argument.text(), "none");
  if (!probe.disabled) probe.test = {"CMD-SHELL", argument.text()};
  // A command with a variable in it is a check all the same.
  const bool known = argument.partly_known();
  workload.healthcheck = {std::move(probe), known ? Origin::kSet : Origin::kUnknown,
                          argument.place()};
}

}  // namespace plimsoll::run
