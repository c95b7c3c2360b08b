#include <string>
#include <utility>

#include "core/ascii.h"
#include "workload/kubernetes_reader.h"

namespace plimsoll::kubernetes {
namespace {

using Source = EnvironmentVariable::Source;

/// $(NAME), ${NAME} or {{ … }}; unlike is_template(), `$NAME` and the escaped `$$(` are text here.
bool is_variable_value(std::string_view text) {
  if (ascii::contains(text, "{{") || ascii::contains(text, "${")) return true;
  for (std::size_t at = text.find("$("); at != std::string_view::npos;
       at = text.find("$(", at + 1)) {
    if (at == 0 || text[at - 1] != '$') return true;
  }
  return false;
}

Source source_of(const Node& value_from) {
  if (present(&value_from, "secretKeyRef") != nullptr) return Source::kSecret;
  if (present(&value_from, "fileKeyRef") != nullptr) return Source::kFile;
  return Source::kReference;
}

EnvironmentVariable read_variable(Reader& reader, const Node& node) {
  EnvironmentVariable variable;
  variable.place = reader.place(node);
  if (const Node::Entry* name = present(&node, "name")) {
    variable.name = reader.copy(name->value->str());
    variable.place = reader.place(*name);
  }
  variable.value_place = variable.place;
  if (const Node::Entry* value = present(&node, "value")) {
    variable.value = reader.copy(value->value->str());
    variable.value_place = reader.place(*value);
    const bool known = value->value->is_scalar() && !is_variable_value(variable.value);
    if (!known) variable.source = Source::kVariable;
  } else if (const Node::Entry* from = present(&node, "valueFrom")) {
    variable.value_place = reader.place(*from->key);
    variable.source = source_of(*from->value);
  }
  return variable;
}

/// The names that `envFrom` brings in are not in the file; the secret they come from is.
void read_env_from(Reader& reader, const Node& container, Workload& workload) {
  for (const Node* source : elements(&container, "envFrom")) {
    const Value<std::string> name = reader.text(child(source, "secretRef"), "name");
    if (name.origin == Origin::kDefault) continue;
    workload.secrets.origin = name.is_known() ? Origin::kSet : Origin::kUnknown;
    if (name.is_set()) reader.add(workload.secrets, name.value, name.place);
  }
}

/// 0 and absent are the same for the API server.
std::string port_text(const Value<std::string>& port) {
  return port.value == "0" ? std::string() : port.value;
}

Port read_port(Reader& reader, const Node& node, bool host_network) {
  const Value<std::string> container_port = reader.text(&node, "containerPort");
  const Value<std::string> host_port = reader.text(&node, "hostPort");
  const Value<std::string> host_ip = reader.text(&node, "hostIP");
  const Value<std::string> protocol = reader.text(&node, "protocol");
  Port port;
  port.container_port = port_text(container_port);
  port.host_port = port_text(host_port);
  if (host_network && port.host_port.empty()) port.host_port = port.container_port;
  port.host_ip = host_ip.value;
  if (protocol.is_set()) port.protocol = ascii::lower(protocol.value);
  port.published = host_network || !port.host_port.empty() || !host_port.is_known();
  port.known = container_port.is_known() && host_port.is_known() && host_ip.is_known() &&
               protocol.is_known();
  port.place = host_port.place.file != nullptr ? host_port.place : container_port.place;
  if (port.place.file == nullptr) port.place = reader.place(node);
  return port;
}

}  // namespace

void read_environment(Reader& reader, const Node& container, Workload& workload) {
  for (const Node* node : elements(&container, "env")) {
    if (!node->is_mapping()) continue;
    if (!reader.charge(sizeof(EnvironmentVariable))) return;
    workload.environment.push_back(read_variable(reader, *node));
  }
  read_env_from(reader, container, workload);
}

void read_ports(Reader& reader, const Node& container, Workload& workload) {
  const bool host_network = workload.network_mode.value == "host";
  for (const Node* node : elements(&container, "ports")) {
    if (!node->is_mapping()) continue;
    if (!reader.charge(sizeof(Port))) return;
    workload.ports.push_back(read_port(reader, *node, host_network));
  }
}

}  // namespace plimsoll::kubernetes
