#include "check/cluster_secret.h"
#include "check/hardening.h"
#include "check/rule.h"
#include "check/secret_value.h"
#include "check/variable_secret.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-in-workload-environment",
    .title = "A secret stands in the environment",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "compose-lint:CL-0020 kube-linter:env-var-secret polaris:sensitiveContainerEnvVar",
    .why =
        "Whoever can read the file, or inspect the container, has it; it is also in every child "
        "process and in many error reports.",
    .fix_note =
        "Give it as a file: Compose secrets with the image's …_FILE variable where it has one, a "
        "Secret volume on Kubernetes. Then change the secret, for it has been seen.",
    .sources =
        "https://docs.docker.com/compose/how-tos/use-secrets/ "
        "https://kubernetes.io/docs/concepts/configuration/secret/",
};

void check(const Workload& workload, Sink& sink) {
  for (const EnvironmentVariable& variable : workload.environment) {
    if (variable.source != EnvironmentVariable::Source::kLiteral) continue;
    const SecretJudgement judged = judge_variable(workload, variable);
    if (judged.verdict != SecretVerdict::kSecret || judged.kind == "connection string") continue;
    Finding& finding =
        sink.report(place_of(workload, variable),
                    "'" + variable.name + "' is a literal " + std::string(judged.kind));
    if (workload.is_kubernetes() && !sink.overflowed()) {
      offer_cluster_secret(workload, variable, finding);
    } else {
      offer_outside_value(workload, variable, finding);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "in a pod, on one line and on several",
     .file = "web.yaml",
     .before =
         "apiVersion: apps/v1\r\nkind: Deployment\r\nmetadata:\r\n  name: web\r\n  namespace: "
         "shop\r\n"
         "spec:\r\n  template:\r\n    spec:\r\n      containers:\r\n      - name: app\r\n"
         "        image: app:1\r\n        env:\r\n"
         "        - {name: DB_PASSWORD, value: «Xk29fLq8vTz1bRw7»}\r\n"
         "        - name: ADMIN_PASSWORD\r\n          value: «\"Xk29fLq8vTz1bRw7\"»  # old\r\n",
     .after =
         "apiVersion: apps/v1\r\nkind: Deployment\r\nmetadata:\r\n  name: web\r\n  namespace: "
         "shop\r\n"
         "spec:\r\n  template:\r\n    spec:\r\n      containers:\r\n      - name: app\r\n"
         "        image: app:1\r\n        env:\r\n"
         "        - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: web, key: "
         "DB_PASSWORD}}}\r\n"
         "        - name: ADMIN_PASSWORD\r\n          valueFrom:\r\n            secretKeyRef:\r\n"
         "              name: web\r\n              key: ADMIN_PASSWORD  # old\r\n"},
    {.name = "a password",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_PASSWORD: «kX9-vQ2-mLp7»\n",
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
    {.name = "the list form",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      - POSTGRES_PASSWORD=«kX9-vQ2-mLp7»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: postgres:17\n"
              "    environment:\n"
              "      - POSTGRES_PASSWORD_FILE=/run/secrets/postgres_password\n"
              "    secrets:\n"
              "      - postgres_password\n"
              "secrets:\n"
              "  postgres_password:\n"
              "    file: ./secrets/postgres_password\n"},
    {.name = "on a command line",
     .file = "run.sh",
     .before = "docker run -e DB_PASSWORD=«kX9-vQ2-mLp7» app:1\n",
     .after = "docker run -e DB_PASSWORD app:1\n"},
    {.name = "on a command line, quoted",
     .file = "run.sh",
     .before = "docker run -e 'API_TOKEN=«kX9-vQ2-mLp7»' app:1\n"},
    {.name = "in a quadlet",
     .file = "db.container",
     .before = "[Container]\nImage=docker.io/postgres:17\n"
               "Environment=POSTGRES_PASSWORD=«kX9-vQ2-mLp7»\n",
     .after = "[Container]\nImage=docker.io/postgres:17\n"
              "Secret=postgres_password,type=env,target=POSTGRES_PASSWORD\n"},
    {.name = "decided elsewhere",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_PASSWORD: ${DB_PASSWORD}\n"
               "      API_TOKEN:\n"},
    {.name = "a file",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_PASSWORD_FILE: /run/secrets/db\n"},
    {.name = "to be filled in",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_PASSWORD: <your password>\n"},
    {.name = "no secrets",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_USER: kX9-vQ2-mLp7\n"
               "      TOKEN_TTL: 3600\n"
               "      AUTH_MODE: oidc\n"},
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
               "          value: «kX9-vQ2-mLp7»\n"},
    {.name = "a pod with a Secret",
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
               "          valueFrom:\n"
               "            secretKeyRef:\n"
               "              name: db\n"
               "              key: root\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run -d -e MYSQL_ROOT_PASSWORD=«kX9-vQ2-mLp7» mysql:8.4\n"},
};

}  // namespace

const Rule& secret_in_workload_environment() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
