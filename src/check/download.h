#pragma once

#include <string_view>

#include "parse/shell.h"

/// curl and wget as builds use them, and what checks that the right thing came.
namespace plimsoll::check {

/// What a command fetches. Pointers into the command's words; null when not written.
struct Download {
  const shell::Word* url = nullptr;
  const shell::Word* output = nullptr;  ///< the file it goes to, when that is named
  bool to_stdout = false;
};

[[nodiscard]] bool is_downloader(std::string_view program);
/// `command` must run a downloader.
[[nodiscard]] Download read_download(const shell::Command& command);

/// Compares a checksum or checks a signature.
[[nodiscard]] bool is_verification(const shell::Command& command);
[[nodiscard]] bool has_verification(const shell::Script& script);

/// "example.com" of "https://user:secret@example.com:8443/a"; "" when it has no scheme, or when a
/// variable takes part in the host.
[[nodiscard]] std::string_view host_of(std::string_view url);
/// This very machine: what goes there cannot be listened to.
[[nodiscard]] bool is_local_host(std::string_view host);

/// Runs a language's interpreter (a shell, python, node …) on what comes from its standard input.
[[nodiscard]] bool runs_standard_input(const shell::Command& command);

/// A one-letter switch of curl, alone or in a bundle: the k of -sSkL, but not of -ukate.
[[nodiscard]] bool is_curl_switch(std::string_view word, char letter);

}  // namespace plimsoll::check
