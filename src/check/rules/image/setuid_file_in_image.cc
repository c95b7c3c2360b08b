#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "check/word_list.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "setuid-file-in-image",
    .title = "Programs of the image run as another account than who starts them",
    .severity = Severity::kHigh,
    .control = Control::kNonRootUser,
    .enabled = true,
    .aliases = "dockle:CIS-DI-0008 cis-docker:4.8",
    .why =
        "A mistake in a set-uid program makes whoever starts it root, and a shell or interpreter "
        "with that bit does so without any mistake. USER is no protection then.",
    .fix_note =
        "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} + before USER, and run the "
        "container with no-new-privileges.",
    .sources =
        "https://docs.docker.com/engine/security/ https://www.cisecurity.org/benchmark/docker "
        "https://gtfobins.github.io",
};

/// Come with the base system and have been looked at for decades.
constexpr WordList kBase =
    "arping bbsuid bsd-write chage chfn chsh crontab dbus-daemon-launch-helper expiry fusermount "
    "fusermount3 gpasswd grub2-set-bootflag mount newgidmap newgrp newuidmap "
    "pam_extrausers_chkpwd pam_timestamp_check passwd ping ping6 pkexec polkit-agent-helper-1 sg "
    "ssh-agent ssh-keysign su umount unix2_chkpwd unix_chkpwd userhelper utempter wall write "
    "write.ul";

/// Start a shell, read or write any file for whoever starts them with the bit.
constexpr WordList kOpenDoors =
    "ash awk base64 bash busybox cat chmod chown cp curl dash dd docker ed emacs env find gawk gcc "
    "gdb git ksh less lua make mawk more mv nano nc node nsenter perl php python python2 python3 "
    "rsync ruby sed setpriv sh socat strace tar tclsh tee unshare vi vim wget xargs zsh";

constexpr std::uint32_t kSetUser = 04000;
constexpr std::uint32_t kSetGroup = 02000;

/// "python3" of "python3.11".
std::string_view without_version(std::string_view name) {
  const std::size_t dot = name.find('.');
  return dot != std::string_view::npos && dot > 0 && ascii::is_digit(name[dot - 1])
             ? name.substr(0, dot)
             : name;
}

Severity severity_of(const std::string& path, const image::Entry& entry) {
  const std::string_view name = path::name(path);
  const bool makes_root = (entry.mode & kSetUser) != 0 && entry.user == 0;
  if (makes_root && kOpenDoors.has(without_version(name))) return Severity::kHigh;
  if (kBase.has(name)) return Severity::kInfo;
  return makes_root ? Severity::kMedium : Severity::kLow;
}

std::string mode_of(const image::Entry& entry) {
  std::string text = "mode ";
  for (int shift = 9; shift >= 0; shift -= 3) {
    text += static_cast<char>('0' + ((entry.mode >> static_cast<unsigned>(shift)) & 7U));
  }
  return text + ", owner " + std::to_string(entry.user) + ':' + std::to_string(entry.group);
}

void check(const image::Inventory& image, Sink& sink) {
  std::array<std::vector<ImageItem>, 4> by_severity;
  image.tree.for_each([&](const std::string& path, image::EntryId id) {
    const image::Entry& entry = image.tree.entry(id);
    if ((entry.mode & (kSetUser | kSetGroup)) == 0 || !is_executable(entry)) return;
    by_severity[static_cast<std::size_t>(severity_of(path, entry))].push_back(
        {path, id.layer, mode_of(entry)});
  });
  std::vector<ImageItem> files;
  Severity worst = Severity::kInfo;
  for (std::size_t i = by_severity.size(); i-- > 0;) {
    if (!by_severity[i].empty()) worst = std::max(worst, static_cast<Severity>(i));
    std::move(by_severity[i].begin(), by_severity[i].end(), std::back_inserter(files));
  }
  if (files.empty()) return;
  report_files(
      image, files,
      "the image has " +
          (files.size() == 1 ? std::string("a set-uid or set-gid program")
                             : std::to_string(files.size()) + " set-uid or set-gid programs") +
          ": " + name_paths(files),
      sink)
      .severity = worst;
}

constexpr Example kExamples[] = {
    {.name = "an interpreter",
     .before = "config {}\nlayer RUN chmod u+s /usr/bin/python3.11\n"
               "-rwsr-xr-x 0:0 5000 «usr/bin/python3.11»\n"},
    {.name = "the worst comes first",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwsr-xr-x 0:0 70 usr/bin/mount\n"
               "-rwsr-xr-x 0:0 71 usr/bin/su\nlayer COPY helper /opt/helper\n"
               "-rwsr-xr-x 0:0 9 «opt/helper»\n"},
    {.name = "set-gid",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwxr-sr-x 0:42 70 «usr/sbin/unix_chkpwd»\n"},
    {.name = "nobody may execute it, and a folder that passes its group on",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwSr--r-- 0:0 70 usr/lib/x\n"
               "drwxrwsr-x 0:50 0 var/local\n"},
    {.name = "taken away above",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwsr-xr-x 0:0 70 usr/bin/su\n"
               "layer RUN chmod a-s /usr/bin/su\n-rwxr-xr-x 0:0 70 usr/bin/su\n"},
};

}  // namespace

const Rule& setuid_file_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
