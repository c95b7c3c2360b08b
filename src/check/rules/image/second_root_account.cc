#include <string>
#include <vector>

#include "check/image_account.h"
#include "check/image_origin.h"
#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "second-root-account",
    .title = "Another account of the image is root by its number",
    .severity = Severity::kMedium,
    .control = Control::kNonRootUser,
    .enabled = true,
    .aliases = "dockle:DKL-LI-0002",
    .why =
        "The kernel knows numbers only: whoever runs as that name is root, while rules and people "
        "who look for 'root' see somebody else. It is how back doors are left.",
    .fix_note = "Give the account a number of its own, or remove it.",
    .sources = "https://man7.org/linux/man-pages/man5/passwd.5.html",
};

void check(const image::Inventory& image, Sink& sink) {
  std::vector<ImageItem> accounts;
  for (const ImageAccount& account : accounts_of(image)) {
    // Those that only run one command are as old as Unix: sync, shutdown, halt.
    if (account.number != 0 || account.name == "root" || !account.can_log_in()) continue;
    accounts.push_back({.name = std::string(account.name), .layer = {}});
  }
  if (accounts.empty()) return;
  const std::string path = image.tree.real_path("etc/passwd");
  Finding& finding =
      sink.report_file(path, "root's number 0 is also that of " + name_items(accounts));
  if (const auto id = image.tree.find(path)) add_origin(finding, image, id->layer);
}

constexpr Example kExamples[] = {
    {.name = "a second name",
     .before = "config {}\nlayer RUN useradd -o -u 0 admin\ntext «etc/passwd» "
               "root:x:0:0:root:/root:/bin/sh\\nadmin:x:0:0::/home/admin:/bin/sh\n"},
    {.name = "root alone, and the old commands",
     .before = "config {}\nlayer ADD rootfs.tar /\ntext etc/passwd "
               "root:x:0:0:root:/root:/bin/sh\\nshutdown:x:0:0::/sbin:/sbin/shutdown\\n"
               "app:x:1000:0::/home/app:/bin/sh\n"},
    {.name = "root's group",
     .before = "config {}\nlayer ADD rootfs.tar /\ntext etc/passwd app:x:1:0::/:/bin/sh\n"},
};

}  // namespace

const Rule& second_root_account() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
