#pragma once

#include <optional>
#include <string_view>

#include "parse/shell.h"

namespace plimsoll {

/// What useradd, adduser, usermod, addgroup, gpasswd and passwd are asked to do. Views and pointers
/// into the command's words.
struct AccountCommand {
  enum class Verb : std::uint8_t {
    kCreate,    ///< a new user
    kChange,    ///< an existing user
    kJoin,      ///< an existing user joins a group, and nothing else
    kPassword,  ///< passwd
  };
  struct Option {
    const shell::Word* word = nullptr;  ///< the word that holds the value; null when not given
    std::string_view value;
    explicit operator bool() const { return word != nullptr; }
  };

  Verb verb = Verb::kCreate;
  const shell::Word* user = nullptr;  ///< null when not given
  Option groups;                      ///< comma separated
  Option password;                    ///< encrypted, of useradd and usermod -p
  bool deletes_password = false;      ///< passwd -d
  bool reads_password = false;        ///< passwd --stdin, or passwd without an option
};

/// Nothing for any other command. Sources: useradd(8), usermod(8), gpasswd(1), passwd(1) of shadow;
/// adduser(8) of Debian; BusyBox' adduser and addgroup.
[[nodiscard]] std::optional<AccountCommand> read_account_command(const shell::Command& command);

}  // namespace plimsoll
