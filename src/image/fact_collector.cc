#include "image/fact_collector.h"

#include <algorithm>

namespace plimsoll::image {
namespace {

constexpr std::size_t kLargest = 8U << 20U;

constexpr std::string_view kPaths[] = {
    "etc/os-release",     "usr/lib/os-release", "etc/passwd",           "etc/group",
    "etc/alpine-release", "etc/debian_version", "etc/apk/repositories", "etc/ld.so.conf",
    "etc/ld.so.preload",
};

constexpr std::string_view kPasswords = "etc/shadow";

/// dpkg writes the files of each package into a list of its own.
constexpr std::string_view kOwned = "var/lib/dpkg/info/";
constexpr std::string_view kSums = "var/lib/dpkg/status.d/";
/// Where libraries are looked for.
constexpr std::string_view kLibraryFolders = "etc/ld.so.conf.d/";

}  // namespace

bool is_fact(std::string_view path) {
  if (path.starts_with(kOwned)) return path.ends_with(".list");
  if (path == kPasswords) return true;
  if (path.starts_with(kSums)) return path.ends_with(".md5sums");
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

void FactCollector::piece(std::string_view bytes) {
  if (passwords_) {
    passwords_->piece(bytes);
  } else {
    *kept_ += bytes;
  }
}

}  // namespace plimsoll::image
