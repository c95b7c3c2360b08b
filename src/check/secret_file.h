#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Files that people keep secrets in, by their names.
namespace plimsoll {

struct SecretFile {
  std::string_view kind;  ///< "an SSH private key"; static storage
  bool certain = true;    ///< false: such a file often holds no secret (.npmrc, a .pem)
};

/// Of a path or a glob as COPY has it; by its last component, or by the folder that it ends in or
/// lies in (.ssh, .aws). Samples ("…example", "….dist") and public halves are none.
[[nodiscard]] std::optional<SecretFile> secret_file(std::string_view path);

/// "~/x" and "$HOME/x" become "/root/x"; relative paths are taken from `folder`; normalised.
[[nodiscard]] std::string container_path(std::string_view folder, std::string_view path);

}  // namespace plimsoll
