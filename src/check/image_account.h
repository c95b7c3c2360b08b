#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "image/inventory.h"

/// The accounts of an image. Views are into its facts.
namespace plimsoll::check {

/// A line of etc/passwd. Source: passwd(5).
struct ImageAccount {
  std::string_view name;
  bool has_empty_password = false;  ///< not even a mark that etc/shadow has it
  std::uint32_t number = 0;
  std::uint32_t group = 0;
  std::string_view shell;

  /// A shell starts for who gets in as this account.
  [[nodiscard]] bool can_log_in() const;
};
[[nodiscard]] std::vector<ImageAccount> accounts_of(const image::Inventory& image);

/// A line of etc/group. Source: group(5).
struct ImageGroup {
  std::string_view name;
  std::uint32_t number = 0;
  std::vector<std::string_view> members;
};
[[nodiscard]] std::vector<ImageGroup> groups_of(const image::Inventory& image);

/// Whom the image starts as.
struct ImageUser {
  std::uint32_t number = 0;
  std::vector<std::uint32_t> groups;

  /// The permission bits say so. A file's owner may change them, which is not counted.
  [[nodiscard]] bool may_write(const image::Entry& entry) const;
};
/// Nothing when the account is not one of the image's.
[[nodiscard]] std::optional<ImageUser> user_of(const image::Inventory& image);

}  // namespace plimsoll::check
