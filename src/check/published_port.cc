#include "check/published_port.h"

#include <algorithm>
#include <iterator>

#include "core/ascii.h"

namespace plimsoll::check {
namespace {

struct KnownPort {
  std::uint16_t number;
  std::string_view service;
};

// Default ports; the container's side tells what listens, the host's side may be any.
constexpr KnownPort kSensitive[] = {
    {23, "Telnet"},
    {139, "SMB"},
    {445, "SMB"},
    {873, "rsync"},
    {1433, "SQL Server"},
    {1521, "Oracle Database"},
    {2049, "NFS"},
    {2181, "ZooKeeper"},
    {2375, "the Docker API without TLS"},
    {2379, "etcd"},
    {2380, "etcd"},
    {3306, "MySQL"},
    {3389, "remote desktop"},
    {5005, "the Java debugger"},
    {5432, "PostgreSQL"},
    {5672, "RabbitMQ"},
    {5900, "VNC"},
    {5901, "VNC"},
    {5984, "CouchDB"},
    {6379, "Redis"},
    {7474, "Neo4j"},
    {7687, "Neo4j"},
    {8086, "InfluxDB"},
    {8529, "ArangoDB"},
    {9042, "Cassandra"},
    {9092, "Kafka"},
    {9200, "Elasticsearch"},
    {9229, "the Node.js debugger"},
    {9300, "Elasticsearch"},
    {10250, "the kubelet"},
    {11211, "Memcached"},
    {15672, "RabbitMQ's management"},
    {26257, "CockroachDB"},
    {27017, "MongoDB"},
    {27018, "MongoDB"},
    {27019, "MongoDB"},
    {28015, "RethinkDB"},
};

constexpr std::uint16_t kWeb[] = {80, 443, 3000, 8000, 8080, 8081, 8443};

}  // namespace

std::optional<std::uint16_t> port_number(std::string_view text) {
  constexpr std::uint32_t kHighest = 65535;
  if (text.size() > 5 || !ascii::is_number(text)) return std::nullopt;
  std::uint32_t number = 0;
  for (const char digit : text) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  if (number == 0 || number > kHighest) return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

bool on_all_interfaces(const Port& port) {
  if (!port.published || !port.known) return false;
  const std::string_view ip = port.host_ip;
  return ip.empty() || ip == "0.0.0.0" || ip == "::" || ip == "[::]" || ip == "*";
}

bool reachable_from_outside(const Workload& workload) {
  if (workload.network_mode.is_known() && workload.network_mode.value == "host") return true;
  if (workload.publish_all.is_set() && workload.publish_all.value) return true;
  return std::any_of(workload.ports.begin(), workload.ports.end(), on_all_interfaces);
}

std::string_view sensitive_service(const Port& port) {
  if (port.protocol != "tcp") return {};
  const auto number = port_number(port.container_port);
  if (!number) return {};
  const auto* const found =
      std::lower_bound(std::begin(kSensitive), std::end(kSensitive), *number,
                       [](const KnownPort& known, std::uint16_t n) { return known.number < n; });
  if (found == std::end(kSensitive) || found->number != *number) return {};
  return found->service;
}

bool is_web_port(const Port& port) {
  const auto number = port_number(port.container_port);
  return number && std::find(std::begin(kWeb), std::end(kWeb), *number) != std::end(kWeb);
}

}  // namespace plimsoll::check
