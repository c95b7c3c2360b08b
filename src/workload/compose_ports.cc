#include <unordered_map>
#include <utility>

#include "core/ascii.h"
#include "workload/compose_values.h"

namespace plimsoll::compose {
namespace {

std::string field(Reader& reader, const Setting& entry, std::string_view key, bool& known) {
  const Setting setting = entry.at(key);
  const Layer* const layer = setting.strongest();
  if (layer == nullptr) return {};
  Text text = reader.text(*layer);
  known &= text.known;
  return std::move(text.value);
}

Port long_port(Reader& reader, const Layer& layer) {
  const Setting entry(layer);
  Port port;
  port.container_port = field(reader, entry, "target", port.known);
  port.host_port = field(reader, entry, "published", port.known);
  port.host_ip = field(reader, entry, "host_ip", port.known);
  const std::string protocol = field(reader, entry, "protocol", port.known);
  if (!protocol.empty()) port.protocol = ascii::lower(protocol);
  return port;
}

Port short_port(Reader& reader, const Layer& layer) {
  const Text text = reader.text(layer);
  Port port = parse_port(text.value);
  port.known = text.known;
  return port;
}

/// A later entry for the same publication replaces the earlier one.
class UniquePorts {
 public:
  void put(Port port) {
    std::string key = port.host_ip + '\n' + port.host_port + '\n' + port.container_port + '\n' +
                      port.protocol + (port.published ? "p" : "e");
    const auto [at, is_new] = index_.try_emplace(std::move(key), ports_.size());
    if (is_new) {
      ports_.push_back(std::move(port));
    } else {
      ports_[at->second] = std::move(port);
    }
  }
  [[nodiscard]] std::vector<Port> take() { return std::move(ports_); }

 private:
  std::vector<Port> ports_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace

Port parse_port(std::string_view text) {
  Port port;
  const std::size_t slash = text.rfind('/');
  const std::size_t brace = text.rfind('}');
  const bool has_protocol =
      slash != std::string_view::npos && (brace == std::string_view::npos || slash > brace);
  if (has_protocol) {
    port.protocol = ascii::lower(text.substr(slash + 1));
    if (port.protocol.empty()) port.protocol = "tcp";
    text = text.substr(0, slash);
  }
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close != std::string_view::npos) {
      port.host_ip = text.substr(1, close - 1);
      text.remove_prefix(close + 1);
      if (text.starts_with(':')) text.remove_prefix(1);
    }
  }
  const std::vector<std::string_view> fields = split_fields(text, ':');
  port.container_port = fields.back();
  if (fields.size() >= 2) port.host_port = fields[fields.size() - 2];
  if (fields.size() >= 3) {
    // An IPv6 address without brackets has colons of its own.
    const auto ip_bytes =
        static_cast<std::size_t>(fields[fields.size() - 2].data() - text.data()) - 1;
    port.host_ip = text.substr(0, ip_bytes);
  }
  return port;
}

std::vector<Port> read_ports(Reader& reader, const Setting& service) {
  UniquePorts ports;
  for (const Layer& element : reader.elements(service.at("ports"))) {
    if (element.node->is_sequence() || element.node->is_null()) {
      reader.problem(element.place(), "a port must be a string or a mapping");
      continue;
    }
    Port port =
        element.node->is_mapping() ? long_port(reader, element) : short_port(reader, element);
    port.place = element.place();
    ports.put(std::move(port));
  }
  for (const Layer& element : reader.elements(service.at("expose"))) {
    if (!element.node->is_scalar()) continue;
    Port port = short_port(reader, element);
    port.published = false;
    port.place = element.place();
    ports.put(std::move(port));
  }
  return ports.take();
}

}  // namespace plimsoll::compose
