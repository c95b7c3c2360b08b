#include <string>
#include <string_view>

#include "core/ascii.h"
#include "core/spdx_license.h"
#include "report/format.h"
#include "report/spdx.h"

// Source: https://spdx.github.io/spdx-spec/v2.3/conformance/
namespace plimsoll::report::formats {
namespace {

using spdx::SpdxPackage;

/// A value is one line, and "<text>" would begin one of several.
std::string value(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    out += is_control ? ' ' : c;
  }
  for (const std::string_view mark : {"<text>", "</text>"}) {
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at)) {
      out[at] = '(';
    }
  }
  return out;
}

std::string line(std::string_view tag, std::string_view text) {
  return std::string(tag) + ": " + value(text) + '\n';
}

std::string optional(std::string_view tag, std::string_view text) {
  return text.empty() ? std::string() : line(tag, text);
}

std::string quoted(std::string_view text) {
  return "<text>" + value(text) + "</text>";
}

std::string package_text(const SpdxPackage& package) {
  std::string out = '\n' + line("PackageName", package.name) + line("SPDXID", package.id) +
                    optional("PackageVersion", package.version) +
                    "PackageSupplier: NOASSERTION\n"
                    "PackageDownloadLocation: NOASSERTION\n"
                    "FilesAnalyzed: false\n";
  if (!package.digest.value.empty()) {
    out += line("PackageChecksum",
                ascii::upper(package.digest.algorithm) + ": " + std::string(package.digest.value));
  }
  if (!package.source_info.empty()) {
    out += "PackageSourceInfo: " + quoted(package.source_info) + '\n';
  }
  out += "PackageLicenseConcluded: NOASSERTION\n" +
         line("PackageLicenseDeclared", package.declared) + "PackageCopyrightText: NOASSERTION\n";
  if (!package.summary.empty()) out += "PackageSummary: " + quoted(package.summary) + '\n';
  if (!package.purl.empty()) out += line("ExternalRef", "PACKAGE-MANAGER purl " + package.purl);
  return out + line("PrimaryPackagePurpose", package.purpose);
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  const spdx::SpdxDocument spdx = spdx::document_of(document);
  std::string out =
      "SPDXVersion: SPDX-2.3\n"
      "DataLicense: CC0-1.0\n"
      "SPDXID: SPDXRef-DOCUMENT\n" +
      line("DocumentName", spdx.name) + line("DocumentNamespace", spdx.space) +
      line("LicenseListVersion", kSpdxListVersion) + line("Creator", "Tool: " + spdx.tool) +
      line("Created", spdx.made);
  if (!spdx.comment.empty()) out += "CreatorComment: " + quoted(spdx.comment) + '\n';
  for (const SpdxPackage& each : spdx.packages) out += package_text(each);
  for (const auto& [id, text] : spdx.own_licenses) {
    out += '\n' + line("LicenseID", id) + "ExtractedText: " + quoted(text) + '\n' +
           line("LicenseName", text);
  }
  out += '\n';
  for (const SpdxPackage& each : spdx.packages) {
    const bool is_part = spdx.has_image && &each != &spdx.packages.front();
    out += line("Relationship", is_part ? spdx.packages.front().id + " CONTAINS " + each.id
                                        : "SPDXRef-DOCUMENT DESCRIBES " + each.id);
  }
  return out;
}

}  // namespace

const Format& spdx_tag_value() {
  static constexpr Format kFormat{.name = "spdx-tag-value",
                                  .title = "the packages as SPDX 2.3 in lines",
                                  .render = render,
                                  .lists_packages = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
