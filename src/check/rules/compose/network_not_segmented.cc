#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "check/data_network.h"
#include "check/data_store.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "network-not-segmented",
    .title = "Databases and published services share one network",
    .severity = Severity::kMedium,
    .control = Control::kNetworkSegmentation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Whoever breaks into the service that faces the network reaches the database directly, "
        "and so does every other service.",
    .fix_note =
        "Give what faces the network one network, the data another that is internal, and join to "
        "both only the services that need the data. Unsafe: a service may need the data without "
        "saying so; one whose settings are not in the file joins both.",
    .sources =
        "https://docs.docker.com/compose/how-tos/networking/ "
        "https://docs.docker.com/reference/compose-file/networks/#internal",
};

constexpr std::size_t kFewestServices = 3;  // of two, one needs the other

/// Takes part in the project's networks and keeps running.
bool is_networked(const Workload& service) {
  return service.network_mode.is_known() && service.network_mode.value.empty() && !service.one_shot;
}

bool is_on(const Workload& service, std::string_view network) {
  if (service.networks.empty()) return network == "default";
  return service.networks.find(network) != nullptr;
}

bool is_published(const Workload& service) {
  return std::any_of(service.ports.begin(), service.ports.end(), [](const Port& port) {
    return port.published && !port.host_ip.starts_with("127.") && port.host_ip != "::1";
  });
}

std::string_view first_network(const Workload& service) {
  return service.networks.empty() ? std::string_view("default")
                                  : std::string_view(service.networks.items.front().value);
}

using Names = std::set<std::string_view>;

Names data_stores_of(const compose::Project& project) {
  Names names;
  for (const Workload& service : project.services) {
    if (is_data_store(service)) names.insert(service.name);
  }
  return names;
}

bool needs_one_of(const Workload& service, const Names& names) {
  return std::any_of(
      service.depends_on.begin(), service.depends_on.end(),
      [&names](const Dependency& dependency) { return names.contains(dependency.service); });
}

struct Tiers {
  std::vector<const Workload*> services;
  const Workload* data = nullptr;
  const Workload* front = nullptr;
  const Workload* stranger = nullptr;  ///< has no business with the data, as far as we are told
};

/// Nothing when some service's networks are not known.
std::optional<Tiers> tiers_of(const compose::Project& project, const Names& data_stores) {
  Tiers tiers;
  for (const Workload& service : project.services) {
    if (service.networks.origin == Origin::kUnknown || !service.network_mode.is_known()) return {};
    if (!is_networked(service)) continue;
    tiers.services.push_back(&service);
    if (data_stores.contains(service.name)) {
      if (tiers.data == nullptr) tiers.data = &service;
      continue;
    }
    if (tiers.stranger == nullptr && !needs_one_of(service, data_stores)) tiers.stranger = &service;
    if (tiers.front == nullptr && is_published(service)) tiers.front = &service;
  }
  return tiers;
}

void check(const compose::Project& project, Sink& sink) {
  if (project.services.size() < kFewestServices) return;
  const Names data_stores = data_stores_of(project);
  if (data_stores.empty()) return;
  const std::optional<Tiers> tiers = tiers_of(project, data_stores);
  if (!tiers || tiers->data == nullptr || tiers->front == nullptr) return;
  if (tiers->services.size() < kFewestServices || tiers->stranger == nullptr) return;
  const std::string_view network = first_network(*tiers->data);
  const bool is_shared =
      std::all_of(tiers->services.begin(), tiers->services.end(),
                  [network](const Workload* service) { return is_on(*service, network); });
  if (!is_shared) return;
  Finding& finding = sink.report(
      tiers->data->place, "'" + tiers->data->name + "' is on the one network that all services " +
                              "share, with the published '" + tiers->front->name + "'");
  finding.because("needs no data", tiers->stranger->name);
  for (const Workload* service : tiers->services) finding.about(service->id);
  separate_data(finding, project, data_stores);
}

