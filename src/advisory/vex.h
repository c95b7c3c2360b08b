#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What those who make or ship something say of a vulnerability in it: "Vulnerability
/// Exploitability eXchange".
namespace plimsoll::advisory {

/// Source: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md, "Status Labels".
enum class VexStatus : std::uint8_t { kNotAffected, kAffected, kFixed, kUnderInvestigation };
/// "not_affected", "affected", "fixed", "under_investigation".
[[nodiscard]] std::string_view to_string(VexStatus status);
[[nodiscard]] std::optional<VexStatus> parse_vex_status(std::string_view text);

/// The words of `justification`, as OpenVEX and CSAF spell them.
[[nodiscard]] const std::vector<std::string_view>& vex_justifications();
[[nodiscard]] bool is_vex_justification(std::string_view word);

/// Some software, by what the document says of it. All may be "".
struct VexComponent {
  std::string id;      ///< an IRI, an image reference or a digest; "" where `purl` says it
  std::string purl;    ///< package URL, with or without version
  std::string cpe;     ///< "cpe:/…" or "cpe:2.3:…"
  std::string digest;  ///< "sha256:…"
  friend bool operator==(const VexComponent&, const VexComponent&) = default;
};

/// What a statement is about: the software itself or, where there are any, parts of it.
struct VexProduct {
  VexComponent component;
  std::vector<VexComponent> subcomponents;
  friend bool operator==(const VexProduct&, const VexProduct&) = default;
};

struct VexStatement {
  std::vector<std::string> vulnerabilities;  ///< the id, then its aliases
  std::vector<VexProduct> products;
  VexStatus status = VexStatus::kUnderInvestigation;
  std::string justification;  ///< one of vex_justifications(); may be ""
  std::string impact;         ///< why it is not affected, or what it means; may be ""
  std::string action;         ///< what to do; may be ""
  std::string timestamp;      ///< RFC 3339; the document's where it says none itself
  std::string author;         ///< of the document
  std::string source;         ///< path of the document
  friend bool operator==(const VexStatement&, const VexStatement&) = default;
};

}  // namespace plimsoll::advisory
