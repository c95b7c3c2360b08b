#include "check/sensitive_path.h"

#include <string>

#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::check {
namespace {

constexpr Severity kCritical = Severity::kCritical;
constexpr Severity kHigh = Severity::kHigh;
constexpr Severity kMedium = Severity::kMedium;
constexpr Severity kLow = Severity::kLow;
constexpr Severity kHarmless = Severity::kInfo;

enum class Match : std::uint8_t { kItself, kTree };

struct Row {
  std::string_view path;
  Match match;
  SensitivePath what;
};

constexpr std::string_view kSockets = "the sockets of the container engine and of systemd";
constexpr std::string_view kPrograms = "the programs that root runs on the host";
constexpr std::string_view kLayers = "the files of every container";
constexpr std::string_view kCron = "the jobs that root runs on the host";

// Only what is worth something by itself: /etc/app.conf is an application's own file, /etc is not.
// The first match wins.
constexpr Row kRows[] = {
    {"/", Match::kItself, {kCritical, kHigh, "the whole host"}},
    {"/etc", Match::kItself, {kCritical, kHigh, "the host's accounts, keys and cron jobs"}},
    {"/etc/shadow", Match::kTree, {kCritical, kHigh, "the host's password hashes"}},
    {"/etc/gshadow", Match::kTree, {kCritical, kHigh, "the host's password hashes"}},
    {"/etc/passwd", Match::kTree, {kHigh, kHarmless, "the host's accounts"}},
    {"/etc/group", Match::kTree, {kHigh, kHarmless, "the host's groups"}},
    {"/etc/sudoers", Match::kTree, {kCritical, kMedium, "who may be root on the host"}},
    {"/etc/sudoers.d", Match::kTree, {kCritical, kMedium, "who may be root on the host"}},
    {"/etc/crontab", Match::kTree, {kCritical, kHarmless, kCron}},
    {"/etc/cron.d", Match::kTree, {kCritical, kHarmless, kCron}},
    {"/etc/cron.daily", Match::kTree, {kCritical, kHarmless, kCron}},
    {"/etc/cron.hourly", Match::kTree, {kCritical, kHarmless, kCron}},
    {"/var/spool/cron", Match::kTree, {kCritical, kHarmless, kCron}},
    {"/etc/systemd", Match::kTree, {kCritical, kHarmless, "the services of the host"}},
    {"/etc/ld.so.preload", Match::kTree, {kCritical, kHarmless, kPrograms}},
    {"/etc/pam.d", Match::kTree, {kCritical, kHarmless, "how people log in to the host"}},
    {"/etc/ssh", Match::kTree, {kCritical, kHigh, "the host's SSH keys"}},
    {"/etc/kubernetes", Match::kTree, {kCritical, kHigh, "the node's cluster credentials"}},
    {"/etc/docker", Match::kTree, {kHigh, kHarmless, "the Docker daemon's configuration"}},
    {"/root", Match::kItself, {kCritical, kHigh, "root's keys and history"}},
    {"/home", Match::kItself, {kHigh, kHigh, "the keys and files of every user"}},
    {"/boot", Match::kTree, {kCritical, kMedium, "the host's kernel"}},
    {"/proc", Match::kItself, {kCritical, kMedium, "the host's processes and kernel settings"}},
    {"/proc/1", Match::kTree, {kCritical, kHigh, "the host's first process"}},
    {"/proc/sys", Match::kTree, {kCritical, kHarmless, "the host's kernel settings"}},
    {"/proc/sysrq-trigger", Match::kItself, {kHigh, kHarmless, "the switch to crash the host"}},
    {"/sys", Match::kItself, {kHigh, kMedium, "the host's kernel and device settings"}},
    {"/sys/kernel/debug", Match::kTree, {kHigh, kMedium, "the host kernel's internals"}},
    {"/sys/kernel/security", Match::kTree, {kHigh, kHarmless, "the host's security modules"}},
    {"/sys/fs/cgroup", Match::kItself, {kMedium, kHarmless, "every control group of the host"}},
    // A device is not made read-only by a read-only mount.
    {"/dev", Match::kItself, {kHigh, kHigh, "the host's devices"}},
    {"/dev/mem", Match::kItself, {kHigh, kHigh, "the host's memory"}},
    {"/run", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/var/run", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/run/containerd", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/var/run/containerd", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/run/crio", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/var/run/crio", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/run/podman", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/run/systemd", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/run/systemd/private", Match::kItself, {kCritical, kCritical, kSockets}},
    {"/run/dbus", Match::kTree, {kMedium, kMedium, "the host's system bus"}},
    {"/var/run/dbus", Match::kTree, {kMedium, kMedium, "the host's system bus"}},
    {"/var", Match::kItself, {kCritical, kHigh, kLayers}},
    {"/var/lib", Match::kItself, {kCritical, kHigh, kLayers}},
    {"/var/lib/docker", Match::kItself, {kCritical, kHigh, kLayers}},
    {"/var/lib/docker", Match::kTree, {kHigh, kMedium, "the files of other containers"}},
    {"/var/lib/containerd", Match::kItself, {kCritical, kHigh, kLayers}},
    {"/var/lib/containerd", Match::kTree, {kHigh, kMedium, "the files of other containers"}},
    {"/var/lib/containers", Match::kItself, {kCritical, kHigh, kLayers}},
    {"/var/lib/kubelet", Match::kItself, {kCritical, kHigh, "the secrets of every pod"}},
    {"/var/lib/kubelet/pki", Match::kTree, {kCritical, kHigh, "the node's credentials"}},
    {"/var/lib/kubelet", Match::kTree, {kMedium, kMedium, "files of other pods"}},
    {"/var/lib/etcd", Match::kTree, {kCritical, kHigh, "the secrets of the cluster"}},
    {"/var/log", Match::kItself, {kMedium, kHarmless, "the host's logs"}},
    {"/usr", Match::kItself, {kCritical, kLow, kPrograms}},
    {"/usr/bin", Match::kItself, {kCritical, kLow, kPrograms}},
    {"/usr/sbin", Match::kItself, {kCritical, kLow, kPrograms}},
    {"/usr/local/bin", Match::kItself, {kCritical, kHarmless, kPrograms}},
    {"/usr/local/sbin", Match::kItself, {kCritical, kHarmless, kPrograms}},
    {"/bin", Match::kItself, {kCritical, kLow, kPrograms}},
    {"/sbin", Match::kItself, {kCritical, kLow, kPrograms}},
    {"/lib", Match::kItself, {kCritical, kLow, kPrograms}},
    {"/lib64", Match::kItself, {kCritical, kLow, kPrograms}},
    {"/usr/lib", Match::kItself, {kCritical, kLow, kPrograms}},
    {"/lib/modules", Match::kTree, {kHigh, kHarmless, "the host's kernel modules"}},
    {"/usr/lib/modules", Match::kTree, {kHigh, kHarmless, "the host's kernel modules"}},
    {"C:", Match::kItself, {kCritical, kHigh, "the whole host"}},
};

/// Folders in somebody's home that hold keys.
struct KeyFolder {
  std::string_view name;
  SensitivePath what;
};
constexpr KeyFolder kKeyFolders[] = {
    {".ssh", {kCritical, kHigh, "somebody's SSH keys"}},
    {".gnupg", {kHigh, kHigh, "somebody's signing keys"}},
    {".aws", {kHigh, kHigh, "somebody's cloud credentials"}},
    {".azure", {kHigh, kHigh, "somebody's cloud credentials"}},
    {".kube", {kHigh, kHigh, "somebody's cluster credentials"}},
    {".docker", {kHigh, kMedium, "somebody's registry credentials"}},
};

bool in_a_home(std::string_view path) {
  return path.starts_with("~/") || path.starts_with("/home/") || path.starts_with("/root/") ||
         path.starts_with("/Users/") || path.starts_with("${HOME") || path.starts_with("$HOME");
}

bool has_component(std::string_view path, std::string_view name) {
  for (std::size_t at = path.find(name); at != std::string_view::npos;
       at = path.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool starts = at > 0 && path[at - 1] == '/';
    if (starts && (end == path.size() || path[end] == '/')) return true;
  }
  return false;
}

const SensitivePath* find_keys(std::string_view path) {
  if (!in_a_home(path)) return nullptr;
  for (const KeyFolder& folder : kKeyFolders) {
    if (has_component(path, folder.name)) return &folder.what;
  }
  return nullptr;
}

std::string_view without_end_slashes(std::string_view path) {
  while (path.size() > 1 && (path.back() == '/' || path.back() == '\\')) path.remove_suffix(1);
  return path;
}

}  // namespace

const SensitivePath* find_sensitive_path(std::string_view written) {
  std::string normal;
  std::string_view path = without_end_slashes(written);
  const bool odd = ascii::contains(path, "//") || ascii::contains(path, "/.");
  if (path.starts_with('/') && odd) path = normal = path::normalize(path);
  for (const Row& row : kRows) {
    const bool is_drive = row.path == "C:" && ascii::iequals(path, row.path);
    if (path == row.path || is_drive) return &row.what;
    if (row.match == Match::kTree && path.size() > row.path.size() && path.starts_with(row.path) &&
        path[row.path.size()] == '/') {
      return &row.what;
    }
  }
  return find_keys(path);
}

}  // namespace plimsoll::check
