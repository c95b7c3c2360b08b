#include <algorithm>
#include <cstdint>
#include <initializer_list>

#include "check/command_words.h"
#include "check/published_port.h"
#include "check/pulled_image.h"
#include "check/rule.h"
#include "check/variable_secret.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "authentication-disabled",
    .title = "The service lets everybody in",
    .severity = Severity::kMedium,
    .control = Control::kNoSecrets,
    .enabled = true,
    .points_at_secret = false,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Whoever reaches the port owns the data, and often the machine: that is how databases are "
        "held to ransom.",
    .fix_note = "Switch authentication on and give the password as a secret.",
    .sources =
        "https://hub.docker.com/_/postgres https://hub.docker.com/_/mysql "
        "https://redis.io/docs/latest/operate/oss_and_stack/management/security/",
};

enum class Wanted : std::uint8_t { kTrue, kFalse, kAnything, kWord };

struct Switch {
  std::string_view variable;
  Wanted wanted = Wanted::kTrue;
  std::string_view word = {};
  std::string_view unless = {};  ///< a variable whose name ends so decides instead, when set
};

// Sources: the images' entrypoint scripts and the products' manuals.
constexpr Switch kSwitches[] = {
    {"POSTGRES_HOST_AUTH_METHOD", Wanted::kWord, "trust"},
    {"MYSQL_ALLOW_EMPTY_PASSWORD", Wanted::kAnything, {}, "ROOT_PASSWORD"},
    {"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", Wanted::kAnything, {}, "ROOT_PASSWORD"},
    {"ALLOW_EMPTY_PASSWORD", Wanted::kTrue, {}, "_PASSWORD"},
    {"ALLOW_NONE_AUTHENTICATION"},
    {"ALLOW_ANONYMOUS_LOGIN"},
    {"xpack.security.enabled", Wanted::kFalse},
    {"plugins.security.disabled"},
    {"DISABLE_SECURITY_PLUGIN"},
    {"NEO4J_AUTH", Wanted::kWord, "none"},
    {"NEO4J_dbms_security_auth__enabled", Wanted::kFalse},
    {"ME_CONFIG_BASICAUTH", Wanted::kFalse},
    {"INFLUXDB_HTTP_AUTH_ENABLED", Wanted::kFalse},
    {"AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED"},
    {"PGADMIN_CONFIG_SERVER_MODE", Wanted::kFalse},
    {"CLICKHOUSE_SKIP_USER_SETUP"},
    {"GF_AUTH_ANONYMOUS_ORG_ROLE", Wanted::kWord, "Admin"},
};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return ascii::iequals(text, word); });
}

bool says(const Switch& entry, std::string_view value) {
  switch (entry.wanted) {
    case Wanted::kTrue: return is_one_of(value, {"true", "yes", "1", "on"});
    case Wanted::kFalse: return is_one_of(value, {"false", "no", "0", "off"});
    case Wanted::kAnything: return !value.empty();
    case Wanted::kWord: return ascii::iequals(value, entry.word);
  }
  return false;
}

bool is_decided_otherwise(const Workload& workload, const Switch& entry) {
  if (entry.unless.empty()) return false;
  return std::any_of(workload.environment.begin(), workload.environment.end(),
                     [&entry](const EnvironmentVariable& other) {
                       const std::string_view name = other.name;
                       if (name == entry.variable || !name.ends_with(entry.unless)) return false;
                       if (name.find("ALLOW_EMPTY") != std::string_view::npos) return false;
                       const bool is_empty =
                           other.source == EnvironmentVariable::Source::kLiteral &&
                           other.value.empty();
                       return !is_empty;
                     });
}

/// The last one counts.
const EnvironmentVariable* find_variable(const Workload& workload, std::string_view name) {
  const auto found =
      std::find_if(workload.environment.rbegin(), workload.environment.rend(),
                   [name](const EnvironmentVariable& variable) { return variable.name == name; });
  return found == workload.environment.rend() ? nullptr : &*found;
}

void raise_when_reachable(const Workload& workload, Finding& finding) {
  if (!reachable_from_outside(workload)) return;
  finding.severity = Severity::kHigh;
  finding.because("reachable", "a port is published on all interfaces");
}

void check_environment(const Workload& workload, Sink& sink) {
  for (const Switch& entry : kSwitches) {
    const EnvironmentVariable* const variable = find_variable(workload, entry.variable);
    if (variable == nullptr) continue;
    const bool is_written = variable->source == EnvironmentVariable::Source::kLiteral ||
                            variable->source == EnvironmentVariable::Source::kDefaulted;
    if (!is_written || !says(entry, variable->value)) continue;
    if (is_decided_otherwise(workload, entry)) continue;
    if (entry.variable == "GF_AUTH_ANONYMOUS_ORG_ROLE") {
      const EnvironmentVariable* const on = find_variable(workload, "GF_AUTH_ANONYMOUS_ENABLED");
      if (on == nullptr || !ascii::iequals(on->value, "true")) continue;
    }
    raise_when_reachable(workload, sink.report(place_of(workload, *variable),
                                               "'" + variable->name + "' lets everybody in"));
  }
}

/// An option of the server that is started, maybe with the word after it.
std::string_view opening_option(const Workload& workload,
                                const std::vector<std::string_view>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("--")) continue;
    if (is_one_of(word, {"--skip-grant-tables", "--noauth", "--api.insecure", "--api.insecure=true",
                         "--NotebookApp.token=", "--NotebookApp.token=''",
                         "--ServerApp.token=", "--ServerApp.token=''", "--auth=none"})) {
      return word;
    }
    const std::string_view next = i + 1 < words.size() ? words[i + 1] : std::string_view{};
    if (word == "--protected-mode" && next == "no") return word;
    if (word == "--insecure" && image_base_name(workload) == "cockroach") return word;
  }
  return {};
}

