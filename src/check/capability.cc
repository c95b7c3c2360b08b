#include "check/capability.h"

#include <algorithm>
#include <array>

namespace plimsoll::check {
namespace {

constexpr DangerousCapability kDangerous[] = {
    {"ALL", Severity::kCritical, "hold every capability there is"},
    {"SYS_ADMIN", Severity::kCritical, "mount file systems and leave the container"},
    {"SYS_MODULE", Severity::kCritical, "load code into the host's kernel"},
    {"SYS_RAWIO", Severity::kCritical, "read and write the host's memory and disks"},
    {"BPF", Severity::kHigh, "load programs into the host's kernel"},
    {"CHECKPOINT_RESTORE", Severity::kMedium, "choose process ids and read other processes"},
    {"DAC_READ_SEARCH", Severity::kHigh, "read any file of the host by its handle"},
    {"MAC_ADMIN", Severity::kHigh, "change the host's mandatory access policy"},
    {"MAC_OVERRIDE", Severity::kHigh, "ignore the host's mandatory access policy"},
    {"NET_ADMIN", Severity::kMedium, "change routes and firewall rules of its network"},
    {"PERFMON", Severity::kMedium, "watch the kernel and every process of the host"},
    {"SYS_BOOT", Severity::kHigh, "start another kernel on the host"},
    {"SYS_PTRACE", Severity::kMedium, "read and change the memory of other processes"},
    {"SYS_TIME", Severity::kMedium, "set the host's clock"},
    {"SYSLOG", Severity::kMedium, "read the host's kernel log and its addresses"},
};

constexpr std::array<std::string_view, 11> kEveryEngine = {
    "CHOWN",   "DAC_OVERRIDE", "FOWNER",  "FSETID", "KILL",      "NET_BIND_SERVICE",
    "SETFCAP", "SETGID",       "SETPCAP", "SETUID", "SYS_CHROOT"};
// Podman 4 and CRI-O took these out.
constexpr std::array<std::string_view, 3> kDockerOnly = {"AUDIT_WRITE", "MKNOD", "NET_RAW"};

bool is_docker(Form form) {
  return form == Form::kCompose || form == Form::kDockerRun || form == Form::kInspect;
}

template <class List>
bool holds(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

const DangerousCapability* find_dangerous_capability(std::string_view name) {
  for (const DangerousCapability& one : kDangerous) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

bool is_default_capability(std::string_view name, Form form) {
  return holds(kEveryEngine, name) || (is_docker(form) && holds(kDockerOnly, name));
}

}  // namespace plimsoll::check
