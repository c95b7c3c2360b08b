#include "report/spdx.h"

#include <utility>

#include "core/ascii.h"
#include "core/escape.h"

namespace plimsoll::report::spdx {
namespace {

/// Ids hold letters, digits, '.' and '-'.
std::string id_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (ascii::is_alnum(c) || c == '.') {
      out += c;
    } else if (!out.empty() && !out.ends_with('-')) {
      out += '-';
    }
  }
  return out;
}

/// The licences of packages as expressions, and those that need an entry of their own.
class Licenses {
 public:
  /// All of several hold.
  std::string declared(const std::vector<SbomLicense>& licenses) {
    std::string all;
    for (const SbomLicense& each : licenses) {
      std::string one = expression(each);
      const bool compound = ascii::contains(one, " AND ") || ascii::contains(one, " OR ");
      if (compound && licenses.size() > 1) one = '(' + one + ')';
      all += (all.empty() ? "" : " AND ") + one;
    }
    return all.empty() ? "NOASSERTION" : all;
  }
  std::map<std::string, std::string> take() { return std::move(own_); }

 private:
  std::string expression(const SbomLicense& license) {
    if (license.kind == SbomLicense::Kind::kNamed) {
      const std::string text = id_text(license.text);
      std::string id = "LicenseRef-" + text;
      // Another name may be spelt alike.
      if (text != license.text) id += '-' + sbom_hash(license.text).substr(0, 8);
      own_.emplace(id, license.text);
      return id;
    }
    std::string words = license.text;
    for (char& c : words) {
      if (c == '(' || c == ')') c = ' ';
    }
    for (const std::string_view word : ascii::split(words, ' ')) {
      if (word.starts_with("LicenseRef-")) own_.emplace(word, word);
    }
    return license.text;
  }

  std::map<std::string, std::string> own_;
};

SpdxPackage package_of(const SbomComponent& component, Licenses& licenses) {
  const Package& package = *component.package;
  return {.id = "SPDXRef-" + id_text(package.name + '-' + sbom_hash(component.ref)),
          .name = to_utf8(package.name),
          .version = to_utf8(package.version),
          .purl = to_utf8(package.purl),
          .purpose = component.is_application ? "APPLICATION" : "LIBRARY",
          .source_info = sbom_origin(package),
          .declared = licenses.declared(component.licenses),
          .dev = package.dev};
}

void add_image(const Sbom& sbom, SpdxDocument& to) {
  const ImageSummary& image = *sbom.image;
  to.has_image = true;
  to.packages.push_back({.id = "SPDXRef-image",
                         .name = to_utf8(image.reference),
                         .version = to_utf8(image.digest),
                         .purpose = "CONTAINER",
                         .summary = to_utf8(image.platform),
                         .digest = sbom_digest(image.digest)});
  if (sbom.os_name.empty()) return;
  to.packages.push_back({.id = "SPDXRef-operating-system",
                         .name = sbom.os_name,
                         .version = sbom.os_version,
                         .purpose = "OPERATING-SYSTEM",
                         .summary = to_utf8(image.os_title)});
}

}  // namespace

SpdxDocument document_of(const Document& document) {
  const Sbom sbom = sbom_of(document);
  SpdxDocument spdx{.name = sbom.image != nullptr ? to_utf8(sbom.image->reference) : "packages",
                    .space = space_of(sbom),
                    .made = time_of(sbom),
                    .tool = "plimsoll-" + document.version,
                    .comment = std::string(sbom.complete ? "" : kIncomplete)};
  if (spdx.name.empty()) spdx.name = "image";
  if (sbom.image != nullptr) add_image(sbom, spdx);
  Licenses licenses;
  for (const SbomComponent& each : sbom.components) {
    spdx.packages.push_back(package_of(each, licenses));
  }
  spdx.own_licenses = licenses.take();
  return spdx;
}

std::string space_of(const Sbom& sbom) {
  return "https://spdx.org/spdxdocs/plimsoll-" + sbom.uuid;
}

std::string time_of(const Sbom& sbom) {
  return sbom.made.empty() ? "1970-01-01T00:00:00Z" : sbom.made;
}

}  // namespace plimsoll::report::spdx
