#include <algorithm>
#include <iterator>
#include <string>

#include "check/rule.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "image-healthcheck-missing",
    .title = "The image has no health check",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .aliases = "dockle:CIS-DI-0006 cis-docker:4.6 trivy:DS-0026",
    .why =
        "A process that hangs still counts as running: nobody restarts it, and traffic keeps going "
        "there.",
    .fix_note =
        "Add HEALTHCHECK with a command that asks the service itself. Kubernetes does not look at "
        "it and wants probes instead.",
    .sources = "https://docs.docker.com/reference/dockerfile/#healthcheck",
};

/// What a base for other images starts: a shell, or a language that waits for input.
constexpr std::string_view kPrompts[] = {"ash",     "bash",   "dash",   "ghci", "iex",
                                         "irb",     "jshell", "node",   "php",  "perl",
                                         "python3", "sh",     "python", "zsh"};

/// It listens, or starts something that is no prompt.
bool is_service(const image::ImageConfig& config) {
  if (!config.ports.empty()) return true;
  if (!config.entrypoint.empty()) return false;  // it may be a tool as well
  if (config.command.empty()) return false;
  const std::string_view program = path::name(config.command.front());
  return config.command.size() > 1 ||
         std::find(std::begin(kPrompts), std::end(kPrompts), program) == std::end(kPrompts);
}

void check(const image::Inventory& image, Sink& sink) {
  const auto& health = image.config.healthcheck;
  const bool is_off = health && !health->empty() && health->front() == "NONE";
  if (health && !health->empty() && !is_off) return;
  if (!is_off && !is_service(image.config)) return;
  sink.report(Place{},
              is_off ? "the image switches its health check off" : "the image has no health check");
}

constexpr Example kExamples[] = {
    {.name = "it listens", .before = "«config» {\"ExposedPorts\": {\"80/tcp\": {}}}\n"},
    {.name = "it starts a program", .before = "«config» {\"Cmd\": [\"nginx\", \"-g\", \"x\"]}\n"},
    {.name = "switched off", .before = "«config» {\"Healthcheck\": {\"Test\": [\"NONE\"]}}\n"},
    {.name = "a check",
     .before = "config {\"ExposedPorts\": {\"80/tcp\": {}}, \"Healthcheck\": {\"Test\": "
               "[\"CMD\", \"curl\", \"-f\", \"http://localhost\"]}}\n"},
    {.name = "a base for others", .before = "config {\"Cmd\": [\"/bin/bash\"]}\n"},
    {.name = "a tool", .before = "config {\"Entrypoint\": [\"kubectl\"]}\n"},
};

}  // namespace

const Rule& image_healthcheck_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
