#include <cstdint>
#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "admin-port-exposed",
    .title = "A port for remote administration is exposed",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:DS-0004 checkov:CKV_DOCKER_1",
    .why =
        "A container is managed with docker exec and replaced to change it; a login service in it "
        "is one more door, with passwords and keys of its own.",
    .fix_note = "Remove the port and the service behind it.",
    .sources = "https://docs.docker.com/reference/dockerfile/#expose",
};

struct AdminPort {
  std::uint32_t number;
  std::string_view service;
};

constexpr AdminPort kPorts[] = {
    {22, "SSH"},     {23, "Telnet"},  {512, "rexec"},
    {513, "rlogin"}, {514, "rsh"},    {2375, "Docker's API without TLS"},
    {3389, "RDP"},   {5900, "VNC"},   {5901, "VNC"},
    {5985, "WinRM"}, {5986, "WinRM"},
};

std::uint32_t number_of(std::string_view text) {
  constexpr std::size_t kDigits = 5;
  if (!ascii::is_number(text) || text.size() > kDigits) return 0;
  std::uint32_t number = 0;
  for (const char digit : text) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return number;
}

/// "22", "22/tcp", "20-25"
const AdminPort* find_admin_port(std::string_view word) {
  const std::size_t slash = word.find('/');
  if (slash != std::string_view::npos && !ascii::iequals(word.substr(slash), "/tcp")) {
    return nullptr;
  }
  word = word.substr(0, slash);
  const std::size_t dash = word.find('-');
  const std::uint32_t first = number_of(word.substr(0, dash));
  const std::uint32_t last =
      dash == std::string_view::npos ? first : number_of(word.substr(dash + 1));
  for (const AdminPort& port : kPorts) {
    if (first <= port.number && port.number <= last) return &port;
  }
  return nullptr;
}

void judge(const dockerfile::Instruction& expose, Sink& sink) {
  for (const dockerfile::Word& word : expose.words) {
    const AdminPort* port = find_admin_port(word.value);
    if (port == nullptr) continue;
    sink.report(word.span,
                "port " + std::to_string(port->number) + " is for " + std::string(port->service));
  }
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (instruction.keyword == dockerfile::Keyword::kExpose && view.ships(instruction)) {
      judge(instruction, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "SSH", .before = "FROM debian:12\nEXPOSE 80 «22»\n"},
    {.name = "with a protocol", .before = "FROM debian:12\nEXPOSE «3389/tcp»\n"},
    {.name = "in a range", .before = "FROM debian:12\nEXPOSE «20-25»\n"},
    {.name = "UDP is syslog", .before = "FROM debian:12\nEXPOSE 514/udp\n"},
    {.name = "a service", .before = "FROM debian:12\nEXPOSE 8080 2222\n"},
    {.name = "in a build stage", .before = "FROM debian:12\nEXPOSE 22\nFROM debian:12\n"},
};

}  // namespace

const Rule& admin_port_exposed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
