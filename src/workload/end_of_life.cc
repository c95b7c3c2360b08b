#include "workload/end_of_life.h"

#include <algorithm>

#include "workload/distribution.h"
#include "workload/end_of_life_table.h"
#include "workload/image_name.h"

namespace plimsoll {
namespace {

/// Repositories whose tags start with the version of a product, by familiar name.
struct Versioned {
  std::string_view image;
  std::string_view product;
};
constexpr Versioned kVersioned[] = {
    {"almalinux", "almalinux"},
    {"alpine", "alpine-linux"},
    {"amazonlinux", "amazon-linux"},
    {"bitnami/mariadb", "mariadb"},
    {"bitnami/mongodb", "mongodb"},
    {"bitnami/mysql", "mysql"},
    {"bitnami/nginx", "nginx"},
    {"bitnami/node", "nodejs"},
    {"bitnami/postgresql", "postgresql"},
    {"bitnami/rabbitmq", "rabbitmq"},
    {"bitnami/redis", "redis"},
    {"cassandra", "cassandra"},
    {"centos", "centos"},
    {"debian", "debian"},
    {"denoland/deno", "deno"},
    {"docker.elastic.co/elasticsearch/elasticsearch", "elasticsearch"},
    {"eclipse-temurin", "eclipse-temurin"},
    {"elasticsearch", "elasticsearch"},
    {"elixir", "elixir"},
    {"envoyproxy/envoy", "envoy"},
    {"erlang", "erlang"},
    {"fedora", "fedora"},
    {"ghcr.io/oracle/oraclelinux", "oracle-linux"},
    {"golang", "go"},
    {"grafana/grafana", "grafana"},
    {"grafana/grafana-oss", "grafana"},
    {"haproxy", "haproxy"},
    {"httpd", "apache-http-server"},
    {"mariadb", "mariadb"},
    {"mcr.microsoft.com/dotnet/aspnet", "dotnet"},
    {"mcr.microsoft.com/dotnet/core/aspnet", "dotnet"},
    {"mcr.microsoft.com/dotnet/core/runtime", "dotnet"},
    {"mcr.microsoft.com/dotnet/core/runtime-deps", "dotnet"},
    {"mcr.microsoft.com/dotnet/core/sdk", "dotnet"},
    {"mcr.microsoft.com/dotnet/runtime", "dotnet"},
    {"mcr.microsoft.com/dotnet/runtime-deps", "dotnet"},
    {"mcr.microsoft.com/dotnet/sdk", "dotnet"},
    {"mongo", "mongodb"},
    {"mysql", "mysql"},
    {"mysql/mysql-server", "mysql"},
    {"nginx", "nginx"},
    {"nginxinc/nginx-unprivileged", "nginx"},
    {"node", "nodejs"},
    {"opensuse/leap", "opensuse"},
    {"oraclelinux", "oracle-linux"},
    {"perl", "perl"},
    {"pgvector/pgvector", "postgresql"},
    {"photon", "photon"},
    {"php", "php"},
    {"postgis/postgis", "postgresql"},
    {"postgres", "postgresql"},
    {"prom/prometheus", "prometheus"},
    {"public.ecr.aws/amazonlinux/amazonlinux", "amazon-linux"},
    {"python", "python"},
    {"quay.io/centos/centos", "centos"},
    {"quay.io/fedora/fedora", "fedora"},
    {"quay.io/fedora/fedora-minimal", "fedora"},
    {"quay.io/prometheus/prometheus", "prometheus"},
    {"rabbitmq", "rabbitmq"},
    {"redis", "redis"},
    {"rockylinux", "rocky-linux"},
    {"rockylinux/rockylinux", "rocky-linux"},
    {"ruby", "ruby"},
    {"tomcat", "tomcat"},
    {"traefik", "traefik"},
    {"ubuntu", "ubuntu"},
};

/// Repositories that get no more images at all, whatever the tag. Days without a published one are
/// the last of their month. Source: the deprecation notices on the images' Docker Hub pages.
struct Retired {
  std::string_view image;
  std::string_view title;
  Date date;
  std::string_view note;
};
constexpr Retired kRetired[] = {
    {"adoptopenjdk", "adoptopenjdk", {2021, 8, 31}, "superseded by eclipse-temurin"},
    {"centos", "CentOS", {2024, 6, 30}, "CentOS Linux is discontinued"},
    {"java", "java", {2016, 12, 31}, "superseded by eclipse-temurin"},
    {"openjdk",
     "openjdk",
     {2022, 7, 31},
     "the image is deprecated since July 2022; use eclipse-temurin or another vendor"},
};

template <class Entry, std::size_t kSize>
const Entry* find(const Entry (&table)[kSize], ImageName name) {
  for (const Entry& entry : table) {
    if (name.is(entry.image)) return &entry;
  }
  return nullptr;
}

void add(std::vector<EndOfLife>& found, const EndOfLife* release) {
  if (release == nullptr) return;
  const bool known = std::any_of(found.begin(), found.end(), [release](const EndOfLife& other) {
    return other.product == release->product;
  });
  if (!known) found.push_back(*release);
}

/// "debian-11" at the start of `words`, as Bitnami writes it.
const EndOfLife* release_of_two_words(std::string_view words) {
  std::string_view rest = words;
  (void)next_word(rest);
  const std::string_view version = next_word(rest);
  if (version.empty() || version_of(version) != version) return nullptr;
  const auto end = static_cast<std::size_t>(version.data() + version.size() - words.data());
  const auto distribution = distribution_of(words.substr(0, end));
  return distribution ? distribution->release : nullptr;
}

void add_distributions(std::vector<EndOfLife>& found, std::string_view words) {
  while (!words.empty()) {
    const std::string_view start = words;
    if (const auto distribution = distribution_of(next_word(words))) {
      add(found,
          distribution->release != nullptr ? distribution->release : release_of_two_words(start));
    }
  }
}

/// gcr.io/distroless/nodejs14-debian11 carries both versions in the repository.
void add_distroless(std::vector<EndOfLife>& found, const ImageReference& reference) {
  constexpr std::string_view kProject = "distroless/";
  constexpr std::string_view kNode = "nodejs";
  if (reference.registry != "gcr.io" || !reference.repository.starts_with(kProject)) return;
  std::string_view name = std::string_view(reference.repository).substr(kProject.size());
  if (name.starts_with(kNode)) {
    const std::string_view version = name.substr(kNode.size());
    add(found, EndOfLifeTable::builtin().find("nodejs", version.substr(0, version.find('-'))));
  }
  add_distributions(found, name);
}

/// registry.access.redhat.com/ubi8/ubi-minimal, redhat/ubi8: the release is in the path.
void add_ubi(std::vector<EndOfLife>& found, const ImageReference& reference) {
  std::string_view path = reference.repository;
  if (reference.registry == "docker.io") {
    constexpr std::string_view kVendor = "redhat/";
    if (!path.starts_with(kVendor)) return;
    path.remove_prefix(kVendor.size());
  } else if (reference.registry != "registry.access.redhat.com" &&
             reference.registry != "registry.redhat.io") {
    return;
  }
  add_distributions(found, path.substr(0, path.find('/')));
}

EndOfLife end_of_repository(const Retired& retired) {
  EndOfLife end;
  end.product = retired.image;
  end.title = retired.title;
  end.date = retired.date;
  end.note = retired.note;
  return end;
}

}  // namespace

const EndOfLife* end_of_system(std::string_view id, std::string_view version) {
  struct System {
    std::string_view id;
    std::string_view product;
  };
  constexpr System kSystems[] = {
      {"almalinux", "almalinux"}, {"alpine", "alpine-linux"},    {"amzn", "amazon-linux"},
      {"centos", "centos"},       {"debian", "debian"},          {"fedora", "fedora"},
      {"ol", "oracle-linux"},     {"opensuse-leap", "opensuse"}, {"photon", "photon"},
      {"rhel", "rhel"},           {"rocky", "rocky-linux"},      {"ubuntu", "ubuntu"},
  };
  for (const System& system : kSystems) {
    if (system.id == id) return EndOfLifeTable::builtin().find(system.product, version);
  }
  return nullptr;
}

std::string_view product_of(const ImageReference& reference) {
  const Versioned* versioned = find(kVersioned, image_name(reference));
  return versioned == nullptr ? std::string_view() : versioned->product;
}

std::vector<EndOfLife> end_of_life(const ImageReference& reference) {
  std::vector<EndOfLife> found;
  const ImageName image = image_name(reference);
  std::string_view words = reference.tag;
  if (const Versioned* versioned = find(kVersioned, image)) {
    const std::string_view version = version_of(words.substr(0, words.find_first_of("-_")));
    if (!version.empty()) add(found, EndOfLifeTable::builtin().find(versioned->product, version));
  }
  add_distroless(found, reference);
  add_ubi(found, reference);
  add_distributions(found, words);
  if (const Retired* retired = find(kRetired, image)) {
    const bool dated = std::any_of(found.begin(), found.end(), [retired](const EndOfLife& other) {
      return other.product == retired->image;
    });
    if (!dated) found.insert(found.begin(), end_of_repository(*retired));
  }
  return found;
}

}  // namespace plimsoll