bool mentions(const Workload& workload, const std::vector<std::string_view>& words,
              std::initializer_list<std::string_view> needles) {
  const auto is_in = [needles](std::string_view text) {
    return std::any_of(needles.begin(), needles.end(),
                       [text](std::string_view needle) { return ascii::icontains(text, needle); });
  };
  return std::any_of(words.begin(), words.end(), is_in) ||
         std::any_of(workload.environment.begin(), workload.environment.end(),
                     [&](const EnvironmentVariable& variable) { return is_in(variable.name); }) ||
         std::any_of(workload.mounts.begin(), workload.mounts.end(),
                     [&](const Mount& mount) { return is_in(mount.target); });
}

/// Servers that ask nobody for a password until they are told to.
bool is_open_by_default(const Workload& workload, const std::vector<std::string_view>& words) {
  if (workload.build || !workload.entrypoint.empty() || !workload.image.is_known()) return false;
  const auto reference = parse_image_reference(workload.image.value);
  if (!reference) return false;
  const std::string name = reference->familiar_name();
  if (name == "memcached") return !mentions(workload, words, {"sasl", "-S"});
  if (name == "redis" || name == "valkey/valkey") {
    return !mentions(workload, words, {"requirepass", "aclfile", ".conf", "password", "/etc"});
  }
  if (name == "mongo") {
    return !mentions(workload, words, {"ROOT_USERNAME", "--auth", "keyfile", ".conf", "/etc"});
  }
  return false;
}

void check_open_server(const Workload& workload, const std::vector<std::string_view>& words,
                       Sink& sink) {
  const auto published = std::find_if(
      workload.ports.begin(), workload.ports.end(),
      [](const Port& port) { return on_all_interfaces(port) && !sensitive_service(port).empty(); });
  if (published == workload.ports.end() || !is_open_by_default(workload, words)) return;
  if (workload.env_files.origin == Origin::kUnknown) return;
  const Place place = published->place.file == nullptr ? workload.place : published->place;
  Finding& finding =
      sink.report(place, std::string(sensitive_service(*published)) +
                             " is published on all interfaces and asks for no password");
  finding.severity = Severity::kHigh;
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.environment.empty()) check_environment(workload, sink);
  const bool runs_command = !workload.command.empty() || !workload.entrypoint.empty();
  if (!runs_command && workload.ports.empty()) return;
  const std::vector<std::string_view> words = command_words(workload);
  if (const std::string_view option = opening_option(workload, words); !option.empty()) {
    raise_when_reachable(workload, sink.report(place_of_word(workload, option),
                                               "'" + std::string(option) + "' lets everybody in"));
  }
  check_open_server(workload, words, sink);
}

constexpr Example kExamples[] = {
    {.name = "PostgreSQL",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    environment:\n"
               "      POSTGRES_HOST_AUTH_METHOD: «trust»\n"},
    {.name = "MySQL",
     .before = "services:\n"
               "  db:\n"
               "    image: mysql:8.4\n"
               "    environment:\n"
               "      MYSQL_ALLOW_EMPTY_PASSWORD: «\"yes\"»\n"},
    {.name = "MySQL with a password after all",
     .before = "services:\n"
               "  db:\n"
               "    image: mysql:8.4\n"
               "    environment:\n"
               "      MYSQL_ALLOW_EMPTY_PASSWORD: \"yes\"\n"
               "      MYSQL_ROOT_PASSWORD: ${PW}\n"},
    {.name = "Elasticsearch",
     .before = "services:\n"
               "  es:\n"
               "    image: elasticsearch:8.15.0\n"
               "    environment:\n"
               "      - xpack.security.enabled=«false»\n"},
    {.name = "switched on",
     .before = "services:\n"
               "  es:\n"
               "    image: elasticsearch:8.15.0\n"
               "    environment:\n"
               "      - xpack.security.enabled=true\n"},
    {.name = "Redis, published",
     .before = "services:\n"
               "  r:\n"
               "    image: redis:7\n"
               "    ports:\n"
               "      - «6379:6379»\n"},
    {.name = "Redis with a password",
     .before = "services:\n"
               "  r:\n"
               "    image: redis:7\n"
               "    command: redis-server --requirepass ${PW}\n"
               "    ports:\n"
               "      - 6379:6379\n"},
    {.name = "Redis with a configuration",
     .before = "services:\n"
               "  r:\n"
               "    image: redis:7\n"
               "    volumes:\n"
               "      - ./redis.conf:/usr/local/etc/redis/redis.conf\n"
               "    ports:\n"
               "      - 6379:6379\n"},
    {.name = "Redis for its neighbours",
     .before = "services:\n"
               "  r:\n"
               "    image: redis:7\n"},
    {.name = "MongoDB with a user",
     .before = "services:\n"
               "  m:\n"
               "    image: mongo:7\n"
               "    environment:\n"
               "      MONGO_INITDB_ROOT_USERNAME: a\n"
               "    ports:\n"
               "      - 27017:27017\n"},
    {.name = "the dashboard of Traefik",
     .before = "services:\n"
               "  t:\n"
               "    image: traefik:v3.1\n"
               "    command: «--api.insecure=true» --providers.docker\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: postgres:17\n"
               "      env:\n"
               "        - name: POSTGRES_HOST_AUTH_METHOD\n"
               "          value: «trust»\n"},
};

}  // namespace

const Rule& authentication_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
