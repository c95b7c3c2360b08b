#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-docker-socket-job",
    .title = "A job's container holds the Docker socket",
    .severity = Severity::kMedium,
    .control = Control::kNoDockerSocket,
    .enabled = true,
    .why =
        "Whoever can speak to the socket is root on the runner's machine and can read the secrets "
        "of every job that runs there.",
    .fix_note =
        "Run the job on the runner itself, or build without a daemon (BuildKit rootless, "
        "Buildah, Kaniko).",
    .sources = "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
};

bool names_socket(std::string_view text) {
  return ascii::contains(text, "/docker.sock") || ascii::contains(text, "/podman.sock") ||
         ascii::contains(text, "/containerd.sock");
}

void check_container(const ci::Workflow& workflow, const Node* container, Sink& sink) {
  if (container == nullptr) return;
  const auto report = [&](const Node& node) {
    if (!names_socket(node.str())) return;
    sink.report(Place{workflow.file, node.span},
                "the container of this job holds the engine's socket");
  };
  if (const Node* const options = container->find("options")) report(*options);
  if (const Node* const volumes = container->find("volumes")) {
    for (const Node* const volume : volumes->items) report(*volume);
  }
}

void check(const ci::Workflow& workflow, Sink& sink) {
  if (workflow.system != ci::System::kGitHub) return;
  for (const ci::Job& job : workflow.jobs) {
    check_container(workflow, job.node->find("container"), sink);
    const Node* const services = job.node->find("services");
    if (services == nullptr) continue;
    for (const Node::Entry& service : services->entries) {
      check_container(workflow, service.value, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "as a volume",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  build:\n"
               "    runs-on: ubuntu-latest\n"
               "    container:\n"
               "      image: docker:27-cli\n"
               "      volumes:\n"
               "        - «/var/run/docker.sock:/var/run/docker.sock»\n"
               "    steps: [{run: docker build .}]\n"},
    {.name = "in the options of a service",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  build:\n"
               "    runs-on: ubuntu-latest\n"
               "    services:\n"
               "      agent: {image: x, options: «-v /var/run/docker.sock:/var/run/docker.sock»}\n"
               "    steps: [{run: make}]\n"},
    {.name = "other volumes",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  build:\n"
               "    runs-on: ubuntu-latest\n"
               "    container: {image: x, volumes: ['/tmp:/tmp']}\n"
               "    steps: [{run: make}]\n"},
};

}  // namespace

const Rule& ci_docker_socket_job() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
