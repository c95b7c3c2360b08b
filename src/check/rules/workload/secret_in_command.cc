#include "check/command_words.h"
#include "check/rule.h"
#include "check/secret_name.h"
#include "check/secret_value.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-in-command",
    .title = "A secret stands in the command",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Every user of the host sees the arguments of a process, and engines show them to whoever "
        "may inspect.",
    .fix_note =
        "Give it as a file or through standard input; nearly every server has an option for that.",
    .sources = "https://docs.docker.com/compose/how-tos/use-secrets/",
};

/// The name that a flag's value goes by: "--db-password" is "db-password".
std::string_view flag_name(std::string_view word) {
  if (!word.starts_with('-')) return {};
  word.remove_prefix(word.find_first_not_of('-') == std::string_view::npos
                         ? word.size()
                         : word.find_first_not_of('-'));
  return word.substr(0, word.find('='));
}

/// Redis' words for its passwords.
bool is_redis_password(std::string_view name) {
  return name == "requirepass" || name == "masterauth";
}

SecretJudgement judge_flag(std::string_view name, std::string_view value) {
  if (is_redis_password(name)) return judge_secret("password", value);
  // The password of a store of public certificates keeps nothing.
  if (ascii::icontains(name, "truststore")) return {};
  if (read_secret_name(name).strength != SecretName::Strength::kStrong) return {};
  return judge_secret(name, value);
}

void report(const Workload& workload, std::string_view name, std::string_view value,
            const SecretJudgement& judged, Sink& sink) {
  if (!is_written_at(workload.command_place, value)) return;
  const std::string where = name.empty() ? "the command" : "'" + std::string(name) + "'";
  const bool is_known = judged.verdict == SecretVerdict::kDefaultPassword;
  Finding& finding =
      sink.report(place_of_word(workload, value),
                  where + (is_known ? " holds a well-known password"
                                    : " holds a literal " + std::string(judged.kind)));
  if (is_known) finding.severity = Severity::kMedium;
}

bool is_reportable(const SecretJudgement& judged) {
  return judged.kind != "connection string" && (judged.verdict == SecretVerdict::kSecret ||
                                                judged.verdict == SecretVerdict::kDefaultPassword);
}

void check(const Workload& workload, Sink& sink) {
  if (workload.command.empty() && workload.entrypoint.empty()) return;
  const std::vector<std::string_view> words = command_words(workload);
  std::size_t found = 0;
  for (std::size_t i = 0; i < words.size() && found < kMostReportedWords; ++i) {
    const std::string_view word = words[i];
    const std::string_view name = flag_name(word);
    if (name.empty()) {
      const SecretJudgement judged = judge_secret({}, word);
      if (judged.verdict == SecretVerdict::kSecret && is_reportable(judged)) {
        report(workload, {}, word, judged, sink);
        ++found;
      }
      continue;
    }
    const std::size_t equals = word.find('=');
    std::string_view value;
    if (equals != std::string_view::npos) {
      value = word.substr(equals + 1);
    } else if (i + 1 < words.size() && !words[i + 1].starts_with('-')) {
      value = words[i + 1];
    }
    const SecretJudgement judged = judge_flag(name, value);
    if (!is_reportable(judged)) continue;
    report(workload, name, value, judged, sink);
    ++found;
  }
}

constexpr Example kExamples[] = {
    {.name = "a flag and its value",
     .before = "services:\n"
               "  r:\n"
               "    image: redis:7\n"
               "    command: redis-server --requirepass «kX9-vQ2-mLp7»\n"},
    {.name = "the list form",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    command: [\"app\", \"--admin-password=«kX9-vQ2-mLp7»\"]\n"},
    {.name = "a token of a known form",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    command: app «ghp_0123456789abcdefghijABCDEFGHIJ012345»\n"},
    {.name = "decided elsewhere",
     .before = "services:\n"
               "  r:\n"
               "    image: redis:7\n"
               "    command: redis-server --requirepass ${PW} --appendonly yes\n"},
    {.name = "a file",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    command: app --password-file /run/secrets/pw --token-ttl 3600\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: app:1\n"
               "      args: [\"--password\", \"«kX9-vQ2-mLp7»\"]\n"},
    {.name = "a variable of the pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: app:1\n"
               "      args: [\"--password\", \"$(PW)\"]\n"},
};

}  // namespace

const Rule& secret_in_command() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
