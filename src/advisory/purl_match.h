#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/package_url.h"

/// Whether a package URL that somebody wrote down means a package that was found.
namespace plimsoll::advisory {

/// Parsed, in the one spelling that two of them are compared in: names as their ecosystem folds
/// them, Go's versions without 'v', RPM's epoch as a qualifier, RPM's vendor as the namespace.
/// Nothing for what is none, or is too long. Source: https://github.com/package-url/purl-spec,
/// PURL-TYPES; PEP 503 for PyPI.
[[nodiscard]] std::optional<PackageUrl> comparable_purl(std::string_view text);

/// "type/namespace/name", equal wherever one may cover the other.
[[nodiscard]] std::string purl_key(const PackageUrl& url);

/// Type, namespace and name are equal; version, qualifiers and subpath where `general` has them.
/// Both are comparable. Source: OPENVEX-SPEC.md, "Product"; PurlMatches of openvex/go-vex.
[[nodiscard]] bool purl_covers(const PackageUrl& general, const PackageUrl& specific);

/// The source package that a package of a distribution was built from, with the architecture that
/// vendors give to sources: "arch=src" of RPM, "arch=source" of Debian and Ubuntu.
[[nodiscard]] std::optional<PackageUrl> source_purl(const PackageUrl& package);
/// Whether it names a source package so.
[[nodiscard]] bool is_source_purl(const PackageUrl& url);

}  // namespace plimsoll::advisory
