#include "check/trusted_registry.h"

#include <algorithm>

namespace plimsoll::check {
namespace {

bool matches(std::string_view pattern, std::string_view registry) {
  if (pattern.starts_with('*')) return registry.ends_with(pattern.substr(1));
  if (pattern.ends_with('*')) return registry.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == registry;
}

bool is_hub(std::string_view registry) {
  return registry == "docker.io" || registry == "hub.docker.com" || registry == "index.docker.io";
}

}  // namespace

bool is_trusted_registry(const std::vector<std::string>& patterns, std::string_view registry) {
  return std::any_of(patterns.begin(), patterns.end(), [registry](const std::string& pattern) {
    return matches(pattern, registry) || (is_hub(registry) && is_hub(pattern));
  });
}

}  // namespace plimsoll::check
