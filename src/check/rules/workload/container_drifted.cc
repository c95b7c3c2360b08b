#include <string>

#include "check/drift.h"
#include "check/rule.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-drifted",
    .title = "The container is not what its Compose file says",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kNone,
    .why =
        "Who reads the Compose file believes in a setting that does not hold: the file was changed "
        "after the container was made, or somebody made the container by hand.",
    .fix_note =
        "docker compose up --detach makes the container anew where the file was changed; with "
        "--force-recreate in any case.",
    .sources = "https://docs.docker.com/reference/cli/docker/compose/up/",
    .forms = kFormInspect,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.live || workload.live->service == nullptr) return;
  const Workload& service = *workload.live->service;
  std::string names;
  for (const std::string_view name : differences(service, workload)) {
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  if (names.empty()) return;
  sink.report(workload.place, "is not what service '" + service.name + "' of '" +
                                  service.file->path() + "' asks for: " + names)
      .because("service", service.id);
}

constexpr Example kExamples[] = {
    {.name = "the file has moved on",
     .before = "-- compose.yaml --\n"
               "name: shop\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.29\n"
               "    user: \"101\"\n"
               "    read_only: true\n"
               "    mem_limit: 256m\n"
               "    ports: [\"127.0.0.1:8080:80\"]\n"
               "-- inspect.json --\n"
               "[{\"Name\": «\"/shop-web-1\"»,\n"
               "  \"Config\": {\"Image\": \"nginx:1.27\", \"User\": \"\", \"Labels\": {\n"
               "    \"com.docker.compose.project\": \"shop\", \"com.docker.compose.service\": "
               "\"web\"}},\n"
               "  \"HostConfig\": {\"ReadonlyRootfs\": false, \"Memory\": 0,\n"
               "    \"PortBindings\": {\"80/tcp\": [{\"HostIp\": \"\", \"HostPort\": "
               "\"8080\"}]}}}]\n"},
    {.name = "it was given more than the file says",
     .before = "-- compose.yaml --\n"
               "name: shop\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.29\n"
               "    cap_add: [NET_BIND_SERVICE]\n"
               "    volumes: [\"data:/data\"]\n"
               "volumes: {data: {}}\n"
               "-- inspect.json --\n"
               "[{\"Name\": «\"/shop-web-1\"»,\n"
               "  \"Config\": {\"Image\": \"nginx:1.29\", \"Labels\": {\n"
               "    \"com.docker.compose.project\": \"shop\", \"com.docker.compose.service\": "
               "\"web\"}},\n"
               "  \"HostConfig\": {\"CapAdd\": [\"CAP_NET_BIND_SERVICE\", \"CAP_SYS_ADMIN\"]},\n"
               "  \"Mounts\": [\n"
               "    {\"Type\": \"volume\", \"Name\": \"shop_data\", \"Destination\": \"/data\", "
               "\"RW\": true},\n"
               "    {\"Type\": \"bind\", \"Source\": \"/etc\", \"Destination\": \"/host\", \"RW\": "
               "true}]}]\n"},
    {.name = "as the file says",
     .before = "-- compose.yaml --\n"
               "name: shop\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.29\n"
               "    user: \"101\"\n"
               "    read_only: true\n"
               "    mem_limit: 256m\n"
               "    cpus: 0.5\n"
               "    pids_limit: 100\n"
               "    cap_drop: [ALL]\n"
               "    security_opt: [\"no-new-privileges:true\"]\n"
               "    volumes: [\"data:/data\"]\n"
               "    ports: [\"127.0.0.1:8080:80\"]\n"
               "volumes: {data: {}}\n"
               "-- inspect.json --\n"
               "[{\"Name\": \"/shop-web-1\",\n"
               "  \"Config\": {\"Image\": \"docker.io/library/nginx:1.29\", \"User\": \"101\", "
               "\"Labels\": {\n"
               "    \"com.docker.compose.project\": \"shop\", \"com.docker.compose.service\": "
               "\"web\"}},\n"
               "  \"HostConfig\": {\"ReadonlyRootfs\": true, \"Memory\": 268435456, \"NanoCpus\": "
               "500000000,\n"
               "    \"PidsLimit\": 100, \"CapDrop\": [\"ALL\"], \"SecurityOpt\": "
               "[\"no-new-privileges:true\"],\n"
               "    \"PortBindings\": {\"80/tcp\": [{\"HostIp\": \"127.0.0.1\", \"HostPort\": "
               "\"8080\"}]}},\n"
               "  \"Mounts\": [{\"Type\": \"volume\", \"Name\": \"shop_data\", \"Destination\": "
               "\"/data\", \"RW\": true}]}]\n"},
    {.name = "of another project",
     .before = "-- compose.yaml --\n"
               "name: shop\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.29\n"
               "-- inspect.json --\n"
               "[{\"Name\": \"/blog-web-1\",\n"
               "  \"Config\": {\"Image\": \"nginx:1.27\", \"Labels\": {\n"
               "    \"com.docker.compose.project\": \"blog\", \"com.docker.compose.service\": "
               "\"web\"}},\n"
               "  \"HostConfig\": {}}]\n"},
    {.name = "made by docker compose run, whose options count too",
     .before = "-- compose.yaml --\n"
               "name: shop\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.29\n"
               "    user: \"101\"\n"
               "-- inspect.json --\n"
               "[{\"Name\": \"/shop-web-run-1\",\n"
               "  \"Config\": {\"Image\": \"nginx:1.29\", \"User\": \"0\", \"Labels\": {\n"
               "    \"com.docker.compose.project\": \"shop\", \"com.docker.compose.service\": "
               "\"web\",\n"
               "    \"com.docker.compose.oneoff\": \"True\"}},\n"
               "  \"HostConfig\": {}}]\n"},
    {.name = "the file leaves it open",
     .before = "-- compose.yaml --\n"
               "name: shop\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:${VERSION}\n"
               "    user: ${USER_ID}\n"
               "-- inspect.json --\n"
               "[{\"Name\": \"/shop-web-1\",\n"
               "  \"Config\": {\"Image\": \"nginx:1.27\", \"User\": \"0\", \"Labels\": {\n"
               "    \"com.docker.compose.project\": \"shop\", \"com.docker.compose.service\": "
               "\"web\"}},\n"
               "  \"HostConfig\": {\"Memory\": 268435456}}]\n"},
};

}  // namespace

const Rule& container_drifted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
