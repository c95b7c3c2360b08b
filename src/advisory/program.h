#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/package.h"

namespace plimsoll::advisory {

/// What a program that no package manager put there is called by those who publish advisories.
struct ProgramNames {
  std::string_view program;            ///< as image/binary/classifiers/ have it
  std::string_view bitnami;            ///< "" where it is the same
  std::vector<std::string_view> cpe;   ///< "vendor:product", as NVD's dictionary has them
  std::string_view order = "generic";  ///< of its versions
};

/// Names of the program itself where nothing else is known of it.
[[nodiscard]] const ProgramNames& program_names(std::string_view program);

/// The part of a version that NVD compares: "9.6" of OpenSSH's "9.6p1", whose patch level its names
/// have in a field of their own.
[[nodiscard]] std::string_view cpe_version(std::string_view program, std::string_view version);

/// The program that a package is of which another than the distribution built: its name and
/// upstream version, as if no package manager had put it there. Nothing for what is none that is
/// known.
/// @param package  of dpkg or RPM: "postgresql-15" of version "15.6-1.pgdg120+2"
[[nodiscard]] std::optional<Package> program_of(const Package& package);

}  // namespace plimsoll::advisory
