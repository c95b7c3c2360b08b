#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "check/image_account.h"
#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "sudo-in-image",
    .title = "The image has sudo",
    .severity = Severity::kMedium,
    .control = Control::kNonRootUser,
    .aliases = "dockle:DKL-DI-0001",
    .why =
        "A set-uid program that exists to make its user root: where the image starts as somebody "
        "else, it undoes that. Mistakes in it are rewarded with root as well (CVE-2021-3156).",
    .fix_note =
        "Do as root in the build what needs root, remove sudo, and step down with USER, gosu or "
        "setpriv.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/#user "
        "https://www.cve.org/CVERecord?id=CVE-2021-3156",
};

void check(const image::Inventory& image, Sink& sink) {
  constexpr std::uint32_t kSetUser = 04000;
  std::vector<ImageItem> found;
  for (const std::string_view name : {"sudo", "sudo-rs", "doas"}) {
    auto program = find_program(image, name);
    if (!program || (image.tree.entry(program->id).mode & kSetUser) == 0) continue;
    found.push_back({std::move(program->path), program->id.layer});
  }
  if (found.empty()) return;
  const auto user = user_of(image);
  const bool is_root = user && user->number == 0;
  Finding& finding =
      report_files(image, found,
                   "the image has " + name_paths(found) +
                       (is_root ? ", and starts as root anyway" : ", which may make its user root"),
                   sink);
  if (is_root) finding.severity = Severity::kLow;
}

constexpr Example kExamples[] = {
    {.name = "sudo",
     .before = "config {\"User\": \"1000\"}\nlayer RUN apt-get install sudo\n"
               "-rwsr-xr-x 0:0 9 «usr/bin/sudo»\n"},
    {.name = "doas, for root",
     .before = "config {}\nlayer RUN apk add doas\n-rwsr-xr-x 0:0 9 «usr/bin/doas»\n"},
    {.name = "without its bit it does nothing",
     .before = "config {}\nlayer COPY sudo /usr/bin/sudo\n-rwxr-xr-x 0:0 9 usr/bin/sudo\n"},
};

}  // namespace

const Rule& sudo_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
