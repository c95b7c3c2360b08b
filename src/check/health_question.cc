#include "check/health_question.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "check/exposed_port.h"
#include "workload/distribution.h"
#include "workload/image_facts.h"

namespace plimsoll::check {
namespace {

using dockerfile::Keyword;

/// The one port that the image says it listens on by TCP; nothing when there are several or none.
std::optional<std::uint32_t> only_port(const DockerfileView& view) {
  std::optional<std::uint32_t> only;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != Keyword::kExpose) continue;
      for (const dockerfile::Word& word : instruction.words) {
        const auto port = read_exposed_port(word.value);
        if (!port || port->first != port->last || ascii::iequals(port->protocol, "udp")) {
          return std::nullopt;
        }
        const auto number = exposed_port_number(port->first);
        if (!number || *number == 0 || *number > kHighestPort) return std::nullopt;
        if (only && *only != *number) return std::nullopt;
        only = number;
      }
    }
  }
  return only;
}

/// Ports where people put HTTP and hardly anything else.
bool is_http(std::uint32_t port) {
  const auto within = [port](std::uint32_t first, std::uint32_t last) {
    return first <= port && port <= last;
  };
  return port == 80 || port == 81 || within(3000, 3010) || port == 4000 || port == 4200 ||
         port == 4567 || port == 5000 || port == 5001 || port == 5173 || port == 7860 ||
         within(8000, 8099) || port == 8501 || port == 8888;
}

enum class Tool : std::uint8_t { kNone, kNode, kPython, kWget };

Tool tool_of(const StageBase& base) {
  if (!base.reference || !base.reference->is_official()) return Tool::kNone;
  const std::string name = base.reference->familiar_name();
  if (name == "node") return Tool::kNode;
  if (name == "python") {
    // Python 2 has another module for it.
    return ascii::contains(base.reference->tag, "2.7") || base.reference->tag.starts_with('2')
               ? Tool::kNone
               : Tool::kPython;
  }
  const ImageFamily family = family_of(*base.reference);
  return family == ImageFamily::kAlpine || family == ImageFamily::kBusybox ? Tool::kWget
                                                                           : Tool::kNone;
}

/// Anything that is no server error counts as well: an API may have nothing at "/".
std::string ask(Tool tool, const std::string& port) {
  switch (tool) {
    case Tool::kNode:
      return R"js(["node", "-e", "require('http').get('http://127.0.0.1:)js" + port +
             R"js(/', r => process.exit(r.statusCode < 500 ? 0 : 1)).on('error', () => process.exit(1))"])js";
    case Tool::kPython:
      return R"js(["python3", "-c", "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', )js" +
             port +
             R"js(, timeout=3); c.request('GET', '/'); sys.exit(c.getresponse().status >= 500)"])js";
    case Tool::kWget:
      // Its status says 200 or not; what it prints says more.
      return "wget -qSO /dev/null http://127.0.0.1:" + port + "/ 2>&1 | grep -q 'HTTP/1.. [1-4]'";
    case Tool::kNone: break;
  }
  return {};
}

/// What is known to fit the server in the base, at the port that this image exposes.
std::string ask_server(std::string_view known, std::optional<std::uint32_t> port) {
  constexpr std::string_view kHost = "http://localhost";
  std::string command(known);
  const std::size_t at = command.find(kHost);
  if (at == std::string::npos || !port) return command;
  const std::size_t begin = at + kHost.size();
  std::size_t end = begin;
  if (end < command.size() && command[end] == ':') ++end;
  while (end > begin && end < command.size() && ascii::is_digit(command[end])) ++end;
  command.replace(begin, end - begin, *port == 80 ? "" : ":" + std::to_string(*port));
  return command;
}

/// A server, and the program that comes with it and asks whether it answers.
struct OwnServer {
  std::string_view program;
  std::uint32_t port;
  std::string_view question;
};
constexpr OwnServer kOwnServers[] = {
    {"postgres", 5432, "pg_isready -q"},
    {"redis-server", 6379, "redis-cli ping"},
    {"valkey-server", 6379, "valkey-cli ping"},
    {"mysqld", 3306, "mysqladmin ping --silent"},
    {"mariadbd", 3306, "mariadb-admin ping --silent"},
    {"rabbitmq-server", 5672, "rabbitmq-diagnostics -q ping"},
};

/// The question for the server that CMD or ENTRYPOINT starts, at its usual port; "" when there is
/// no such.
std::string_view ask_own_server(const DockerfileView& view, std::optional<std::uint32_t> port) {
  const OwnServer* found = nullptr;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != Keyword::kCmd && instruction.keyword != Keyword::kEntrypoint) {
        continue;
      }
      for (const dockerfile::Word& word : instruction.words) {
        if (word.value == "-p" || word.value.starts_with("--port")) return {};
        std::string_view program = word.value;
        program.remove_prefix(std::min(program.rfind('/') + 1, program.size()));
        for (const OwnServer& server : kOwnServers) {
          if (server.program == program) found = &server;
        }
      }
    }
  }
  if (found == nullptr || (port && *port != found->port)) return {};
  return found->question;
}

bool has_no_tools(const StageBase& base) {
  if (base.scratch) return true;
  return base.reference && family_of(*base.reference) == ImageFamily::kDistroless;
}

bool starts_something(const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == Keyword::kCmd || instruction.keyword == Keyword::kEntrypoint) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

HealthQuestion health_question(const DockerfileView& view) {
  const StageBase* base = view.base(*view.target);
  if (base == nullptr || (!base->reference && !base->scratch)) {
    return {.command = {}, .reason = "nothing is known of the base image", .advice = {}};
  }
  if (has_no_tools(*base)) {
    return {.command = {},
            .reason = "the image has no program to ask with: let the service check itself",
            .advice = {}};
  }
  const auto port = only_port(view);
  const ImageFacts* facts = base->facts;
  if (facts != nullptr && facts->kind == ImageKind::kServer && !facts->healthcheck.empty()) {
    return {.command = ask_server(facts->healthcheck, port), .reason = {}, .advice = {}};
  }
  if (const std::string_view question = ask_own_server(view, port); !question.empty()) {
    return {.command = std::string(question), .reason = {}, .advice = {}};
  }
  if (!port || !starts_something(view)) {
    return {.command = {}, .reason = "the port to ask at is not known", .advice = {}};
  }
  if (!is_http(*port)) {
    return {.command = {},
            .reason = "what is spoken at port " + std::to_string(*port) + " is not known",
            .advice = {}};
  }
  if (ascii::icontains(view.file.source->text(), "grpc")) {
    return {.command = {}, .reason = "it seems to speak gRPC, not HTTP", .advice = {}};
  }
  const Tool tool = tool_of(*base);
  if (tool == Tool::kNone) {
    return {.command = {},
            .reason = "no program is known to be in the image that could ask",
            .advice = {}};
  }
  return {.command = ask(tool, std::to_string(*port)),
          .reason = {},
          .advice = "name a path that says how the service is, if it has one"};
}

}  // namespace plimsoll::check
