#include "check/secret_file.h"

#include <algorithm>
#include <iterator>

#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll {
namespace {

struct Known {
  std::string_view name;
  SecretFile file;
};

constexpr Known kNames[] = {
    {"id_rsa", {"an SSH private key", true}},
    {"id_dsa", {"an SSH private key", true}},
    {"id_ecdsa", {"an SSH private key", true}},
    {"id_ed25519", {"an SSH private key", true}},
    {".git-credentials", {"Git credentials", true}},
    {".netrc", {"logins of remote hosts", true}},
    {"_netrc", {"logins of remote hosts", true}},
    {".pgpass", {"PostgreSQL passwords", true}},
    {".my.cnf", {"a MySQL password", false}},
    {".dockercfg", {"registry credentials", true}},
    {".pypirc", {"credentials of a package index", true}},
    {".s3cfg", {"S3 credentials", true}},
    {".boto", {"cloud credentials", true}},
    {".vault-token", {"a Vault token", true}},
    {"kubeconfig", {"Kubernetes credentials", true}},
    {"credentials.json", {"credentials", true}},
    {"service-account.json", {"a service account's key", true}},
    {"serviceaccount.json", {"a service account's key", true}},
    {"service_account.json", {"a service account's key", true}},
    {"terraform.tfstate", {"Terraform's state, which holds secrets in plain text", true}},
    {"master.key", {"the key of Rails' credentials", true}},
    {".npmrc", {"possibly an npm token", false}},
    {".yarnrc.yml", {"possibly an npm token", false}},
    {".env", {"an environment file", true}},
};

constexpr Known kFolders[] = {
    {".ssh", {"SSH keys", true}},
    {".aws", {"AWS credentials", true}},
    {".gnupg", {"OpenPGP keys", true}},
    {".kube", {"Kubernetes credentials", true}},
    {".azure", {"Azure credentials", true}},
};

/// Of the folders above, what is no secret.
constexpr std::string_view kHarmless[] = {
    "authorized_keys", "known_hosts", "known_hosts.old", "cli", "gpg.conf", "dirmngr.conf",
};

constexpr std::string_view kSampleWords[] = {"example", "sample", "template", "dist",
                                             "default", ".tpl",   "dummy",    "schema"};
constexpr std::string_view kPublicWords[] = {"cert", "chain", "ca.",     "ca-",    "-ca",   "_ca",
                                             "pub",  "root",  "dhparam", "bundle", "trust", "crt"};
/// Keys of package repositories are public, and called .key as well.
constexpr std::string_view kSigningWords[] = {"sign", "gpg", "apt", "archive", "repo", "release"};
constexpr std::string_view kPrivateWords[] = {"server", "priv", "tls", "ssl"};

bool holds_one_of(std::string_view text, const auto& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](std::string_view word) { return ascii::icontains(text, word); });
}

bool ends_with(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() &&
         ascii::iequals(text.substr(text.size() - ending.size()), ending);
}

std::optional<SecretFile> by_folder(std::string_view path, std::string_view name) {
  for (const Known& known : kFolders) {
    if (name == known.name) return known.file;
    if (path::name(path::folder(path)) != known.name) continue;
    // ~/.ssh/config and ~/.aws/config say where to connect; ~/.kube/config holds the keys.
    if (name == "config" && known.name != ".kube") return std::nullopt;
    if (std::find(std::begin(kHarmless), std::end(kHarmless), name) != std::end(kHarmless)) {
      return std::nullopt;
    }
    if (ends_with(name, ".pub")) return std::nullopt;
    return known.file;
  }
  if (name == "config.json" && path::name(path::folder(path)) == ".docker") {
    return SecretFile{"registry credentials", true};
  }
  return std::nullopt;
}

std::optional<SecretFile> by_ending(std::string_view name) {
  if (ends_with(name, ".p12") || ends_with(name, ".pfx")) {
    return SecretFile{"a certificate with its private key", true};
  }
  if (ends_with(name, ".kdbx")) return SecretFile{"a password store", true};
  if (ends_with(name, ".ppk")) return SecretFile{"an SSH private key", true};
  if (ends_with(name, ".key")) {
    if (holds_one_of(name, kSigningWords)) return std::nullopt;
    return SecretFile{"a private key", holds_one_of(name, kPrivateWords)};
  }
  if (!ends_with(name, ".pem")) return std::nullopt;
  if (ascii::icontains(name, "key") && !ascii::icontains(name, "pub")) {
    return SecretFile{"a private key", true};
  }
  if (holds_one_of(name, kPublicWords)) return std::nullopt;
  return SecretFile{"possibly a private key", false};
}

}  // namespace

std::optional<SecretFile> secret_file(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  std::string_view name = path::name(path);
  // package.json .npmrc*: the star only makes the file optional
  while (name.ends_with('*') && name.size() > 1) name.remove_suffix(1);
  if (name.size() < 4 || holds_one_of(name, kSampleWords)) return std::nullopt;
  for (const Known& known : kNames) {
    if (name == known.name) return known.file;
  }
  if (name.starts_with(".env.")) return SecretFile{"an environment file", false};
  if (auto found = by_folder(path, name)) return found;
  return by_ending(name);
}

std::string container_path(std::string_view folder, std::string_view path) {
  for (const std::string_view home : {"~", "$HOME", "${HOME}"}) {
    if (path == home) return "/root";
    if (path.starts_with(home) && path.substr(home.size()).starts_with('/')) {
      return path::join("/root", path.substr(home.size() + 1));
    }
  }
  return path::join(folder.empty() ? std::string_view("/") : folder, path);
}

}  // namespace plimsoll
