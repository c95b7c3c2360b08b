#include "check/exposed_port.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "expose-malformed",
    .title = "EXPOSE takes ports of the container only",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "buildkit:ExposeInvalidFormat",
    .why =
        "An address or a port of the host has no effect there, whatever the author hoped; other "
        "words break the build.",
    .fix_note =
        "Write the port of the container. Publish it with docker run -p or with ports in "
        "Compose.",
    .sources = "https://docs.docker.com/reference/build-checks/expose-invalid-format/",
};

/// What is wrong with it, in words; "" when nothing is.
std::string_view fault(const ExposedPort& port) {
  if (!port.published.empty()) return "publishes, which EXPOSE cannot do";
  const auto first = exposed_port_number(port.first);
  const auto last = exposed_port_number(port.last);
  if (!first || !last) return "is not a port";
  if (*last < *first) return "is a range that ends before it begins";
  if (port.protocol.empty() || ascii::iequals(port.protocol, "tcp") ||
      ascii::iequals(port.protocol, "udp") || ascii::iequals(port.protocol, "sctp")) {
    return "";
  }
  return "has a protocol that is neither tcp, udp nor sctp";
}

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kExpose) return;
  for (const dockerfile::Word& word : instruction.words) {
    const auto port = read_exposed_port(word.value);
    if (!port) continue;
    const std::string_view problem = fault(*port);
    if (problem.empty()) continue;
    sink.report(word.span, dockerfile::quoted(word.value) + ' ' + std::string(problem));
  }
}

constexpr Example kExamples[] = {
    {.name = "a port of the host", .before = "FROM alpine:3.20\nEXPOSE «80:80»\n"},
    {.name = "an address",
     .before = "FROM alpine:3.20\nEXPOSE 80 «127.0.0.1:8080:80/tcp» «[::1]:80:80»\n"},
    {.name = "no port", .before = "FROM alpine:3.20\nEXPOSE «http»\n"},
    {.name = "a range backwards", .before = "FROM alpine:3.20\nEXPOSE «90-80»\n"},
    {.name = "an unknown protocol", .before = "FROM alpine:3.20\nEXPOSE «80/http»\n"},
    {.name = "ports", .before = "FROM alpine:3.20\nEXPOSE 80 443/tcp 53/UDP 8000-8010\n"},
    {.name = "a variable", .before = "FROM alpine:3.20\nEXPOSE ${PORT:-80} $HTTP/tcp\n"},
};

}  // namespace

const Rule& expose_malformed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
