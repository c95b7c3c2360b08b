#include "check/command_words.h"
#include "check/hardening.h"
#include "check/rule.h"
#include "check/secret_value.h"
#include "check/variable_secret.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "credentials-in-url",
    .title = "A connection string holds a password",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "compose-lint:CL-0021",
    .why = "Whoever can read the file or inspect the container has it, and URLs end up in logs.",
    .fix_note = "Let the program build the URL from a secret file, or take the whole URL from one.",
    .sources = "https://docs.docker.com/compose/how-tos/use-secrets/",
};

constexpr std::string_view kConnectionString = "connection string";

bool is_password_in_url(const SecretJudgement& judged) {
  return judged.verdict == SecretVerdict::kSecret && judged.kind == kConnectionString;
}

void check_command(const Workload& workload, Sink& sink) {
  for (const std::string_view word : command_words(workload)) {
    if (!is_password_in_url(judge_secret({}, word))) continue;
    if (is_written_at(workload.command_place, word)) {
      sink.report(place_of_word(workload, word), "the command holds a URL with a password");
    }
    return;
  }
}

void check(const Workload& workload, Sink& sink) {
  for (const EnvironmentVariable& variable : workload.environment) {
    if (variable.source != EnvironmentVariable::Source::kLiteral) continue;
    if (!is_password_in_url(judge_variable(workload, variable))) continue;
    Finding& finding =
        sink.report(place_of(workload, variable),
                    "'" + variable.name + "' is a connection string with a literal password");
    offer_outside_value(workload, variable, finding);
  }
  for (const Item& label : workload.labels.items) {
    if (!is_password_in_url(judge_secret({}, label.value))) continue;
    const std::size_t equals = label.value.find('=');
    const std::string_view value =
        std::string_view(label.value).substr(equals == std::string::npos ? 0 : equals + 1);
    if (!is_written_at(label.place, value)) continue;
    sink.report(label.place.file == nullptr ? workload.place : label.place,
                "a label holds a URL with a password");
  }
  if (!workload.command.empty() || !workload.entrypoint.empty()) check_command(workload, sink);
}

constexpr Example kExamples[] = {
    {.name = "an environment variable",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    environment:\n"
               "      DATABASE_URL: «postgres://app:kX9-vQ2-mLp7@db/app»\n",
     .after = "services:\n"
              "  a:\n"
              "    image: app:1\n"
              "    environment:\n"
              "      DATABASE_URL: ${DATABASE_URL:?}\n"},
    {.name = "the command",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    command: app --db «postgres://app:kX9-vQ2-mLp7@db/app»\n"},
    {.name = "without a password",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    environment:\n"
               "      DATABASE_URL: postgres://app@db/app\n"},
    {.name = "decided elsewhere",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    environment:\n"
               "      DATABASE_URL: postgres://app:${DB_PASSWORD}@db/app\n"
               "    command: app --db postgres://app:${DB_PASSWORD}@db/app\n"},
    {.name = "a default password is the business of another rule",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    environment:\n"
               "      DATABASE_URL: postgres://postgres:postgres@db/app\n"},
};

}  // namespace

const Rule& credentials_in_url() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
