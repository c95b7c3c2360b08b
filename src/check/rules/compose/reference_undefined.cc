#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "reference-undefined",
    .title = "A service refers to something that is not defined",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .why = "Compose refuses the file: neither this service nor any other is started.",
    .fix_note =
        "Define it at the top level of the file, with external: true when it is there already, or "
        "correct the name.",
    .sources =
        "https://docs.docker.com/reference/compose-file/networks/ "
        "https://docs.docker.com/reference/compose-file/volumes/ "
        "https://docs.docker.com/reference/compose-file/services/#depends_on",
};

using Names = std::set<std::string_view>;

template <class Definitions>
Names names_of(const Definitions& definitions) {
  Names names;
  for (const auto& definition : definitions) names.insert(definition.name);
  return names;
}

struct Defined {
  Names services;
  Names networks;
  Names volumes;
  Names secrets;
  Names configs;
};

Defined defined_in(const compose::Project& project) {
  Defined defined{names_of(project.services), names_of(project.networks), names_of(project.volumes),
                  names_of(project.secrets), names_of(project.configs)};
  defined.networks.insert("default");
  return defined;
}

/// Any other file may be meant to be laid over another one, which defines the rest; so may one with
/// a single service that defines nothing.
bool is_whole(const compose::Project& project) {
  static constexpr std::array<std::string_view, 4> kNames{
      "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"};
  const std::string_view name = path::name(project.file->path());
  if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) return false;
  const bool defines = !project.networks.empty() || !project.volumes.empty() ||
                       !project.secrets.empty() || !project.configs.empty();
  if (!defines && project.services.size() < 2) return false;
  return std::all_of(project.services.begin(), project.services.end(), [](const Workload& service) {
    return service.build.has_value() || service.image.origin != Origin::kDefault;
  });
}

class Judge {
 public:
  Judge(const compose::Project& project, Sink& sink)
      : defined_(defined_in(project)), has_networks_(!project.networks.empty()), sink_(sink) {}

  void judge(const Workload& service) {
    service_ = &service;
    // Networks are what files that are used together share; where none is defined, it is there.
    if (has_networks_ && service.networks.origin != Origin::kUnknown) {
      for (const Item& network : service.networks.items) {
        ask("network", defined_.networks, network.value, network.place);
      }
    }
    for (const Mount& mount : service.mounts) judge(mount);
    for (const Dependency& dependency : service.depends_on) {
      if (dependency.required) {
        ask("service", defined_.services, dependency.service, dependency.place);
      }
    }
  }

 private:
  void judge(const Mount& mount) {
    if (!mount.known) return;
    if (mount.type == Mount::Type::kVolume) {
      ask("volume", defined_.volumes, mount.source, mount.place);
    } else if (mount.type == Mount::Type::kSecret) {
      ask("secret", defined_.secrets, mount.source, mount.place);
    } else if (mount.type == Mount::Type::kConfig) {
      ask("config", defined_.configs, mount.source, mount.place);
    }
  }

  void ask(std::string_view what, const Names& names, std::string_view name, const Place& place) {
    if (name.empty() || name.find('$') != std::string_view::npos || names.contains(name)) return;
    sink_.report(place, "the " + std::string(what) + " '" + std::string(name) + "' is not defined")
        .about(service_->id);
  }

  const Defined defined_;
  const bool has_networks_;
  Sink& sink_;
  const Workload* service_ = nullptr;
};

void check(const compose::Project& project, Sink& sink) {
  // What could not be read may define it.
  if (!project.errors.empty() || !project.problems.empty() || !is_whole(project)) return;
  Judge judge(project, sink);
  for (const Workload& service : project.services) judge.judge(service);
}

constexpr Example kExamples[] = {
    {.name = "a network",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    networks:\n"
               "      - «back»\n"
               "networks:\n"
               "  bck:\n"},
    {.name = "a volume",
     .before = "services:\n"
               "  app:\n"
               "    image: app:1\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    volumes:\n"
               "      - «data:/data»\n"},
    {.name = "a secret",
     .before = "services:\n"
               "  app:\n"
               "    image: app:1\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    secrets:\n"
               "      - «token»\n"},
    {.name = "a config",
     .before = "services:\n"
               "  app:\n"
               "    image: app:1\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    configs:\n"
               "      - «site»\n"},
    {.name = "a service",
     .before = "services:\n"
               "  app:\n"
               "    image: app:1\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    depends_on:\n"
               "      - «db»\n"},
    {.name = "all are defined",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    networks: [default, back]\n"
               "    volumes: [\"data:/data\", \"./conf:/conf\", \"/cache\"]\n"
               "    secrets: [token]\n"
               "    configs: [{source: site, target: /site}]\n"
               "    depends_on: [db]\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    profiles: [dev]\n"
               "networks: {back: {external: true}}\n"
               "volumes: {data: }\n"
               "secrets: {token: {file: ./t}}\n"
               "configs: {site: {file: ./s}}\n"},
    {.name = "it may be missing",
     .before = "services:\n"
               "  app:\n"
               "    image: app:1\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    depends_on: {db: {condition: service_started, required: false}}\n"},
    {.name = "a variable names it",
     .before = "services:\n"
               "  app:\n"
               "    image: app:1\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    networks: [\"${NETWORK}\"]\n"
               "    volumes: [\"${DATA}:/data\"]\n"},
    {.name = "another file defines it",
     .before = "-- compose.yaml --\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    networks: [back]\n"
               "-- compose.override.yaml --\n"
               "services:\n"
               "  web:\n"
               "    networks: [back]\n"
               "networks: {back: }\n"},
    {.name = "a file to be laid over another",
     .file = "compose.prod.yaml",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    networks: [back]\n"},
    {.name = "a part of a larger project",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    networks: [back]\n"
               "    depends_on: [db]\n"},
};

}  // namespace

const Rule& reference_undefined() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
