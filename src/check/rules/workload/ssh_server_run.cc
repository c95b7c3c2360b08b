#include <algorithm>
#include <string>

#include "check/command_words.h"
#include "check/rule.h"
#include "check/word_list.h"
#include "parse/shell.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ssh-server-run",
    .title = "The container runs a login service",
    .severity = Severity::kMedium,
    .control = Control::kNetworkSegmentation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.7",
    .why =
        "sshd in a container needs root, keys and patches of its own, and is a way in that no "
        "orchestrator sees.",
    .fix_note =
        "Unsafe: who logs in today must use docker exec or kubectl exec, which do the same with "
        "the platform's access control.",
    .sources = "https://docs.docker.com/reference/cli/docker/container/exec/",
};

constexpr WordList kServers = "sshd dropbear";
constexpr WordList kServices = "ssh sshd dropbear";
constexpr WordList kServiceTools = "service rc-service";
/// First processes that start another; they are no shell words of their own.
constexpr WordList kInits = "tini tini-static dumb-init docker-init catatonit";

bool has_word_of_ssh(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return ascii::contains(word, "ssh") || ascii::contains(word, "dropbear");
  });
}

/// As a shell would be told to run it; one word alone is a script already.
std::string script_of(const std::vector<std::string>& words) {
  if (words.size() == 1) return words.front();
  std::string script;
  for (const std::string& word : words) {
    script += '\'';
    for (const char c : word) script += c == '\'' ? std::string("'\\''") : std::string(1, c);
    script += "' ";
  }
  return script;
}

std::string_view base_name(std::string_view program) {
  return program.substr(program.rfind('/') + 1);
}

/// The word that names the login service which a command starts; null when it starts none.
const shell::Word* started_server(const shell::Command& command) {
  if (command.program >= command.words.size()) return nullptr;
  const shell::Word* program = &command.words[command.program];
  const std::string_view name = command.name();
  if (kServers.has(name)) return program;
  const shell::Word* const first =
      std::find_if(command.begin(), command.end(),
                   [](const shell::Word& word) { return !word.value.starts_with('-'); });
  if (first == command.end()) return nullptr;
  if (kInits.has(name)) return kServers.has(base_name(first->value)) ? first : nullptr;
  const bool starts = std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
    return word.value == "start" || word.value == "restart";
  });
  if (!starts) return nullptr;
  if (kServiceTools.has(name)) return kServices.has(first->value) ? first : nullptr;
  const bool is_init_script = program->value.starts_with("/etc/init.d/") && kServices.has(name);
  return is_init_script ? program : nullptr;
}

/// @return whether it was reported
bool check_words(const Workload& workload, const std::vector<std::string>& words, Sink& sink) {
  if (!has_word_of_ssh(words)) return false;
  const std::string text = script_of(words);
  const shell::Script script = shell::parse(text);
  for (const shell::Command& command : script.commands) {
    const shell::Word* const server = started_server(command);
    if (server == nullptr) continue;
    sink.report(
        place_of_word(workload, server->value),
        "the container runs the login service '" + std::string(base_name(server->value)) + "'");
    return true;
  }
  return false;
}

void check_processes(const LiveContainer& live, Sink& sink) {
  if (!live.processes) return;
  for (const Process& process : *live.processes) {
    if (!kServers.has(process.program)) continue;
    sink.report(process.place, "the login service '" + process.program + "' is running");
    return;
  }
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.is_container()) return;
  if (check_words(workload, workload.entrypoint, sink)) return;
  if (check_words(workload, workload.command, sink)) return;
  if (workload.live) check_processes(*workload.live, sink);
}

constexpr Example kExamples[] = {
    {.name = "the command of a service",
     .before = "services:\n"
               "  web:\n"
               "    image: debian:13\n"
               "    command: [«/usr/sbin/sshd», -D]\n"},
    {.name = "on the way, in a shell",
     .before = "services:\n"
               "  web:\n"
               "    image: debian:13\n"
               "    command: sh -c \"service «ssh» start && exec app\"\n"},
    {.name = "behind an init process",
     .file = "run.sh",
     .before = "docker run -d debian:13 tini -- «sshd» -D\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: debian:13\n"
               "      command: [«/usr/sbin/sshd», -D, -e]\n"},
    {.name = "a process of a container that runs",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/web\", \"State\": {\"Running\": true},\n"
               "  \"Config\": {\"Cmd\": [\"/start.sh\"]}, \"HostConfig\": {}},\n"
               " \"Processes\": {\"Titles\": [\"UID\", \"PID\", \"COMMAND\"],\n"
               "  \"Processes\": [[\"0\", \"41\", \"start.sh\"], [«\"0\"», \"42\", \"sshd\"]]}}\n"},
    {.name = "only the client",
     .before = "services:\n"
               "  web:\n"
               "    image: debian:13\n"
               "    command: [ssh, -N, -L, \"5432:db:5432\", gate]\n"},
    {.name = "about it, but not it",
     .before =
         "services:\n"
         "  web:\n"
         "    image: debian:13\n"
         "    command: sh -c \"pkill sshd; service ssh stop; grep sshd /var/log/auth.log\"\n"},
};

}  // namespace

const Rule& ssh_server_run() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
