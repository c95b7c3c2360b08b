#include <string>
#include <vector>

#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "package-manager-in-image",
    .title = "The image can install software",
    .severity = Severity::kInfo,
    .control = Control::kMinimalBaseImage,
    .aliases = "cis-docker:4.3",
    .why =
        "A package manager is what an intruder fetches his tools with, and a running container "
        "that is changed by hand is no longer what was built and scanned.",
    .fix_note =
        "Ship on a base without one (distroless, Chainguard, scratch), or remove it in the last "
        "layer where the base is your own.",
    .sources = "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
};

// The operating system's first.
constexpr std::string_view kManagers[] = {
    "apt-get", "apk",  "dnf", "microdnf", "yum", "zypper", "pacman", "tdnf", "opkg",    "emerge",
    "pip",     "pip3", "npm", "yarn",     "gem", "conda",  "cargo",  "go",   "composer"};

void check(const image::Inventory& image, Sink& sink) {
  const std::vector<ImageItem> found = find_programs(image, kManagers);
  if (found.empty()) return;
  report_files(image, found, "the image can install software with " + name_paths(found), sink);
}

constexpr Example kExamples[] = {
    {.name = "Debian's",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwxr-xr-x 0:0 9 «usr/bin/apt-get»\n"},
    {.name = "two names of one",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwxr-xr-x 0:0 9 «usr/bin/dnf-3»\n"
               "lrwxrwxrwx 0:0 0 usr/bin/dnf -> dnf-3\nlrwxrwxrwx 0:0 0 usr/bin/yum -> dnf-3\n"},
    {.name = "two files of one content",
     .before = "config {}\nlayer RUN apt-get install python3-pip\n"
               "-rwxr-xr-x 0:0 9 «usr/bin/pip»\n-rwxr-xr-x 0:0 9 usr/bin/pip3\n"},
    {.name = "none", .before = "config {}\nlayer COPY app /app\n-rwxr-xr-x 0:0 9 app\n"},
    {.name = "a link that leads nowhere",
     .before = "config {}\nlayer COPY a /\nlrwxrwxrwx 0:0 0 usr/bin/yum -> dnf-3\n"},
};

}  // namespace

const Rule& package_manager_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
