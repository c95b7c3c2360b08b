#include <string>

#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "device-exposed",
    .title = "A device that reaches past the container is exposed",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "compose-lint:CL-0016 cis-docker:5.18",
    .why =
        "Through a disk's device every file of the host can be read and written, whatever the "
        "permissions say.",
    .fix_note =
        "Mount the folder that is needed instead. Health tools for disks do need the device; read "
        "permission (:r) is enough for them.",
    .sources =
        "https://docs.docker.com/engine/containers/run/ "
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
};

struct Device {
  std::string_view prefix;
  bool whole;   ///< just this, not what starts so
  bool letter;  ///< a letter must follow: sda, not sdX of another driver
  Severity severity;
  std::string_view is;
};

constexpr std::string_view kDisk = "a disk of the host";
constexpr Device kDevices[] = {
    {"/dev", true, false, Severity::kCritical, "every device of the host"},
    {"/dev/sd", false, true, Severity::kHigh, kDisk},
    {"/dev/hd", false, true, Severity::kHigh, kDisk},
    {"/dev/vd", false, true, Severity::kHigh, kDisk},
    {"/dev/xvd", false, true, Severity::kHigh, kDisk},
    {"/dev/nvme", false, false, Severity::kHigh, kDisk},
    {"/dev/mmcblk", false, false, Severity::kHigh, kDisk},
    {"/dev/dm-", false, false, Severity::kHigh, kDisk},
    {"/dev/md/", false, false, Severity::kHigh, kDisk},
    {"/dev/mapper/", false, false, Severity::kHigh, kDisk},
    {"/dev/disk/", false, false, Severity::kHigh, kDisk},
    {"/dev/rbd", false, false, Severity::kHigh, kDisk},
    {"/dev/zfs", true, false, Severity::kHigh, "the pools of disks of the host"},
    {"/dev/loop", false, false, Severity::kHigh, "any image can be used as a disk"},
    {"/dev/mem", true, false, Severity::kCritical, "the host's memory"},
    {"/dev/kmem", true, false, Severity::kCritical, "the host's memory"},
    {"/dev/port", true, false, Severity::kCritical, "the host's hardware"},
    {"/dev/kmsg", true, false, Severity::kMedium, "the host's kernel log"},
};

bool matches(const Device& device, std::string_view path) {
  if (device.whole) return path == device.prefix;
  if (!path.starts_with(device.prefix)) return false;
  return !device.letter ||
         (path.size() > device.prefix.size() && ascii::is_lower(path[device.prefix.size()]));
}

const Device* find_device(std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  for (const Device& device : kDevices) {
    if (matches(device, path)) return &device;
  }
  return nullptr;
}

void check(const Workload& workload, Sink& sink) {
  for (const Item& item : workload.devices.items) {
    const std::string_view host = std::string_view(item.value).substr(0, item.value.find(':'));
    const Device* device = find_device(host);
    if (device == nullptr) continue;
    Finding& finding = sink.report(
        item.place, "'" + std::string(host) + "' is exposed: " + std::string(device->is));
    finding.severity = device->severity;
    remedy(finding, "take the device away", spelling::take_out(workload, item.place),
           FixSafety::kUnsafe);
  }
  for (const Item& item : workload.device_cgroup_rules.items) {
    if (!ascii::contains(item.value, "*:*") || item.value.starts_with('c')) continue;
    sink.report(item.place, "the rule '" + item.value + "' allows every disk of the host");
  }
}

constexpr Example kExamples[] = {
    {.name = "a disk",
     .before = "services:\n  web:\n    image: nginx:1.27\n    devices:\n"
               "      - «/dev/sda:/dev/sda»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "memory",
     .before = "services:\n  web:\n    image: nginx:1.27\n    devices:\n      - «/dev/mem»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "every device",
     .before = "services:\n  web:\n    image: nginx:1.27\n    devices:\n      - «/dev:/dev»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "every disk by rule",
     .before = "services:\n  web:\n    image: nginx:1.27\n    device_cgroup_rules:\n"
               "      - «b *:* rwm»\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --device=«/dev/nvme0n1» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "devices of no danger",
     .before = "services:\n  web:\n    image: nginx:1.27\n    devices:\n      - /dev/dri:/dev/dri\n"
               "      - /dev/net/tun\n      - /dev/ttyUSB0\n      - /dev/snd\n"},
};

}  // namespace

const Rule& device_exposed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
