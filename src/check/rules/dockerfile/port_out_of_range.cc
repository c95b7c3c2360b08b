#include "check/exposed_port.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "port-out-of-range",
    .title = "EXPOSE names a port that cannot be",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "hadolint:DL3011 trivy:DS-0008 kics:71bf8cf8 semgrep:invalid-port",
    .why = "Ports end at 65535: the build fails.",
    .fix_note = "Correct the number.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#expose "
        "https://github.com/hadolint/hadolint/wiki/DL3011",
};

bool is_too_high(std::string_view text) {
  const auto number = exposed_port_number(text);
  return number && *number > kHighestPort;
}

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kExpose) return;
  for (const dockerfile::Word& word : instruction.words) {
    const auto port = read_exposed_port(word.value);
    if (!port || (!is_too_high(port->first) && !is_too_high(port->last))) continue;
    sink.report(word.span, "port " + dockerfile::quoted(word.value) + " is above 65535");
  }
}

constexpr Example kExamples[] = {
    {.name = "too high", .before = "FROM alpine:3.20\nEXPOSE 80 «80000»\n"},
    {.name = "with a protocol", .before = "FROM alpine:3.20\nEXPOSE «65536/tcp»\n"},
    {.name = "the end of a range", .before = "FROM alpine:3.20\nEXPOSE «60000-99999999999/udp»\n"},
    {.name = "the highest", .before = "FROM alpine:3.20\nEXPOSE 0 65535/tcp\n"},
    {.name = "a variable", .before = "FROM alpine:3.20\nEXPOSE 40000-${LAST}\n"},
};

}  // namespace

const Rule& port_out_of_range() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
