#pragma once

#include <string_view>

#include "core/severity.h"

/// Files of a host that give away more than themselves.
namespace plimsoll::check {

/// What is lost with a path of the host. kInfo: nothing worth a word.
struct SensitivePath {
  Severity writable = Severity::kInfo;
  Severity read_only = Severity::kInfo;
  std::string_view holds;  ///< "the password hashes of the host"
};

/// Null when the path is not known to be sensitive.
[[nodiscard]] const SensitivePath* find_sensitive_path(std::string_view path);

}  // namespace plimsoll::check
