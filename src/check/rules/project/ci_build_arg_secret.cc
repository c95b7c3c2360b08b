#include <algorithm>
#include <array>

#include "check/rule.h"
#include "check/secret_value.h"
#include "project/ci_expression.h"
#include "project/ci_tools.h"
#include "project/written_text.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-build-arg-secret",
    .title = "A secret is passed as a build argument",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .why =
        "Build arguments are kept in the image's history and in its provenance, so everyone who "
        "can pull the image can read the secret.",
    .fix_note =
        "Hand it over as a build secret (docker build --secret, or the input 'secrets') and "
        "read it in the Dockerfile with RUN --mount=type=secret.",
    .sources =
        "https://docs.docker.com/build/building/secrets/ "
        "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",
};

/// Things that people keep in `secrets` although they are none.
constexpr std::array kOrdinary = std::to_array<std::string_view>(
    {"USER",      "REGISTRY", "REPO",   "HOST",      "URL",    "NAME",    "ORG",
     "NAMESPACE", "VERSION",  "EMAIL",  "REGION",    "DSN",    "ACCOUNT", "PROJECT",
     "DOMAIN",    "BUCKET",   "PUBLIC", "CLIENT_ID", "APP_ID", "SITE",    "TAG",
     "IMAGE",     "PORT",     "ENV",    "BASE",      "PROXY",  "MIRROR"});

/// Bundlers write these into the page they serve: public by design.
constexpr std::array kPublicPrefixes =
    std::to_array<std::string_view>({"NEXT_PUBLIC_", "VITE_", "REACT_APP_", "NUXT_PUBLIC_",
                                     "PUBLIC_", "GATSBY_", "VUE_APP_", "EXPO_PUBLIC_"});

bool promises_secret(std::string_view name) {
  return judge_secret(name, {}).verdict != SecretVerdict::kNo;
}

bool is_ordinary(std::string_view name) {
  return !promises_secret(name) &&
         std::any_of(kOrdinary.begin(), kOrdinary.end(),
                     [name](std::string_view part) { return ascii::icontains(name, part); });
}

bool is_public(std::string_view name) {
  return std::any_of(kPublicPrefixes.begin(), kPublicPrefixes.end(),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

/// `NAME=value`, or NAME alone, which takes the value from the environment.
bool passes_secret(std::string_view argument) {
  const std::size_t equals = argument.find('=');
  const std::string_view name = ascii::trim(argument.substr(0, equals));
  if (is_public(name)) return false;
  if (equals == std::string_view::npos) return promises_secret(name);
  const std::string_view value = argument.substr(equals + 1);
  const std::string_view secret = ci::secret_read(value);
  if (!secret.empty()) return !is_ordinary(name) && !is_ordinary(secret);
  if (ci::reads_secret(value)) return true;
  if (ascii::contains(value, "$")) return promises_secret(name);
  return judge_secret(name, value).verdict == SecretVerdict::kSecret;
}

std::string message(std::string_view argument) {
  const std::string_view name = ascii::trim(argument.substr(0, argument.find('=')));
  return "secret '" + std::string(name) + "' is passed as a build argument";
}

void check_command(const ci::Step& step, const shell::Command& command, Sink& sink) {
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    std::string_view argument = word->value;
    if (argument == "--build-arg") {
      if (++word == command.end()) return;
      argument = word->value;
    } else if (argument.starts_with("--build-arg=")) {
      argument.remove_prefix(std::string_view("--build-arg=").size());
    } else {
      continue;
    }
    if (passes_secret(argument)) sink.report(step.source(word->span), message(argument));
  }
}

/// An action's input with one argument per line.
void check_input(const SourceFile& file, const Node* input, std::string_view infix, Sink& sink) {
  if (input == nullptr || !input->is_scalar()) return;
  const LogicalText written = ci::written_text(*input, file);
  std::size_t at = 0;
  for (const std::string_view line : ascii::split(input->text, '\n')) {
    const std::string_view argument = ascii::trim(line);
    const auto begin = static_cast<std::uint32_t>(at + line.find_first_not_of(" \t"));
    at += line.size() + 1;
    if (argument.empty() || argument.starts_with('#')) continue;
    const std::size_t name_at = argument.find(infix);
    if (name_at == std::string_view::npos) continue;
    if (!passes_secret(argument.substr(name_at + infix.size()))) continue;
    const Span span{begin, begin + static_cast<std::uint32_t>(argument.size())};
    const Span place = written.text.empty() ? input->span : written.source(span);
    sink.report(place, message(argument.substr(name_at + infix.size())));
  }
}

void check(const ci::Workflow& workflow, Sink& sink) {
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      if (step.with != nullptr) {
        check_input(*workflow.file, step.with->find("build-args"), "", sink);
        check_input(*workflow.file, step.with->find("build_args"), "", sink);
        check_input(*workflow.file, step.with->find("set"), ".args.", sink);
      }
      if (!step.script.understood) continue;
      for (const shell::Command& command : step.script.commands) {
        if (ci::is_build(command)) check_command(step, command, sink);
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "on the command line",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: docker build --build-arg «NPM_TOKEN=${{ secrets.NPM_TOKEN }}» .\n"},
    {.name = "an action's input",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: docker/build-push-action@v6\n"
               "        with:\n"
               "          build-args: |\n"
               "            VERSION=1\n"
               "            «TOKEN=${{ secrets.GITHUB_TOKEN }}»\n"},
    {.name = "a variable of the job",
     .file = ".gitlab-ci.yml",
     .before =
         "build:\n"
         "  script:\n"
         "    - docker build --build-arg «CI_JOB_TOKEN» --build-arg VERSION=$CI_COMMIT_TAG .\n"},
    {.name = "an address kept among the secrets is none",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: docker build --build-arg REGISTRY=${{ secrets.REGISTRY }} .\n"},
    {.name = "a build secret",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: docker/build-push-action@v6\n"
               "        with:\n"
               "          secrets: |\n"
               "            token=${{ secrets.GITHUB_TOKEN }}\n"},
};

}  // namespace

const Rule& ci_build_arg_secret() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
