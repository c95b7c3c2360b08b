#include "workload/image_name.h"

#include "core/ascii.h"

namespace plimsoll {
namespace {

constexpr std::string_view kOfficial = "library/";
constexpr std::string_view kHubs[] = {
    "docker.io",
    "mirror.gcr.io",
    "registry-1.docker.io",
    "registry.hub.docker.com",
};
/// Users of the Hub under which the official images are published per architecture.
constexpr std::string_view kArchitectures[] = {
    "amd64/", "arm32v5/",  "arm32v6/", "arm32v7/", "arm64v8/",
    "i386/",  "mips64le/", "ppc64le/", "riscv64/", "s390x/",
};

/// Cuts `prefix` off the front of `text` when it is there.
bool cut_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool is_hub(std::string_view registry) {
  for (const std::string_view hub : kHubs) {
    if (registry == hub) return true;
  }
  return false;
}

std::string_view hub_repository(std::string_view repository) {
  if (cut_prefix(repository, kOfficial)) return repository;
  for (const std::string_view architecture : kArchitectures) {
    if (cut_prefix(repository, architecture)) return repository;
  }
  return repository;
}

}  // namespace

bool ImageName::is(std::string_view familiar) const {
  if (registry.empty()) return familiar == repository;
  return familiar.size() == registry.size() + 1 + repository.size() &&
         familiar.starts_with(registry) && familiar[registry.size()] == '/' &&
         familiar.ends_with(repository);
}

ImageName image_name(const ImageReference& reference) {
  std::string_view repository = reference.repository;
  if (is_hub(reference.registry)) return {{}, hub_repository(repository)};
  if (reference.registry == "public.ecr.aws" && cut_prefix(repository, "docker/library/")) {
    return {{}, repository};
  }
  return {reference.registry, repository};
}

ImageName image_name(std::string_view familiar) {
  const std::size_t slash = familiar.find('/');
  if (slash == std::string_view::npos || !ascii::contains(familiar.substr(0, slash), ".")) {
    return {{}, familiar};
  }
  return {familiar.substr(0, slash), familiar.substr(slash + 1)};
}

}  // namespace plimsoll
