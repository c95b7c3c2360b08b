#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "check/image_origin.h"
#include "check/rule.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "sensitive-volume-in-image",
    .title = "A volume of the image is a system folder",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .enabled = true,
    .aliases = "dockle:DKL-DI-0002",
    .why =
        "A volume outlives the image: what lies in it is kept from the first start on, so that "
        "programs and settings there are never updated again.",
    .fix_note = "Use a folder of the application's own, such as /data or /var/lib/APP.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#volume "
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
};

/// Belong to the kernel with all below them.
constexpr std::string_view kKernelFolders[] = {"/proc", "/sys", "/dev", "/boot"};
/// Hold what the image is; a folder below may well be data.
constexpr std::string_view kImageFolders[] = {
    "/",        "/bin",      "/etc",     "/lib", "/lib64",     "/root", "/sbin",
    "/usr/bin", "/usr/sbin", "/usr/lib", "/usr", "/usr/local", "/var",  "/var/lib"};

bool is_of_the_system(std::string_view folder) {
  for (const std::string_view each : kKernelFolders) {
    if (path::is_within(folder, each) && folder != "/dev/shm") return true;
  }
  return std::find(std::begin(kImageFolders), std::end(kImageFolders), folder) !=
         std::end(kImageFolders);
}

void check(const image::Inventory& image, Sink& sink) {
  std::vector<ImageItem> folders;
  for (const std::string& volume : image.config.volumes) {
    std::string folder = path::normalize(volume);
    if (is_of_the_system(folder)) folders.push_back({.name = std::move(folder), .layer = {}});
  }
  if (folders.empty()) return;
  sink.report(Place{}, "a volume at " + name_items(folders) + " hides what the image ships");
}

constexpr Example kExamples[] = {
    {.name = "programs", .before = "«config» {\"Volumes\": {\"/usr/bin/\": {}}}\n"},
    {.name = "devices", .before = "«config» {\"Volumes\": {\"/dev/snd\": {}}}\n"},
    {.name = "data",
     .before = "config {\"Volumes\": {\"/data\": {}, \"/var/lib/postgresql/data\": {}, "
               "\"/dev/shm\": {}, \"/etc/nginx/conf.d\": {}}}\n"},
};

}  // namespace

const Rule& sensitive_volume_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
