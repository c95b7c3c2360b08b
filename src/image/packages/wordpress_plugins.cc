#include <algorithm>

#include "core/ascii.h"
#include "image/lines.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// WordPress itself looks no further for a header.
constexpr std::size_t kHeaderBytes = 8U << 10U;

/// The value of "Field: value" in a comment, whatever of the comment is before and after.
std::string_view header_value(std::string_view line, std::string_view field) {
  line = ascii::trim(line);
  if (line.starts_with("<?php")) line.remove_prefix(5);
  while (!line.empty() && std::string_view(" \t/*#@").find(line[0]) != std::string_view::npos) {
    line.remove_prefix(1);
  }
  if (line.size() <= field.size() || line[field.size()] != ':') return {};
  if (!ascii::iequals(line.substr(0, field.size()), field)) return {};
  line.remove_prefix(field.size() + 1);
  const std::size_t end = std::min(line.find("*/"), line.find("?>"));
  return ascii::trim(line.substr(0, end));
}

/// A plugin's other files have no header; they are no plugins, but nothing is wrong with them.
Result<void> read(PackageFile& file, PackageList& list) {
  std::string_view header = file.bytes().substr(0, kHeaderBytes);
  Package package;
  std::string_view license;
  std::uint32_t line_number = 0;
  const auto set = [](auto& value, std::string_view found) {
    const bool first = value.empty() && !found.empty();
    if (first) value = found;
    return first;
  };
  while (!header.empty()) {
    const std::string_view line = take_line(header);
    ++line_number;
    if (set(package.name, header_value(line, "Plugin Name"))) package.line = line_number;
    set(package.version, header_value(line, "Version"));
    set(license, header_value(line, "License"));
  }
  if (package.version.empty()) return {};
  if (!license.empty()) package.licenses = {std::string(license)};
  list.add(std::move(package));
  return {};
}

}  // namespace

const PackageReader& wordpress_plugins() {
  static constexpr PackageReader kReader{
      .kind = "wordpress-plugins",
      .ecosystem = "WordPress",
      .files = "**/wp-content/plugins/*.php **/wp-content/plugins/*/*.php",
      .read = read,
      .source = "https://developer.wordpress.org/plugins/plugin-basics/header-requirements/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
