#include "parse/trivy_ignore.h"

#include "core/ascii.h"

namespace plimsoll {
namespace {

/// Of " exp:2027-01-01 more": "2027-01-01".
std::string_view expiry_of(std::string_view rest) {
  const std::size_t begin = rest.find("exp:");
  if (begin == std::string_view::npos) return {};
  const std::string_view date = rest.substr(begin + 4);
  return date.substr(0, date.find_first_of(" \t"));
}

}  // namespace

std::vector<TrivyIgnoreLine> read_trivy_ignore_lines(const SourceFile& source) {
  std::vector<TrivyIgnoreLine> lines;
  std::string_view reason;
  for (std::uint32_t i = 0; i < source.line_count(); ++i) {
    const Span span = source.line_span(i);
    const std::string_view line = ascii::trim(source.slice(span));
    if (line.empty()) {
      reason = {};
    } else if (line.front() == '#') {
      reason = ascii::trim(line.substr(1));
    } else {
      const std::string_view id = line.substr(0, line.find_first_of(" \t"));
      const std::string_view rest = line.substr(id.size());
      lines.push_back({id, expiry_of(rest), reason, rest, span});
    }
  }
  return lines;
}

}  // namespace plimsoll
