#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "unowned-executable",
    .title = "No package owns some programs of the image",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .why =
        "Nothing says where such a program came from or which version it is, so no scanner finds "
        "its vulnerabilities and no update reaches it.",
    .fix_note =
        "Install it from a package where there is one; otherwise pin its download by checksum, and "
        "name it in an SBOM that travels with the image.",
    .sources =
        "https://docs.docker.com/build/metadata/attestations/sbom/ "
        "https://slsa.dev/spec/v1.0/threats",
};

/// Put there by whoever made the distribution's image, to keep services from starting in a build.
constexpr std::string_view kOfBases[] = {"initctl", "policy-rc.d", "unminimize"};

void check(const image::Inventory& image, Sink& sink) {
  const OwnedPrograms owned(image);
  if (!owned.known()) return;
  const std::vector<std::string> folders = program_folders(image);
  std::vector<ImageItem> found;
  image.tree.for_each([&](const std::string& path, image::EntryId id) {
    if (!is_executable(image.tree.entry(id)) || owned.owns(path)) return;
    const std::string_view folder = path::folder(path);
    if (std::find(folders.begin(), folders.end(), folder) == folders.end()) return;
    const std::string_view name = path::name(path);
    if (std::find(std::begin(kOfBases), std::end(kOfBases), name) != std::end(kOfBases)) return;
    found.push_back({path, id.layer});
  });
  if (found.empty()) return;
  const std::string count =
      found.size() == 1 ? "a program" : std::to_string(found.size()) + " programs";
  report_files(image, found, "no package owns " + count + ": " + name_paths(found), sink);
}

constexpr Example kExamples[] = {
    {.name = "downloaded",
     .before = "config {}\nlayer ADD rootfs.tar /\nlrwxrwxrwx 0:0 0 bin -> usr/bin\n"
               "-rwxr-xr-x 0:0 9 usr/bin/cat\npackage Debian coreutils 9.1 /bin/cat\n"
               "layer RUN curl -o /usr/local/bin/kubectl https://example.com/kubectl\n"
               "-rwxr-xr-x 0:0 9 «usr/local/bin/kubectl»\n"},
    {.name = "in a folder of the image's PATH",
     .before = "config {\"Env\": [\"PATH=/opt/app/bin:/usr/bin\"]}\nlayer COPY app /opt/app\n"
               "-rwxr-xr-x 0:0 9 «opt/app/bin/app»\n-rwxr-xr-x 0:0 9 opt/app/lib/helper\n"
               "package Alpine musl 1.2.5 /lib/libc.so\n"},
    {.name = "/bin and /usr/bin are one",
     .before = "config {}\nlayer ADD rootfs.tar /\nlrwxrwxrwx 0:0 0 bin -> usr/bin\n"
               "-rwxr-xr-x 0:0 9 usr/bin/cat\n-rwxr-xr-x 0:0 9 usr/bin/ls\n"
               "package Debian coreutils 9.1 /bin/cat /usr/bin/ls\n"},
    {.name = "links and what a base's makers add",
     .before = "config {}\nlayer ADD rootfs.tar /\nlrwxrwxrwx 0:0 0 usr/bin/awk -> mawk\n"
               "-rwxr-xr-x 0:0 9 usr/bin/mawk\n-rwxr-xr-x 0:0 9 usr/sbin/policy-rc.d\n"
               "package Debian mawk 1.3.4 /usr/bin/mawk\n"},
    {.name = "nothing lists the files of packages",
     .before = "config {}\nlayer COPY app /usr/bin/app\n-rwxr-xr-x 0:0 9 usr/bin/app\n"
               "package npm left-pad 1.0.0\n"},
};

}  // namespace

const Rule& unowned_executable() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