constexpr Example kExamples[] = {
    {.name = "the default network",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 80:80\n"
               "  app:\n"
               "    image: app:1\n"
               "  «db»:\n"
               "    image: postgres:17\n"},
    {.name = "one network by name",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 80:80\n"
               "    networks:\n"
               "      - n\n"
               "  app:\n"
               "    image: app:1\n"
               "    networks:\n"
               "      - n\n"
               "  «db»:\n"
               "    image: postgres:17\n"
               "    networks:\n"
               "      - n\n"
               "networks:\n"
               "  n:\n"},
    {.name = "who needs the data says so",
     .before = "services:\r\n"
               "  web:\r\n"
               "    image: nginx:1.27\r\n"
               "    ports:\r\n"
               "      - 80:80\r\n"
               "  api:\r\n"
               "    build: ./api\r\n"
               "    environment:\r\n"
               "      DATABASE_URL: postgres://app@db:5432/app  # no password\r\n"
               "  jobs:\r\n"
               "    build: ./api\r\n"
               "    command: work\r\n"
               "  «db»:\r\n"
               "    image: postgres:17\r\n",
     .after = "services:\r\n"
              "  web:\r\n"
              "    image: nginx:1.27\r\n"
              "    ports:\r\n"
              "      - 80:80\r\n"
              "  api:\r\n"
              "    build: ./api\r\n"
              "    environment:\r\n"
              "      DATABASE_URL: postgres://app@db:5432/app  # no password\r\n"
              "    networks:\r\n"
              "      - default\r\n"
              "      - data\r\n"
              "  jobs:\r\n"
              "    build: ./api\r\n"
              "    command: work\r\n"
              "    networks:\r\n"
              "      - default\r\n"
              "      - data\r\n"
              "  db:\r\n"
              "    image: postgres:17\r\n"
              "    networks:\r\n"
              "      - data\r\n"
              "networks:\r\n"
              "  data:\r\n"
              "    internal: true\r\n"},
    {.name = "a published data store, networks of both forms, and the name is taken",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    ports: [80:80]\n"
               "    networks: [data]\n"
               "  api:\n"
               "    image: api:1\n"
               "    depends_on: [cache]\n"
               "    networks:\n"
               "      data:\n"
               "        aliases: [backend]\n"
               "  worker:\n"
               "    image: worker:1\n"
               "    env_file: worker.env\n"
               "    networks:\n"
               "      - data\n"
               "  «cache»:\n"
               "    image: redis:7\n"
               "    ports: [127.0.0.1:6379:6379]\n"
               "    networks: [data]\n"
               "networks:\n"
               "  data:\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    ports: [80:80]\n"
              "    networks: [data]\n"
              "  api:\n"
              "    image: api:1\n"
              "    depends_on: [cache]\n"
              "    networks:\n"
              "      data:\n"
              "        aliases: [backend]\n"
              "      data-internal: {}\n"
              "  worker:\n"
              "    image: worker:1\n"
              "    env_file: worker.env\n"
              "    networks:\n"
              "      - data\n"
              "      - data-internal\n"
              "  cache:\n"
              "    image: redis:7\n"
              "    ports: [127.0.0.1:6379:6379]\n"
              "    networks: [data-internal]\n"
              "networks:\n"
              "  data:\n"
              "  data-internal: {}\n"},
    {.name = "everybody may need it",
     .before = "services:\n"
               "  web:\n"
               "    image: web:1\n"
               "    ports:\n"
               "      - 80:80\n"
               "    volumes:\n"
               "      - ./web.conf:/etc/web.conf\n"
               "  app:\n"
               "    image: app:1\n"
               "    env_file: app.env\n"
               "  «db»:\n"
               "    image: postgres:17\n"},
    {.name = "whoever needs it is not in the file",
     .before = "services:\n"
               "  ui:\n"
               "    image: grafana/grafana:12.4.0\n"
               "    ports:\n"
               "      - 3000:3000\n"
               "  proxy:\n"
               "    image: nginx:1.31\n"
               "  «db»:\n"
               "    image: postgres:17\n"},
    {.name = "a network of other projects",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 80:80\n"
               "  app:\n"
               "    image: app:1\n"
               "    depends_on: [db]\n"
               "  «db»:\n"
               "    image: postgres:17\n"
               "networks:\n"
               "  default:\n"
               "    external: true\n"},
    {.name = "networks that an anchor gives to all",
     .before = "x-common: &common\n"
               "  networks: [n]\n"
               "services:\n"
               "  web:\n"
               "    <<: *common\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 80:80\n"
               "  app:\n"
               "    <<: *common\n"
               "    image: app:1\n"
               "  «db»:\n"
               "    <<: *common\n"
               "    image: postgres:17\n"
               "networks:\n"
               "  n:\n"},
    {.name = "two tiers",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 80:80\n"
               "    networks:\n"
               "      - front\n"
               "  app:\n"
               "    image: app:1\n"
               "    networks:\n"
               "      - front\n"
               "      - back\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    networks:\n"
               "      - back\n"
               "networks:\n"
               "  front:\n"
               "  back:\n"
               "    internal: true\n"},
    {.name = "nothing to separate",
     .before = "services:\n"
               "  web:\n"
               "    image: app:1\n"
               "    ports:\n"
               "      - 80:80\n"
               "  db:\n"
               "    image: postgres:17\n"},
    {.name = "all need the data",
     .before = "services:\n"
               "  web:\n"
               "    image: app:1\n"
               "    ports:\n"
               "      - 80:80\n"
               "    depends_on: [db]\n"
               "  worker:\n"
               "    image: app:1\n"
               "    depends_on: [db]\n"
               "  db:\n"
               "    image: postgres:17\n"},
    {.name = "nothing is published",
     .before = "services:\n"
               "  a:\n"
               "    image: a:1\n"
               "  b:\n"
               "    image: b:1\n"
               "  db:\n"
               "    image: postgres:17\n"},
    {.name = "for this host only",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 127.0.0.1:80:80\n"
               "  app:\n"
               "    image: app:1\n"
               "  db:\n"
               "    image: postgres:17\n"},
    {.name = "no data",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 80:80\n"
               "  a:\n"
               "    image: a:1\n"
               "  b:\n"
               "    image: b:1\n"},
};

}  // namespace

const Rule& network_not_segmented() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
