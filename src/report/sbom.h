#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"

/// What every bill of materials says, before a format spells it.
namespace plimsoll::report {

struct SbomLicense {
  enum class Kind : std::uint8_t {
    kListed,      ///< one of SPDX's list, as the list spells it
    kExpression,  ///< several of them, or a LicenseRef
    kNamed,       ///< whatever the file calls it
  };
  Kind kind = Kind::kNamed;
  std::string text;
};

struct SbomComponent {
  const Package* package = nullptr;  ///< of the document
  std::string ref;                   ///< of it alone: its package URL, with its path where need be
  bool is_application = false;       ///< else a library
  std::vector<SbomLicense> licenses;
};

/// What the image is or runs as; all "" when a single file was read.
struct Sbom {
  const ImageSummary* image = nullptr;  ///< of the document; may be null
  std::string uuid;                     ///< of its content: the same packages give the same
  /// "2026-02-28T12:00:00Z": SOURCE_DATE_EPOCH, else when the image was made; "" when nothing says
  std::string made;
  std::string os_name;     ///< "debian"; "" when the image does not say
  std::string os_version;  ///< "12"
  std::vector<SbomComponent> components;
  bool complete = true;
};

/// @param document  must outlive what is returned
[[nodiscard]] Sbom sbom_of(const Document& document);

/// 16 hexadecimal digits of what `text` is.
[[nodiscard]] std::string sbom_hash(std::string_view text);

/// A digest of hexadecimal digits: "sha256" and "0123…".
struct SbomDigest {
  std::string_view algorithm;
  std::string_view value;
};
/// Of "sha256:0123…" or "sha512:…"; both "" of anything else.
[[nodiscard]] SbomDigest sbom_digest(std::string_view digest);

/// "found in /lib/apk/db/installed, brought by layer sha256:…"; "" when nothing says it.
[[nodiscard]] std::string sbom_origin(const Package& package);

}  // namespace plimsoll::report
