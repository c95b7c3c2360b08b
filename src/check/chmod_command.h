#pragma once

#include <string_view>

#include "parse/shell.h"

/// What a mode gives, whether chmod, install, mkdir or COPY --chmod gives it.
namespace plimsoll {

struct FileMode {
  bool world_writable = false;  ///< without the sticky bit, which makes /tmp what it is
  bool setuid = false;
};

/// "777", "0755", "u+s", "a+rwx,o+t". A symbolic mode without a "who" is cut by the umask, so it
/// gives nothing here. What is not a mode gives nothing.
[[nodiscard]] FileMode read_mode(std::string_view mode);

/// The word with the mode of chmod, or of install, mkdir and mkfifo with -m; null otherwise.
/// `mode` receives the mode itself.
[[nodiscard]] const shell::Word* mode_word(const shell::Command& command, std::string_view& mode);

}  // namespace plimsoll
