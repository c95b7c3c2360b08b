#include "check/cluster_secret.h"
#include "check/data_store.h"
#include "check/hardening.h"
#include "check/published_port.h"
#include "check/rule.h"
#include "check/secret_value.h"
#include "check/variable_secret.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "default-password",
    .title = "The password is one that everybody knows",
    .severity = Severity::kMedium,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Default passwords are the first that anybody tries, and a fallback in the file is what "
        "runs wherever nobody set the variable.",
    .fix_note =
        "Write ${NAME:?} so that nothing starts without a password of its own, or give it as a "
        "secret file.",
    .sources = "https://docs.docker.com/compose/how-tos/use-secrets/",
};

std::string message(const EnvironmentVariable& variable, const SecretJudgement& judged) {
  const std::string what = "'" + variable.name + "' ";
  if (judged.verdict == SecretVerdict::kSecret) {
    return what + "falls back to a " + std::string(judged.kind) + " that stands in the file";
  }
  const std::string_view verb =
      variable.source == EnvironmentVariable::Source::kDefaulted ? "falls back to" : "is";
  if (judged.kind == "connection string") {
    return what + std::string(verb) + " a connection string with a well-known password";
  }
  return what + std::string(verb) + " a well-known " + std::string(judged.kind);
}

void check(const Workload& workload, Sink& sink) {
  for (const EnvironmentVariable& variable : workload.environment) {
    const bool is_fallback = variable.source == EnvironmentVariable::Source::kDefaulted;
    if (!is_fallback && variable.source != EnvironmentVariable::Source::kLiteral) continue;
    const SecretJudgement judged = judge_variable(workload, variable);
    const bool is_known = judged.verdict == SecretVerdict::kDefaultPassword;
    if (!is_known && !(is_fallback && judged.verdict == SecretVerdict::kSecret)) continue;
    Finding& finding = sink.report(place_of(workload, variable), message(variable, judged));
    if (workload.is_kubernetes() && !sink.overflowed()) {
      offer_cluster_secret(workload, variable, finding);
    } else {
      offer_outside_value(workload, variable, finding);
    }
    if (is_data_store(workload) && reachable_from_outside(workload)) {
      finding.severity = Severity::kHigh;
      finding.because("reachable", "the database is published on all interfaces");
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "in a pod, on one line and on several",
     .file = "web.yaml",
     .before = "apiVersion: apps/v1\r\nkind: Deployment\r\nmetadata:\r\n  name: web\r\n  "
               "namespace: shop\r\n"
               "spec:\r\n  template:\r\n    spec:\r\n      containers:\r\n      - name: app\r\n"
               "        image: app:1\r\n        env:\r\n"
               "        - {name: DB_PASSWORD, value: «postgres»}\r\n"
               "        - name: ADMIN_PASSWORD\r\n          value: «\"postgres\"»  # old\r\n",
     .after =
         "apiVersion: apps/v1\r\nkind: Deployment\r\nmetadata:\r\n  name: web\r\n  namespace: "
         "shop\r\n"
         "spec:\r\n  template:\r\n    spec:\r\n      containers:\r\n      - name: app\r\n"
         "        image: app:1\r\n        env:\r\n"
         "        - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: web, key: "
         "DB_PASSWORD}}}\r\n"
         "        - name: ADMIN_PASSWORD\r\n          valueFrom:\r\n            secretKeyRef:\r\n"
         "              name: web\r\n              key: ADMIN_PASSWORD  # old\r\n"},
    {.name = "well known",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_PASSWORD: «postgres»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: postgres:17\n"
              "    environment:\n"
              "      POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password\n"
              "    secrets:\n"
              "      - postgres_password\n"
              "secrets:\n"
              "  postgres_password:\n"
              "    file: ./secrets/postgres_password\n"},
    {.name = "the user again",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_USER: umami\n"
               "      POSTGRES_PASSWORD: «umami»\n"
               "      DATABASE_URL: «postgres://umami:umami@db/umami»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: postgres:17\n"
              "    environment:\n"
              "      POSTGRES_USER: umami\n"
              "      POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password\n"
              "      DATABASE_URL: ${DATABASE_URL:?}\n"
              "    secrets:\n"
              "      - postgres_password\n"
              "secrets:\n"
              "  postgres_password:\n"
              "    file: ./secrets/postgres_password\n"},
    {.name = "a fallback",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_PASSWORD: «${DB_PASSWORD:-changeme}»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: postgres:17\n"
              "    environment:\n"
              "      POSTGRES_PASSWORD: ${DB_PASSWORD:?}\n"},
    {.name = "a fallback of its own",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_PASSWORD: «${DB_PASSWORD:-kX9-vQ2-mLp7}»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: postgres:17\n"
              "    environment:\n"
              "      POSTGRES_PASSWORD: ${DB_PASSWORD:?}\n"},
    {.name = "in a URL",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    environment:\n"
               "      - DATABASE_URL=«postgres://postgres:postgres@db/app»\n",
     .after = "services:\n"
              "  a:\n"
              "    image: app:1\n"
              "    environment:\n"
              "      - DATABASE_URL=${DATABASE_URL:?}\n"},
    {.name = "required",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_PASSWORD: ${DB_PASSWORD:?set it}\n"},
    {.name = "a user name",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_USER: postgres\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: mysql:8.4\n"
               "      env:\n"
               "        - name: MYSQL_ROOT_PASSWORD\n"
               "          value: «password»\n"},
};

}  // namespace

const Rule& default_password() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
