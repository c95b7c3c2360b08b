#include "report/sbom.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "core/ascii.h"
#include "core/date.h"
#include "core/escape.h"
#include "core/spdx_license.h"
#include "report/vulnerability_facts.h"

namespace plimsoll::report {
namespace {

/// What is run rather than linked with, whatever lists it.
bool is_application(const Package& package) {
  constexpr std::array<std::string_view, 6> kEcosystems = {"generic",   "flatpak", "homebrew",
                                                           "WordPress", "snap",    "OCI"};
  return std::find(kEcosystems.begin(), kEcosystems.end(), package.ecosystem) != kEcosystems.end();
}

SbomLicense license_of(const std::string& text) {
  if (const std::string_view id = spdx_license_id(text); !id.empty()) {
    return {SbomLicense::Kind::kListed, std::string(id)};
  }
  // What another document defines cannot be looked up from this one.
  std::string expression = spdx_expression(text);
  if (!expression.empty() && !ascii::contains(expression, "DocumentRef-")) {
    return {SbomLicense::Kind::kExpression, std::move(expression)};
  }
  return {SbomLicense::Kind::kNamed, to_utf8(text)};
}

/// A package URL says what, not which: the same may be installed at several paths.
void make_refs(std::vector<SbomComponent>& components) {
  std::unordered_map<std::string, std::size_t> seen;
  const auto count = [&] {
    seen.clear();
    for (const SbomComponent& each : components) ++seen[each.ref];
  };
  for (SbomComponent& each : components) {
    const Package& package = *each.package;
    each.ref = to_utf8(package.purl.empty() ? package.name + '@' + package.version : package.purl);
  }
  count();
  for (SbomComponent& each : components) {
    if (seen[each.ref] > 1) each.ref += '|' + to_utf8(each.package->path);
  }
  count();
  std::unordered_map<std::string, std::size_t> number;
  for (SbomComponent& each : components) {
    if (seen[each.ref] == 1) continue;
    std::string numbered;
    do {
      numbered = each.ref + '|' + std::to_string(++number[each.ref]);
    } while (seen.contains(numbered));
    each.ref = std::move(numbered);
  }
}

std::string made_of(const Document& document) {
  std::string made = source_date_time();
  if (!made.empty() || !document.image) return made;
  made = utc_date_time(document.image->created);
  // Builders that do not say when write the year 1.
  return made < "1970" ? std::string() : made;
}

/// A UUID whose bits are a hash: version 8 of RFC 9562.
std::string uuid_of(const Document& document, const Sbom& sbom) {
  std::string all = document.version + '\0' + sbom.made + '\0' + sbom.os_name + '\0' +
                    sbom.os_version + '\0' + (sbom.complete ? '1' : '0');
  if (sbom.image != nullptr) {
    all += '\0' + sbom.image->reference + '\0' + sbom.image->digest + '\0' + sbom.image->platform;
  }
  for (const SbomComponent& each : sbom.components) {
    const Package& package = *each.package;
    all += '\0' + each.ref + '\0' + package.name + '\0' + package.version + '\0' + package.path +
           '\0' + package.layer + '\0' + (package.dev ? '1' : '0');
    for (const SbomLicense& license : each.licenses) all += '\1' + license.text;
  }
  if (!document.advisories_made.empty()) all += '\0' + document.advisories_made;
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.package >= document.packages.size()) continue;
    all += fmt::format("\n{}\1{}\1{}\1{}\1{}\1{}\1{}", each.id, each.package, each.upgrade,
                       each.modified, each.priority, severity_word(each.severity),
                       each.suppressed ? each.suppressed->reason : "");
  }
  const XXH128_hash_t hash = XXH3_128bits(all.data(), all.size());
  const std::uint64_t high = (hash.high64 & ~0xF000ULL) | 0x8000ULL;
  const std::uint64_t low = (hash.low64 & ~(3ULL << 62U)) | (2ULL << 62U);
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xFFFFU,
                     high & 0xFFFFU, low >> 48U, low & 0xFFFF'FFFF'FFFFULL);
}

}  // namespace

Sbom sbom_of(const Document& document) {
  Sbom sbom;
  sbom.complete = document.complete();
  sbom.made = made_of(document);
  if (document.image) {
    sbom.image = &*document.image;
    const std::string& os = sbom.image->os;
    const std::size_t blank = std::min(os.find(' '), os.size());
    sbom.os_name = to_utf8(os.substr(0, blank));
    sbom.os_version = to_utf8(ascii::trim(os.substr(blank)));
  }
  sbom.components.reserve(document.packages.size());
  for (const Package& package : document.packages) {
    SbomComponent& component = sbom.components.emplace_back();
    component.package = &package;
    component.is_application = is_application(package);
    for (const std::string& license : package.licenses) {
      if (!ascii::trim(license).empty()) component.licenses.push_back(license_of(license));
    }
  }
  make_refs(sbom.components);
  sbom.uuid = uuid_of(document, sbom);
  return sbom;
}

std::string sbom_hash(std::string_view text) {
  return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

SbomDigest sbom_digest(std::string_view digest) {
  struct Algorithm {
    std::string_view name;
    std::size_t digits;
  };
  for (const Algorithm& each : {Algorithm{"sha256", 64}, Algorithm{"sha512", 128}}) {
    const std::size_t colon = each.name.size();
    if (!digest.starts_with(each.name) || digest.size() != colon + 1 + each.digits) continue;
    const std::string_view value = digest.substr(colon + 1);
    const bool is_hex = std::all_of(value.begin(), value.end(), ascii::is_hex);
    if (digest[colon] == ':' && is_hex) return {each.name, value};
  }
  return {};
}

std::string sbom_origin(const Package& package) {
  std::string text = package.path.empty() ? "" : "found in " + to_utf8(package.path);
  if (!package.layer.empty()) {
    text += (text.empty() ? "" : ", ") + ("brought by layer " + to_utf8(package.layer));
  }
  return text;
}

}  // namespace plimsoll::report
