#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/image_account.h"
#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "account-without-password",
    .title = "An account of the image has an empty password",
    .severity = Severity::kCritical,
    .control = Control::kNoSecrets,
    .enabled = true,
    .aliases = "dockle:DKL-LI-0001",
    .why =
        "Anyone inside the container becomes that user with su, and anyone outside logs in where a "
        "server such as sshd runs. For root that is everything.",
    .fix_note =
        "Lock the account with passwd -l: without a password nobody logs in, and USER needs none.",
    .sources =
        "https://www.cve.org/CVERecord?id=CVE-2019-5021 "
        "https://man7.org/linux/man-pages/man5/shadow.5.html",
};

/// Who gets in by an empty password: etc/shadow decides where an account is in it.
class EmptyPasswords {
 public:
  explicit EmptyPasswords(const image::Inventory& image) {
    constexpr std::string_view kEmpty = ":empty";
    for (std::string_view line : ascii::split(image.fact("etc/shadow"), '\n')) {
      if (line.ends_with(kEmpty)) names_.insert(line.substr(0, line.size() - kEmpty.size()));
    }
  }
  [[nodiscard]] bool has(const ImageAccount& account) const {
    return account.has_empty_password || names_.count(account.name) > 0;
  }

 private:
  std::set<std::string_view> names_;
};

/// Something in the image asks for the password, and can act on the answer.
bool can_be_used(const image::Inventory& image) {
  constexpr std::uint32_t kSetUser = 04000;
  for (const std::string_view name : {"su", "sudo", "doas"}) {
    const auto program = find_program(image, name);
    if (program && (image.tree.entry(program->id).mode & kSetUser) != 0) return true;
  }
  return find_program(image, "sshd") || find_program(image, "dropbear");
}

void check(const image::Inventory& image, Sink& sink) {
  const EmptyPasswords empty(image);
  std::vector<ImageItem> accounts;
  bool is_root = false;
  bool by_passwd = false;
  for (const ImageAccount& account : accounts_of(image)) {
    if (!account.can_log_in() || !empty.has(account)) continue;
    accounts.push_back({.name = std::string(account.name), .layer = {}});
    is_root = is_root || account.number == 0;
    by_passwd = by_passwd || account.has_empty_password;
  }
  if (accounts.empty()) return;
  const std::string path = image.tree.real_path(by_passwd ? "etc/passwd" : "etc/shadow");
  Finding& finding =
      sink.report_file(path, "the password of " + name_items(accounts) + " is empty");
  if (const auto id = image.tree.find(path)) add_origin(finding, image, id->layer);
  if (!can_be_used(image)) {
    finding.severity = Severity::kMedium;
    finding.because("use", "the image has no set-uid su and no sshd yet");
  } else if (!is_root) {
    finding.severity = Severity::kHigh;
  }
}

constexpr Example kExamples[] = {
    {.name = "root",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwsr-xr-x 0:0 9 bin/su\n"
               "text etc/passwd root:x:0:0:root:/root:/bin/ash\n"
               "text «etc/shadow» root:empty\\ndaemon:locked\n"},
    {.name = "not even a shadow",
     .before = "config {}\nlayer ADD rootfs.tar /\n"
               "text «etc/passwd» root::0:0:root:/root:/bin/sh\n"},
    {.name = "locked or set",
     .before = "config {}\nlayer ADD rootfs.tar /\n"
               "text etc/passwd root:x:0:0:root:/root:/bin/sh\\na:x:1:1:a:/:/bin/sh\n"
               "text etc/shadow root:locked\\na:set\n"},
    {.name = "no shell starts",
     .before = "config {}\nlayer ADD rootfs.tar /\n"
               "text etc/passwd ftp:x:21:21:ftp:/:/sbin/nologin\ntext etc/shadow ftp:empty\n"},
};

}  // namespace

const Rule& account_without_password() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
