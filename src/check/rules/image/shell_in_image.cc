#include <string>
#include <vector>

#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "shell-in-image",
    .title = "The image has a shell",
    .severity = Severity::kInfo,
    .control = Control::kMinimalBaseImage,
    .aliases = "cis-docker:4.3",
    .why =
        "Most attacks on a container go on in a shell: command injection needs one, and so does "
        "whoever got in. A program that is started directly needs none.",
    .fix_note =
        "Ship on a base without a shell (distroless, scratch) and start the program with the exec "
        "form; debug with docker debug or an ephemeral container.",
    .sources = "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
};

constexpr std::string_view kShells[] = {"sh",  "bash", "ash",  "dash",   "busybox",
                                        "zsh", "ksh",  "fish", "toybox", "pwsh"};

void check(const image::Inventory& image, Sink& sink) {
  const std::vector<ImageItem> found = find_programs(image, kShells);
  if (found.empty()) return;
  report_files(image, found, "the image has the shell " + name_paths(found), sink);
}

constexpr Example kExamples[] = {
    {.name = "BusyBox",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwxr-xr-x 0:0 9 «bin/busybox»\n"
               "lrwxrwxrwx 0:0 0 bin/sh -> /bin/busybox\n"},
    {.name = "Debian's",
     .before = "config {}\nlayer ADD rootfs.tar /\nlrwxrwxrwx 0:0 0 bin -> usr/bin\n"
               "-rwxr-xr-x 0:0 9 «usr/bin/dash»\nlrwxrwxrwx 0:0 0 usr/bin/sh -> dash\n"},
    {.name = "none", .before = "config {}\nlayer COPY app /app\n-rwxr-xr-x 0:0 9 app\n"},
};

}  // namespace

const Rule& shell_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
