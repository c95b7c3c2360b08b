#include "core/ascii.h"
#include "workload/run/values.h"

namespace plimsoll::run {
namespace {

/// Takes "/udp" off the end.
Argument without_protocol(const Argument& argument, Port& port) {
  const std::size_t slash = argument.rfind('/');
  if (slash == Argument::npos) return argument;
  port.protocol = ascii::lower(argument.part(slash + 1).text());
  return argument.part(0, slash);
}

}  // namespace

Port read_publish(const Argument& argument) {
  Port port;
  port.place = argument.place();
  port.known = argument.known();
  Argument rest = without_protocol(argument, port);

  const std::size_t last = rest.rfind(':');
  port.container_port = rest.part(last == Argument::npos ? 0 : last + 1).text();
  if (last == Argument::npos) return port;
  rest = rest.part(0, last);

  // What is left is HOST, IP:HOST or [IPv6]:HOST.
  const std::size_t colon = rest.rfind(':');
  port.host_port = rest.part(colon == Argument::npos ? 0 : colon + 1).text();
  if (colon == Argument::npos) return port;
  port.host_ip = rest.part(0, colon).text();
  const bool bracketed = port.host_ip.starts_with('[') && port.host_ip.ends_with(']');
  if (bracketed) port.host_ip = port.host_ip.substr(1, port.host_ip.size() - 2);
  return port;
}

Port read_expose(const Argument& argument) {
  Port port;
  port.place = argument.place();
  port.known = argument.known();
  port.published = false;
  port.container_port = without_protocol(argument, port).text();
  return port;
}

}  // namespace plimsoll::run
