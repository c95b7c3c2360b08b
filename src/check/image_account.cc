#include "check/image_account.h"

#include <algorithm>
#include <charconv>

#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::check {
namespace {

constexpr std::size_t kLongestName = 256;  // LOGIN_NAME_MAX of Linux

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName;
}

std::optional<std::uint32_t> number_of(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end || text.empty()) return std::nullopt;
  return number;
}

/// The groups of an account: its own and those that name it.
std::vector<std::uint32_t> groups_of_account(const image::Inventory& image,
                                             const ImageAccount& account) {
  std::vector<std::uint32_t> numbers{account.group};
  for (const ImageGroup& group : groups_of(image)) {
    const auto& members = group.members;
    if (std::find(members.begin(), members.end(), account.name) != members.end()) {
      numbers.push_back(group.number);
    }
  }
  return numbers;
}

std::optional<std::uint32_t> group_number(const image::Inventory& image, std::string_view name) {
  if (const auto number = number_of(name)) return number;
  for (const ImageGroup& group : groups_of(image)) {
    if (group.name == name) return group.number;
  }
  return std::nullopt;
}

}  // namespace

bool ImageAccount::can_log_in() const {
  const std::string_view program = path::name(shell);
  return program != "nologin" && program != "false" && program != "sync" && program != "shutdown" &&
         program != "halt";
}

std::vector<ImageAccount> accounts_of(const image::Inventory& image) {
  std::vector<ImageAccount> accounts;
  for (const std::string_view line : ascii::split(image.fact("etc/passwd"), '\n')) {
    const std::vector<std::string_view> fields = ascii::split(line, ':');
    if (fields.size() < 7 || !is_name(fields[0])) continue;
    const auto number = number_of(fields[2]);
    const auto group = number_of(fields[3]);
    if (!number || !group) continue;
    accounts.push_back({.name = fields[0],
                        .has_empty_password = fields[1].empty(),
                        .number = *number,
                        .group = *group,
                        .shell = ascii::trim(fields[6])});
  }
  return accounts;
}

std::vector<ImageGroup> groups_of(const image::Inventory& image) {
  std::vector<ImageGroup> groups;
  for (const std::string_view line : ascii::split(image.fact("etc/group"), '\n')) {
    const std::vector<std::string_view> fields = ascii::split(line, ':');
    if (fields.size() < 4 || !is_name(fields[0])) continue;
    const auto number = number_of(fields[2]);
    if (!number) continue;
    groups.push_back({fields[0], *number, ascii::split(ascii::trim(fields[3]), ',')});
  }
  return groups;
}

bool ImageUser::may_write(const image::Entry& entry) const {
  if (number == 0) return true;
  if (entry.user == number) return (entry.mode & 0200U) != 0;
  if (std::find(groups.begin(), groups.end(), entry.group) != groups.end()) {
    return (entry.mode & 0020U) != 0;
  }
  return (entry.mode & 0002U) != 0;
}

std::optional<ImageUser> user_of(const image::Inventory& image) {
  const std::string_view text = image.config.user;
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  if (name.empty()) return ImageUser{.number = 0, .groups = {0}};
  const auto number = number_of(name);
  std::optional<ImageUser> user;
  for (const ImageAccount& account : accounts_of(image)) {
    if (number ? account.number != *number : account.name != name) continue;
    user = ImageUser{.number = account.number, .groups = groups_of_account(image, account)};
    break;
  }
  // A number needs no account, and then has root's group.
  if (!user && number) user = ImageUser{.number = *number, .groups = {0}};
  if (!user && name == "root") user = ImageUser{.number = 0, .groups = {0}};
  if (!user || colon == std::string_view::npos) return user;
  const auto group = group_number(image, text.substr(colon + 1));
  if (!group) return std::nullopt;
  user->groups = {*group};
  return user;
}

}  // namespace plimsoll::check
