#include "image/registry/endpoint.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "http/url.h"
#include "image/node_field.h"
#include "image/package_file.h"

namespace plimsoll::image::registry {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;
constexpr std::size_t kMostMirrors = 16;
constexpr const char* kDaemonFile = "/etc/docker/daemon.json";
constexpr std::string_view kHub = "docker.io";

/// @param location  "host/path" in which the repository is
Endpoint endpoint_at(std::string_view location, bool insecure) {
  const std::size_t slash = std::min(location.find('/'), location.size());
  Endpoint endpoint{.host = std::string(location.substr(0, slash)), .insecure = insecure};
  endpoint.account = endpoint.host;
  if (endpoint.host == kHub) endpoint.host = "registry-1.docker.io";
  endpoint.repository = location.substr(std::min(slash + 1, location.size()));
  return endpoint;
}

/// A registry of registries.conf, whose tables hold it.
struct Rule {
  const Node* table = nullptr;
  std::string prefix;
};

/// Whether `name` ("host/team/app") lies below; "*.example" is any host below example.
bool fits(std::string_view prefix, std::string_view name) {
  if (prefix.starts_with("*.")) {
    const std::string_view host = name.substr(0, name.find('/'));
    return host.ends_with(prefix.substr(1)) && prefix.find('/') == std::string_view::npos;
  }
  return name == prefix || name.starts_with(std::string(prefix) + '/') ||
         name.starts_with(std::string(prefix) + ':') || name.starts_with(std::string(prefix) + '@');
}

class Configuration {
 public:
  Configuration(const FileSystem& files, const Variable& variable)
      : files_(files), variable_(variable) {}

  Result<void> read() {
    for (const std::string& path : paths()) {
      auto text = files_.read(path, kMostBytes);
      if (!text && text.error().code == ErrorCode::kNotFound) continue;
      if (!text) return tl::unexpected(text.error());
      PackageFile& file =
          *kept_.emplace_back(std::make_unique<PackageFile>(path, *std::move(text)));
      const auto root = file.toml();
      if (!root) return tl::unexpected(root.error());
      for (const Node* table : items_of(**root, "registry")) {
        std::string_view prefix = field(*table, "prefix");
        if (prefix.empty()) prefix = field(*table, "location");
        rules_.push_back({table, std::string(prefix)});
      }
    }
    return {};
  }

  /// The longest prefix; of equal ones the last that was read.
  [[nodiscard]] const Rule* rule_for(const std::string& name) const {
    const Rule* best = nullptr;
    for (const Rule& rule : rules_) {
      if (rule.prefix.empty() || !fits(rule.prefix, name)) continue;
      if (best == nullptr || rule.prefix.size() >= best->prefix.size()) best = &rule;
    }
    return best;
  }

 private:
  [[nodiscard]] std::vector<std::string> paths() const {
    if (std::string named = variable_("CONTAINERS_REGISTRIES_CONF"); !named.empty()) {
      return {std::move(named)};
    }
    std::vector<std::string> paths;
    std::string folder = "/etc/containers";
    const std::string own = path::join(variable_("HOME"), ".config/containers");
    if (!variable_("HOME").empty() && files_.is_file(path::join(own, "registries.conf"))) {
      folder = own;
    }
    paths.push_back(path::join(folder, "registries.conf"));
    const std::string more = path::join(folder, "registries.conf.d");
    if (const auto entries = files_.list(more)) {
      for (const DirectoryEntry& entry : *entries) {
        if (entry.name.ends_with(".conf")) paths.push_back(path::join(more, entry.name));
      }
    }
    return paths;
  }

  const FileSystem& files_;
  const Variable& variable_;
  std::vector<std::unique_ptr<PackageFile>> kept_;
  std::vector<Rule> rules_;
};

/// "there/app" for "here/app" where `prefix` is "here" and `location` "there".
std::string moved(std::string_view name, std::string_view prefix, std::string_view location) {
  if (location.empty()) return std::string(name);
  if (prefix.starts_with("*.")) {
    return std::string(location) + std::string(name.substr(std::min(name.find('/'), name.size())));
  }
  return std::string(location) + std::string(name.substr(prefix.size()));
}

/// "pull-from-mirror" and the older "mirror-by-digest-only".
bool serves(const Node& table, const Node& mirror, const Reference& reference) {
  const std::string_view which = field(mirror, "pull-from-mirror");
  if (which == "digest-only" || is_true(table, "mirror-by-digest-only")) {
    return !reference.digest.empty();
  }
  return which != "tag-only" || reference.digest.empty();
}

/// The mirrors of Docker's daemon, which only Docker Hub has, and whom it trusts unasked.
Result<void> read_daemon(const FileSystem& files, const Reference& reference,
                         std::vector<Endpoint>& endpoints) {
  auto text = files.read(kDaemonFile, kMostBytes);
  // That of another user's engine is none of ours.
  if (!text) return {};
  PackageFile file(kDaemonFile, *std::move(text));
  const auto root = file.json();
  if (!root) return tl::unexpected(root.error());
  if (reference.host == kHub && endpoints.size() == 1) {
    std::vector<Endpoint> mirrors;
    for (const std::string& mirror : texts((*root)->find("registry-mirrors"))) {
      const auto url = http::parse_url(mirror);
      if (!url || mirrors.size() == kMostMirrors) continue;
      std::string host = url->host;
      if (url->port != (url->secure ? 443 : 80)) host += ':' + std::to_string(url->port);
      mirrors.push_back({.host = host,
                         .account = host,
                         .repository = reference.repository,
                         .insecure = !url->secure});
    }
    endpoints.insert(endpoints.begin(), mirrors.begin(), mirrors.end());
  }
  for (const std::string& trusted : texts((*root)->find("insecure-registries"))) {
    for (Endpoint& endpoint : endpoints) endpoint.insecure |= endpoint.host == trusted;
  }
  return {};
}

}  // namespace

Result<std::vector<Endpoint>> endpoints_of(const FileSystem& files, const Variable& variable,
                                           const Reference& reference, bool insecure) {
  Configuration configuration(files, variable);
  if (auto read = configuration.read(); !read) return tl::unexpected(read.error());
  const std::string name = reference.host + '/' + reference.repository;
  std::vector<Endpoint> endpoints;
  std::string origin = name;
  bool origin_insecure = insecure;
  if (const Rule* rule = configuration.rule_for(name)) {
    if (is_true(*rule->table, "blocked")) {
      return fail(ErrorCode::kEnvironment, "registries.conf blocks this registry", name);
    }
    for (const Node* mirror : items_of(*rule->table, "mirror")) {
      const std::string_view location = field(*mirror, "location");
      if (location.empty() || endpoints.size() == kMostMirrors) continue;
      if (!serves(*rule->table, *mirror, reference)) continue;
      endpoints.push_back(endpoint_at(moved(name, rule->prefix, location),
                                      insecure || is_true(*mirror, "insecure")));
    }
    origin = moved(name, rule->prefix, field(*rule->table, "location"));
    origin_insecure = insecure || is_true(*rule->table, "insecure");
  }
  endpoints.push_back(endpoint_at(origin, origin_insecure));
  if (auto read = read_daemon(files, reference, endpoints); !read) {
    return tl::unexpected(read.error());
  }
  return endpoints;
}

}  // namespace plimsoll::image::registry
