#include <cstdint>
#include <map>
#include <string>

#include "check/image_account.h"
#include "check/image_origin.h"
#include "check/rule.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "account-number-shared",
    .title = "Accounts of the image share a number",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .aliases = "dockle:DKL-LI-0002",
    .why =
        "The kernel knows numbers only: the files and processes of one of the accounts are the "
        "other's as well.",
    .fix_note = "Give each account and group a number of its own.",
    .sources = "https://man7.org/linux/man-pages/man5/passwd.5.html",
};

/// "'a' and 'b' share the number 7" of the first number that two names have.
template <class Entries>
std::string shared_number(const Entries& entries) {
  std::map<std::uint32_t, std::string_view> names;
  for (const auto& entry : entries) {
    const auto [first, is_new] = names.try_emplace(entry.number, entry.name);
    // A second root is another rule's.
    if (is_new || first->second == entry.name || entry.number == 0) continue;
    return '\'' + std::string(first->second) + "' and '" + std::string(entry.name) +
           "' share the number " + std::to_string(entry.number);
  }
  return {};
}

void report(const image::Inventory& image, std::string_view file, const std::string& message,
            Sink& sink) {
  const std::string path = image.tree.real_path(file);
  Finding& finding = sink.report_file(path, message);
  if (const auto id = image.tree.find(path)) add_origin(finding, image, id->layer);
}

void check(const image::Inventory& image, Sink& sink) {
  const std::string accounts = shared_number(accounts_of(image));
  if (!accounts.empty()) report(image, "etc/passwd", "the accounts " + accounts, sink);
  const std::string groups = shared_number(groups_of(image));
  if (!groups.empty()) report(image, "etc/group", "the groups " + groups, sink);
}

constexpr Example kExamples[] = {
    {.name = "accounts and groups",
     .before = "config {}\nlayer COPY etc /etc\n"
               "text «etc/passwd» a:x:7:7::/:/bin/sh\\nb:x:7:8::/:/bin/sh\n"
               "text «etc/group» a:x:7:\\nb:x:7:\n"},
    {.name = "each its own, one written twice",
     .before = "config {}\nlayer COPY etc /etc\n"
               "text etc/passwd a:x:7:7::/:/bin/sh\\nb:x:8:7::/:/bin/sh\\na:x:7:7::/:/bin/sh\n"
               "text etc/group a:x:7:\\nb:x:8:\n"},
};

}  // namespace

const Rule& account_number_shared() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
