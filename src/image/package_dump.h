#pragma once

#include <string>
#include <string_view>

#include "core/bug.h"
#include "image/package_reader.h"

namespace plimsoll::image {

/// For tests: "name version, name version (dev)", then " !message" of each problem.
[[nodiscard]] inline std::string dump(const PackageReading& reading) {
  std::string text;
  for (const Package& package : reading.packages) {
    text += text.empty() ? "" : ", ";
    text += package.name + (package.version.empty() ? "" : " ") + package.version;
    text += package.dev ? " (dev)" : "";
  }
  for (const Error& problem : reading.problems) text += " !" + problem.message;
  return text;
}

[[nodiscard]] inline PackageReading read_kind(std::string_view kind, std::string_view bytes) {
  const PackageReader* reader = find_package_reader(kind);
  if (reader == nullptr) PL_BUG("no reader of this kind");
  return read_packages(*reader, "a/file", std::string(bytes));
}

}  // namespace plimsoll::image
