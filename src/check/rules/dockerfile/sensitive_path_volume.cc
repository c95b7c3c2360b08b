#include <algorithm>
#include <iterator>

#include "check/rule.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "sensitive-path-volume",
    .title = "WORKDIR or VOLUME is a system folder",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kNone,
    .aliases = "trivy:DS-0030 dockle:DKL-DI-0002",
    .why =
        "A working directory below /proc has been a way out of the container (CVE-2024-21626), and "
        "a volume over a system folder outlives the image: its programs are never updated again.",
    .fix_note = "Use a folder of the application's own, such as /app or /data.",
    .sources =
        "https://nvd.nist.gov/vuln/detail/CVE-2024-21626 "
        "https://docs.docker.com/reference/dockerfile/#workdir",
};

/// These and everything below belong to the kernel or the boot loader.
constexpr std::string_view kKernelFolders[] = {"/proc", "/sys",    "/dev",
                                               "/boot", "/initrd", "/lost+found"};
/// The folders themselves hold what the image is; a folder below may well be data.
constexpr std::string_view kImageFolders[] = {"/",     "/bin", "/sbin",     "/lib",      "/lib64",
                                              "/usr",  "/etc", "/usr/bin",  "/usr/sbin", "/usr/lib",
                                              "/root", "/var", "/usr/local"};

bool is_kernel_folder(std::string_view folder) {
  if (path::is_within(folder, "/dev/shm") || path::is_within(folder, "/dev/mqueue")) return false;
  return std::any_of(std::begin(kKernelFolders), std::end(kKernelFolders),
                     [&](std::string_view each) { return path::is_within(folder, each); });
}

std::string_view without_slash(std::string_view folder) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
  return folder;
}

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  const bool volume = instruction.keyword == dockerfile::Keyword::kVolume;
  if (!volume && instruction.keyword != dockerfile::Keyword::kWorkdir) return;
  for (const dockerfile::Word& word : instruction.words) {
    const std::string_view folder = without_slash(word.value);
    if (is_kernel_folder(folder)) {
      sink.report(word.span,
                  "'" + std::string(folder) + "' belongs to the kernel or the host, " +
                      (volume ? "and is no place for a volume" : "and is no place to work in"));
    } else if (volume && std::find(std::begin(kImageFolders), std::end(kImageFolders), folder) !=
                             std::end(kImageFolders)) {
      sink.report(word.span, "the volume '" + std::string(folder) + "' hides what the image ships")
          .severity = Severity::kMedium;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a way out", .before = "FROM debian:12\nWORKDIR «\"/proc/self/fd/8\"»\n"},
    {.name = "the kernel's settings", .before = "FROM debian:12\nVOLUME /data «/sys/fs/cgroup/»\n"},
    {.name = "all of /etc", .before = "FROM debian:12\nVOLUME [«\"/etc\"»]\n"},
    {.name = "an application's configuration", .before = "FROM debian:12\nVOLUME /etc/nginx\n"},
    {.name = "names that only begin so", .before = "FROM debian:12\nWORKDIR /development\n"},
    {.name = "where sources go", .before = "FROM debian:12\nWORKDIR /usr/src/app\n"},
    {.name = "the root to work in", .before = "FROM debian:12\nWORKDIR /\n"},
    {.name = "shared memory", .before = "FROM debian:12\nVOLUME /dev/shm\n"},
};

}  // namespace

const Rule& sensitive_path_volume() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
