#include <algorithm>
#include <array>

#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-login-password-argument",
    .title = "Registry password on the command line",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kSafe,
    .why =
        "Arguments are seen by every process of the machine and are echoed by 'set -x'; a "
        "registry password there lets whoever reads it replace your images.",
    .fix_note = "Safe: the same password goes in through standard input.",
    .sources = "https://docs.docker.com/reference/cli/docker/login/#password-stdin",
};

/// Programs with `login -p` and `--password-stdin`.
constexpr std::array kPrograms = std::to_array<std::string_view>(
    {"docker", "podman", "nerdctl", "buildah", "skopeo", "helm", "oras", "crane"});

bool logs_in(const shell::Command& command) {
  if (std::find(kPrograms.begin(), kPrograms.end(), command.name()) == kPrograms.end()) {
    return false;
  }
  const std::string_view subcommand = command.subcommand();
  if (subcommand == "login") return true;
  // helm registry login, crane auth login
  const bool nests = subcommand == "registry" || subcommand == "auth";
  return nests && std::any_of(command.begin(), command.end(),
                              [](const shell::Word& word) { return word.value == "login"; });
}

/// Which words carry the password, and the password as it was written.
struct Password {
  const shell::Word* first = nullptr;
  const shell::Word* last = nullptr;
  std::string_view raw;
};

std::optional<Password> password_of(const shell::Command& command) {
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    if (word->value == "-p" || word->value == "--password") {
      if (word + 1 == command.end()) return std::nullopt;
      return Password{word, word + 1, word[1].raw};
    }
    for (const std::string_view joined : {"--password=", "-p="}) {
      if (word->raw.starts_with(joined))
        return Password{word, word, word->raw.substr(joined.size())};
    }
    const bool attached = word->raw.size() > 3 && word->raw.starts_with("-p") && !word->globs &&
                          (word->raw[2] == '$' || word->raw[2] == '"' || word->raw[2] == '\'');
    if (attached) return Password{word, word, word->raw.substr(2)};
  }
  return std::nullopt;
}

/// The password as one argument of printf: quoted, so that no blank or star in it is read.
std::string quoted(std::string_view raw) {
  const bool has_quotes = raw.find_first_of("'\"\\") != std::string_view::npos;
  return has_quotes ? std::string(raw) : '"' + std::string(raw) + '"';
}

std::optional<Fix> fix_of(const ci::Step& step, const shell::Command& command,
                          const Password& password) {
  // Only where the bytes of the script stand in the file as they are, and stdin is still free.
  const Node& scalar = *step.run_node;
  const bool in_place = !step.written.text.empty() && scalar.style != Node::Style::kDoubleQuoted &&
                        scalar.style != Node::Style::kSingleQuoted && !scalar.shared;
  const bool takes_stdin =
      command.connector == shell::Connector::kPipe ||
      std::any_of(command.redirects.begin(), command.redirects.end(),
                  [](const shell::Redirect& r) { return r.op.starts_with('<'); });
  const bool one_line = !ascii::contains(password.raw, "\n");  // else indentation comes along
  if (!in_place || !one_line || takes_stdin || command.nested || command.in_condition ||
      !command.environment.empty()) {
    return std::nullopt;
  }
  const std::uint32_t begin = step.source(command.span).span.begin;
  const Span flag = step.source({password.first->span.begin, password.last->span.end}).span;
  return Fix{.title = "pass the password on standard input",
             .edits = {{{begin, begin}, "printf '%s' " + quoted(password.raw) + " | "},
                       {flag, "--password-stdin"}}};
}

void check(const ci::Workflow& workflow, Sink& sink) {
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      if (!step.script.understood) continue;
      for (const shell::Command& command : step.script.commands) {
        if (!logs_in(command)) continue;
        const std::optional<Password> password = password_of(command);
        if (!password) continue;
        const Span words{password->first->span.begin, password->last->span.end};
        Finding& finding =
            sink.report(step.source(words), "the registry password is an argument of '" +
                                                std::string(command.name()) + " login'");
        finding.fix = fix_of(step, command, *password);
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a secret",
     .file = ".github/workflows/ci.yml",
     .before =
         "on: push\n"
         "jobs:\n"
         "  image:\n"
         "    runs-on: ubuntu-latest\n"
         "    steps:\n"
         "      - run: |\n"
         "          docker login -u ${{ secrets.USER }} «-p ${{ secrets.PASSWORD }}» ghcr.io\n",
     .after = "on: push\n"
              "jobs:\n"
              "  image:\n"
              "    runs-on: ubuntu-latest\n"
              "    steps:\n"
              "      - run: |\n"
              "          printf '%s' \"${{ secrets.PASSWORD }}\" | docker login -u "
              "${{ secrets.USER }} --password-stdin ghcr.io\n"},
    {.name = "a variable",
     .file = ".gitlab-ci.yml",
     .before = "build:\n"
               "  script:\n"
               "    - docker login -u x «--password=$CI_REGISTRY_PASSWORD» $CI_REGISTRY\n",
     .after = "build:\n"
              "  script:\n"
              "    - printf '%s' \"$CI_REGISTRY_PASSWORD\" | docker login -u x --password-stdin "
              "$CI_REGISTRY\n"},
    {.name = "quoted scalars are left to a person",
     .file = ".gitlab-ci.yml",
     .before = "build:\n"
               "  script:\n"
               "    - 'docker login -u x «-p \"$PASSWORD\"» $CI_REGISTRY'\n"},
    {.name = "standard input",
     .file = ".gitlab-ci.yml",
     .before = "build:\n"
               "  script:\n"
               "    - echo \"$CI_REGISTRY_PASSWORD\" | docker login -u x --password-stdin\n"},
    {.name = "another command's -p",
     .file = ".gitlab-ci.yml",
     .before = "build:\n"
               "  script:\n"
               "    - docker run -p 80:80 nginx\n"},
};

}  // namespace

const Rule& ci_login_password_argument() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
