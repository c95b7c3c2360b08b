#include "report/sarif.h"

#include <string>

#include "core/ascii.h"

namespace plimsoll::report::sarif {
namespace {

/// A repository's path as a URI reference: RFC 3986 leaves these unescaped.
std::string uri(std::string_view path) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  while (path.starts_with("./")) path.remove_prefix(2);
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (ascii::is_alnum(c) ||
        std::string_view("-._~/!$&'()*+,;=@").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

}  // namespace

std::string_view level(Severity severity) {
  switch (severity) {
    case Severity::kCritical:
    case Severity::kHigh: return "error";
    case Severity::kMedium: return "warning";
    default: return "note";
  }
}

std::string_view security_severity(Severity severity) {
  switch (severity) {
    case Severity::kCritical: return "9.5";
    case Severity::kHigh: return "8.0";
    case Severity::kMedium: return "5.5";
    case Severity::kLow: return "2.0";
    case Severity::kInfo: return "0.1";
  }
  return "0.1";
}

nlohmann::ordered_json artifact(std::string_view path) {
  return {{"uri", uri(path)}, {"uriBaseId", "%SRCROOT%"}};
}

std::string_view baseline_state(Standing standing) {
  switch (standing) {
    case Standing::kNew: return "new";
    case Standing::kKnown: return "unchanged";
    case Standing::kFixed: return "absent";
    case Standing::kNone: break;
  }
  return {};
}

}  // namespace plimsoll::report::sarif
