#include <algorithm>

#include "check/package_manager.h"
#include "check/rule.h"
#include "check/runtime_socket.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "docker-socket-in-image",
    .title = "The image is made to drive the host's container engine",
    .severity = Severity::kHigh,
    .control = Control::kNoDockerSocket,
    .enabled = true,
    .fix_safety = FixSafety::kNone,
    .aliases = "semgrep:dockerd-socket-mount",
    .why =
        "Who may write to the engine's socket can start a container with the whole host in it: "
        "whoever takes over the process is root on the host.",
    .fix_note =
        "Reach the engine through a proxy that lets only the needed calls pass, or use a tool that "
        "does without (BuildKit rootless, an API of the orchestrator).",
    .sources = "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
};

/// "/var/run/docker.sock" of "unix:///var/run/docker.sock" and "/var/run/docker.sock:/sock:ro".
std::string_view engine_in(std::string_view word) {
  while (!word.empty()) {
    const std::size_t end = std::min(word.find_first_of(":,="), word.size());
    if (const std::string_view engine = engine_of_socket(word.substr(0, end)); !engine.empty()) {
      return engine;
    }
    word.remove_prefix(std::min(end + 1, word.size()));
  }
  return {};
}

bool may_name_socket(std::string_view text) {
  return ascii::contains(text, ".sock");
}

void judge_volume(const dockerfile::Instruction& volume, Sink& sink) {
  for (const dockerfile::Word& word : volume.words) {
    const std::string_view engine = engine_of_socket(word.value);
    if (engine.empty()) continue;
    sink.report(word.span, "the socket of " + std::string(engine) + " is declared a volume");
  }
}

void judge_mounts(const dockerfile::Instruction& run, Sink& sink) {
  for (const dockerfile::Flag& flag : run.flags) {
    if (flag.name != "mount" || !may_name_socket(flag.value)) continue;
    const std::string_view engine = engine_in(flag.value);
    if (engine.empty()) continue;
    sink.report(flag.span, "RUN mounts the socket of " + std::string(engine));
  }
}

/// The engine itself (docker:dind) listens on its socket; everybody else drives one.
bool is_engine(const shell::Script& script) {
  for (const shell::Command& command : script.commands) {
    if (has_word("dockerd dockerd-entrypoint.sh containerd podman buildkitd crio",
                 command.name())) {
      return true;
    }
  }
  return false;
}

void judge_process(const dockerfile::Instruction& process, Sink& sink) {
  if (!may_name_socket(process.args.text) || is_engine(process.script)) return;
  for (const dockerfile::Word& word : process.words) {
    const std::string_view engine = engine_in(word.value);
    if (engine.empty()) continue;
    sink.report(word.span, "the main process uses the socket of " + std::string(engine));
  }
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    switch (instruction.keyword) {
      case dockerfile::Keyword::kRun: judge_mounts(instruction, sink); break;
      case dockerfile::Keyword::kVolume:
        if (view.ships(instruction)) judge_volume(instruction, sink);
        break;
      case dockerfile::Keyword::kCmd:
      case dockerfile::Keyword::kEntrypoint:
        if (view.ships(instruction)) judge_process(instruction, sink);
        break;
      default: break;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a volume",
     .before = "FROM debian:12\nVOLUME [\"/data\", «\"/var/run/docker.sock\"»]\n"},
    {.name = "a mount of the build",
     .before =
         "FROM docker:27\nRUN "
         "«--mount=type=bind,source=/var/run/docker.sock,target=/run/docker.sock» docker ps\n"},
    {.name = "the main process",
     .before =
         "FROM traefik:3\nCMD [«\"--providers.docker.endpoint=unix:///var/run/docker.sock\"»]\n"},
    {.name = "the engine itself",
     .before = "FROM docker:27-dind\nCMD [\"dockerd\", \"-H\", \"unix:///var/run/docker.sock\"]\n"},
    {.name = "another socket",
     .before = "FROM debian:12\nVOLUME /run/php-fpm.sock\nCMD [\"fpm\", \"unix:/run/fpm.sock\"]\n"},
    {.name = "said in a label",
     .before = "FROM debian:12\nLABEL usage=\"docker run -v /var/run/docker.sock:/s x\"\n"},
};

}  // namespace

const Rule& docker_socket_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
