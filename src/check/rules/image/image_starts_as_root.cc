#include <string>

#include "check/rule.h"
#include "core/ascii.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "image-starts-as-root",
    .title = "The image starts as root",
    .severity = Severity::kMedium,
    .control = Control::kNonRootUser,
    .enabled = true,
    .aliases = "dockle:CIS-DI-0001 cis-docker:4.1",
    .why =
        "What breaks into the program is root in the container, one mistake of the kernel or of a "
        "mount away from root on the host.",
    .fix_note = "Set USER to an account with a number, and give it the files that it writes.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

/// Programs that leave root before they start what follows them.
bool drops_root(const image::ImageConfig& config) {
  constexpr std::string_view kDroppers[] = {"gosu", "su-exec", "setpriv", "s6-setuidgid", "chpst"};
  for (const auto* words : {&config.entrypoint, &config.command}) {
    for (const std::string& word : *words) {
      for (const std::string_view dropper : kDroppers) {
        if (ascii::contains(word, dropper)) return true;
      }
    }
  }
  return false;
}

void check(const image::Inventory& image, Sink& sink) {
  const std::string_view user = image.config.user;
  const std::string_view name = user.substr(0, user.find(':'));
  if (!name.empty() && name != "root" && name != "0") return;
  Finding& finding =
      sink.report(Place{}, name.empty() ? "the image names no user, so it starts as root"
                                        : "the image starts as '" + std::string(user) + "'");
  if (drops_root(image.config)) finding.severity = Severity::kInfo;
}

constexpr Example kExamples[] = {
    {.name = "no user", .before = "«config» {}\nlayer COPY a /a\n"},
    {.name = "root by number", .before = "«config» {\"User\": \"0:0\"}\n"},
    {.name = "a user", .before = "config {\"User\": \"10001\"}\n"},
};

}  // namespace

const Rule& image_starts_as_root() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
