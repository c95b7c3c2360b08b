#include <algorithm>

#include "archive/zip_archive.h"
#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

constexpr std::size_t kMostMetadataBytes = 8U << 20U;
constexpr std::string_view kLicenseClassifier = "License :: ";

/// "License :: OSI Approved :: MIT License" ends in what the licence is called.
std::string_view license_of_classifier(std::string_view classifier) {
  if (!classifier.starts_with(kLicenseClassifier)) return {};
  const std::string_view last = classifier.substr(classifier.rfind(":: ") + 3);
  return last == "OSI Approved" ? std::string_view{} : last;
}

/// Headers as in mail ("Name: value"), up to an empty line; of a repeated one the first counts.
/// Lines that are no header are text that somebody wrapped wrongly.
Package package_of(std::string_view metadata) {
  Package package;
  std::vector<std::string> classified;
  std::string_view expression;
  std::string_view license;
  std::uint32_t line_number = 0;
  std::size_t begin = 0;
  while (begin < metadata.size()) {
    ++line_number;
    const std::size_t end = std::min(metadata.find('\n', begin), metadata.size());
    std::string_view line = metadata.substr(begin, end - begin);
    begin = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() && !package.name.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || ascii::is_blank(line[0])) continue;
    const std::string_view key = line.substr(0, colon);
    const std::string_view value = ascii::trim(line.substr(colon + 1));
    if (ascii::iequals(key, "Name") && package.name.empty()) {
      package.name = value;
      package.line = line_number;
    } else if (ascii::iequals(key, "Version") && package.version.empty()) {
      package.version = value;
    } else if (ascii::iequals(key, "License-Expression")) {
      expression = value;
    } else if (ascii::iequals(key, "License") && value != "UNKNOWN") {
      license = value;
    } else if (ascii::iequals(key, "Classifier")) {
      const std::string_view name = license_of_classifier(value);
      if (!name.empty()) classified.emplace_back(name);
    }
  }
  // The older ways to say it may only repeat the newer.
  if (!expression.empty()) {
    package.licenses = {std::string(expression)};
  } else if (!classified.empty()) {
    package.licenses = std::move(classified);
  } else if (!license.empty()) {
    package.licenses = {std::string(license)};
  }
  return package;
}

/// An egg may be a ZIP archive.
Result<void> read_egg(PackageFile& file, PackageList& list) {
  const auto entries = archive::zip_entries(file.bytes());
  if (!entries) return tl::unexpected(entries.error());
  for (const archive::ZipEntry& entry : *entries) {
    if (entry.path != "EGG-INFO/PKG-INFO") continue;
    const auto metadata = archive::unzip(file.bytes(), entry, kMostMetadataBytes);
    if (!metadata) return tl::unexpected(metadata.error());
    Package package = package_of(*metadata);
    package.line = 0;
    list.add(std::move(package));
    return {};
  }
  return fail(ErrorCode::kInvalid, "no Python egg: no EGG-INFO/PKG-INFO in it", file.path());
}

Result<void> read(PackageFile& file, PackageList& list) {
  if (file.bytes().starts_with("PK")) return read_egg(file, list);
  Package package = package_of(file.bytes());
  if (package.name.empty()) {
    return fail(ErrorCode::kInvalid, "no metadata of a Python package: no name", file.path());
  }
  list.add(std::move(package));
  return {};
}

}  // namespace

const PackageReader& python_installed_metadata() {
  static constexpr PackageReader kReader{
      .kind = "python-installed-metadata",
      .ecosystem = "PyPI",
      .files =
          "**/*.dist-info/METADATA **/*.egg-info/PKG-INFO **/*.egg-info "
          "**/EGG-INFO/PKG-INFO **/*.egg",
      .read = read,
      .source = "https://packaging.python.org/en/latest/specifications/core-metadata/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
