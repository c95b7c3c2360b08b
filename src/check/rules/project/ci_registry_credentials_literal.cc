#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-registry-credentials-literal",
    .title = "A registry password stands in the workflow",
    .severity = Severity::kCritical,
    .control = Control::kNoSecrets,
    .enabled = true,
    .aliases = "zizmor:hardcoded-container-credentials",
    .why =
        "Everyone who can read the repository, now or in its history, can push images in your "
        "name.",
    .fix_note =
        "Revoke the password, keep the new one in the CI system's secret store and refer to "
        "it: ${{ secrets.NAME }} or a masked variable.",
    .sources =
        "https://docs.github.com/en/actions/security-guides/encrypted-secrets "
        "https://docs.zizmor.sh/audits/#hardcoded-container-credentials",
};

bool is_literal(const Node* value) {
  return value != nullptr && value->is_scalar() && !ascii::trim(value->text).empty() &&
         !ascii::contains(value->text, "$");
}

/// A registry that lives and dies with the job keeps nothing worth a password.
bool is_local(std::string_view registry) {
  return registry.starts_with("localhost") || registry.starts_with("127.0.0.1");
}

void report(const ci::Workflow& workflow, const Node& password, Sink& sink) {
  sink.report(Place{workflow.file, password.span}, "a registry password is written out here");
}

void check_container(const ci::Workflow& workflow, const Node* container, Sink& sink) {
  const Node* const password =
      container == nullptr ? nullptr : container->at({"credentials", "password"});
  if (is_literal(password)) report(workflow, *password, sink);
}

void check_step(const ci::Workflow& workflow, const ci::Step& step, Sink& sink) {
  if (step.with == nullptr || is_local(ci::input(step, "registry"))) return;
  const std::string_view action = ci::action_name(step);
  const bool logs_in = ascii::icontains(action, "docker") || ascii::icontains(action, "login") ||
                       ascii::icontains(action, "registry") || ascii::icontains(action, "podman");
  const Node* const password = step.with->find("password");
  if (logs_in && is_literal(password)) report(workflow, *password, sink);
}

/// DOCKER_AUTH_CONFIG, the variable from which GitLab's runner takes the passwords for images.
void check_variables(const ci::Workflow& workflow, const Node* scope, Sink& sink) {
  const Node* const config =
      scope == nullptr ? nullptr : scope->at({"variables", "DOCKER_AUTH_CONFIG"});
  if (is_literal(config) && ascii::contains(config->text, "\"auth\"")) {
    report(workflow, *config, sink);
  }
}

void check(const ci::Workflow& workflow, Sink& sink) {
  check_variables(workflow, workflow.root, sink);
  for (const ci::Job& job : workflow.jobs) {
    check_variables(workflow, job.node, sink);
    check_container(workflow, job.node->find("container"), sink);
    if (const Node* const services = job.node->find("services")) {
      for (const Node::Entry& service : services->entries) {
        check_container(workflow, service.value, sink);
      }
    }
    for (const ci::Step& step : job.steps) check_step(workflow, step, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "of a job's container",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    container:\n"
               "      image: example/private\n"
               "      credentials: {username: ci, password: «hunter2hunter2»}\n"
               "    steps: [{run: make}]\n"},
    {.name = "of a login",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: docker/login-action@v3\n"
               "        with:\n"
               "          username: ci\n"
               "          password: «hunter2hunter2»\n"},
    {.name = "from the secrets",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: docker/login-action@v3\n"
               "        with: {username: ci, password: '${{ secrets.PASSWORD }}'}\n"},
    {.name = "a registry of the job itself",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: docker/login-action@v3\n"
               "        with: {registry: 'localhost:5000', username: a, password: b}\n"},
};

}  // namespace

const Rule& ci_registry_credentials_literal() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
