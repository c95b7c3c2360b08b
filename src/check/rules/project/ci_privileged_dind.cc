#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-privileged-dind",
    .title = "A privileged container in CI",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .enabled = true,
    .why =
        "Docker-in-Docker needs a privileged container, which is root on the runner's machine: a "
        "pull request that runs there can take the runner and the secrets of every other job.",
    .fix_note =
        "Build without a daemon (BuildKit rootless, Buildah, Kaniko), or use runners that are "
        "thrown away after each job.",
    .sources =
        "https://docs.gitlab.com/ci/docker/using_docker_build/ "
        "https://docs.gitlab.com/runner/security/#usage-of-docker-executor",
};

/// docker:27-dind, registry.example/docker:dind; not the rootless one.
bool is_dind(std::string_view image) {
  const std::size_t slash = image.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? image : image.substr(slash + 1);
  return name.starts_with("docker:") && ascii::contains(name, "dind") &&
         !ascii::contains(name, "rootless");
}

void check_options(const ci::Workflow& workflow, const Node* container, Sink& sink) {
  const Node* const options = container == nullptr ? nullptr : container->find("options");
  if (options == nullptr || !ascii::contains(options->str(), "--privileged")) return;
  if (ascii::contains(options->text, "--privileged=false")) return;
  sink.report(Place{workflow.file, options->span}, "the container of this job is privileged");
}

void check(const ci::Workflow& workflow, Sink& sink) {
  for (const ci::Job& job : workflow.jobs) {
    if (workflow.system == ci::System::kGitLab) {
      for (const auto& [image, place] : job.services) {
        if (is_dind(image)) sink.report(place, "Docker-in-Docker needs a privileged runner");
      }
      continue;
    }
    check_options(workflow, job.node->find("container"), sink);
    const Node* const services = job.node->find("services");
    if (services == nullptr) continue;
    for (const Node::Entry& service : services->entries) {
      check_options(workflow, service.value, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "GitLab's service",
     .file = ".gitlab-ci.yml",
     .before = "build:\n"
               "  services:\n"
               "    - «docker:27-dind»\n"
               "  script: [docker build .]\n"},
    {.name = "GitHub's container options",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  build:\n"
               "    runs-on: ubuntu-latest\n"
               "    container: {image: alpine, options: «--privileged»}\n"
               "    steps: [{run: make}]\n"},
    {.name = "a service of a job",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  build:\n"
               "    runs-on: ubuntu-latest\n"
               "    services:\n"
               "      docker: {image: 'docker:dind', options: «--privileged --shm-size=2g»}\n"
               "    steps: [{run: make}]\n"},
    {.name = "rootless and ordinary services",
     .file = ".gitlab-ci.yml",
     .before = "build:\n"
               "  image: docker:27-cli\n"
               "  services: [docker:27-dind-rootless, postgres:16]\n"
               "  script: [docker build .]\n"},
};

}  // namespace

const Rule& ci_privileged_dind() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
