#include "image/registry/credentials.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/path.h"
#include "image/node_field.h"
#include "image/package_file.h"

namespace plimsoll::image::registry {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;
/// Docker Hub's key since before registries had version 2.
constexpr std::string_view kDockerHub = "https://index.docker.io/v1/";

/// "host/team" of "https://host/v1/" and "host/team/".
std::string plain_key(std::string_view key) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (key.starts_with(scheme)) key.remove_prefix(scheme.size());
  }
  while (key.ends_with('/')) key.remove_suffix(1);
  for (const std::string_view version : {"/v1", "/v2"}) {
    if (key.ends_with(version)) key.remove_suffix(version.size());
  }
  const std::size_t slash = std::min(key.find('/'), key.size());
  const std::string host = ascii::lower(key.substr(0, slash));
  const bool is_hub = host == "index.docker.io" || host == "registry-1.docker.io";
  return (is_hub ? "docker.io" : host) + std::string(key.substr(slash));
}

/// The entry that names the most of "host/team/app".
const Node* entry_for(const Node& root, std::string_view section, const std::string& name) {
  const Node* best = nullptr;
  std::size_t longest = 0;
  for (const Node::Entry& entry : entries_of(root, section)) {
    const std::string key = plain_key(entry.key->str());
    const bool fits = name == key || name.starts_with(key + '/');
    if (!fits || key.size() <= longest) continue;
    longest = key.size();
    best = entry.value;
  }
  return best;
}

/// Nothing where the entry only says that a helper knows.
Result<std::optional<Credential>> read_entry(const Node& entry, const std::string& path) {
  Credential credential{.user = std::string(field(entry, "username")),
                        .password = std::string(field(entry, "password")),
                        .identity_token = std::string(field(entry, "identitytoken")),
                        .registry_token = std::string(field(entry, "registrytoken"))};
  if (const std::string_view both = field(entry, "auth"); !both.empty()) {
    const auto decoded = decode_base64(both);
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) {
      return fail(ErrorCode::kInvalid, "an 'auth' is not base64 of USER:PASSWORD", path);
    }
    credential.user = decoded->substr(0, colon);
    credential.password = decoded->substr(colon + 1);
  }
  if (credential.user.empty() && credential.identity_token.empty() &&
      credential.registry_token.empty()) {
    return std::nullopt;
  }
  return credential;
}

}  // namespace

std::vector<std::string> Credentials::paths() const {
  std::vector<std::string> paths;
  const auto add = [&](const char* name, std::string_view rest) {
    if (const std::string folder = variable_(name); !folder.empty()) {
      paths.push_back(rest.empty() ? folder : path::join(folder, rest));
    }
  };
  add("REGISTRY_AUTH_FILE", "");
  if (variable_("DOCKER_CONFIG").empty()) {
    add("HOME", ".docker/config.json");
  } else {
    add("DOCKER_CONFIG", "config.json");
  }
  add("XDG_RUNTIME_DIR", "containers/auth.json");
  if (variable_("XDG_CONFIG_HOME").empty()) {
    add("HOME", ".config/containers/auth.json");
  } else {
    add("XDG_CONFIG_HOME", "containers/auth.json");
  }
  return paths;
}

Result<std::optional<Credential>> Credentials::find(const std::string& host,
                                                    const std::string& repository) const {
  const std::string name = ascii::lower(host) + '/' + repository;
  for (const std::string& path : paths()) {
    auto text = files_.read(path, kMostBytes);
    if (!text && text.error().code == ErrorCode::kNotFound) continue;
    if (!text) return tl::unexpected(std::move(text).error().in("reading credentials"));
    if (ascii::trim(*text).empty()) continue;
    PackageFile file(path, *std::move(text));
    const auto root = file.json();
    if (!root) return tl::unexpected(Error(root.error()).in("reading credentials"));
    // Docker's order: the host's helper, the helper of all, what is written here.
    const Node* helper = entry_for(**root, "credHelpers", ascii::lower(host));
    std::string program(helper != nullptr ? helper->str() : field(**root, "credsStore"));
    if (!program.empty()) {
      auto known = ask_(program, host == "docker.io" ? std::string(kDockerHub) : host);
      if (!known || *known) return known;
    }
    if (const Node* entry = entry_for(**root, "auths", name)) {
      auto credential = read_entry(*entry, path);
      if (!credential || *credential) return credential;
    }
  }
  return std::nullopt;
}

}  // namespace plimsoll::image::registry
