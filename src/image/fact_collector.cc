#include "image/fact_collector.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kLargest = 8U << 20U;

constexpr std::string_view kPaths[] = {
    "etc/os-release",     "usr/lib/os-release", "etc/passwd",           "etc/group",
    "etc/alpine-release", "etc/debian_version", "etc/apk/repositories", "etc/ld.so.conf",
    "etc/ld.so.preload",
};

constexpr std::string_view kPasswords = "etc/shadow";
constexpr std::string_view kAccounts = "etc/passwd";

/// dpkg writes the files of each package into a list of its own.
constexpr std::string_view kOwned = "var/lib/dpkg/info/";
constexpr std::string_view kSums = "var/lib/dpkg/status.d/";
/// pacman writes them beside each package's description.
constexpr std::string_view kPacman[] = {"var/lib/pacman/local/", "usr/lib/pacman/local/"};
/// Where libraries are looked for.
constexpr std::string_view kLibraryFolders = "etc/ld.so.conf.d/";

/// Old systems keep hashes in etc/passwd itself: "x" stands for them, as it does where they lie
/// elsewhere. Who has none, or cannot log in, stays as it is.
void forget_hashes(std::string& accounts) {
  std::string kept;
  for (const std::string_view line : ascii::split(accounts, '\n')) {
    const std::size_t begin = line.find(':') + 1;
    const std::string_view name = line.substr(0, begin);
    const std::string_view rest = begin == 0 ? line : line.substr(begin);
    const std::string_view password = rest.substr(0, rest.find(':'));
    const bool is_hash =
        begin != 0 && !password.empty() && password[0] != '*' && password[0] != '!';
    if (!kept.empty()) kept += '\n';
    kept += name;
    kept += is_hash ? "x" : password;
    kept += rest.substr(password.size());
  }
  accounts = std::move(kept);
}

}  // namespace

bool is_fact(std::string_view path) {
  if (path.starts_with(kOwned)) return path.ends_with(".list");
  if (path == kPasswords) return true;
  if (path.starts_with(kSums)) return path.ends_with(".md5sums");
  if (path.starts_with(kPacman[0]) || path.starts_with(kPacman[1])) {
    return path.ends_with("/files");
  }
  if (path.starts_with(kLibraryFolders)) return path.ends_with(".conf");
  // musl's: "etc/ld-musl-x86_64.path".
  if (path.starts_with("etc/ld-musl-")) return path.ends_with(".path");
  return std::find(std::begin(kPaths), std::end(kPaths), path) != std::end(kPaths);
}

bool FactCollector::begin(const Entry& entry, std::string_view) {
  if (entry.size > kLargest || !is_fact(entry.path)) return false;
  kept_ = &into_[entry.path];
  kept_->clear();
  passwords_.reset();
  if (entry.path == kPasswords) passwords_.emplace(*kept_);
  return true;
}

void FactCollector::end(const Entry& entry, bool) {
  if (entry.path == kAccounts) forget_hashes(*kept_);
}

void FactCollector::piece(std::string_view bytes) {
  if (passwords_) {
    passwords_->piece(bytes);
  } else {
    *kept_ += bytes;
  }
}

}  // namespace plimsoll::image
