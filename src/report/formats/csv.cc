#include <string>

#include "report/format.h"

// RFC 4180, one line per finding.
namespace plimsoll::report::formats {
namespace {

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::kNone: return "";
    case Standing::kNew: return "new";
    case Standing::kKnown: return "known";
    case Standing::kFixed: return "fixed";
  }
  return "";
}

/// Spreadsheets run what starts like a formula; an apostrophe makes it text.
std::string field(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    out += '\'';
  }
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

void add(const Entry& finding, std::string& out) {
  const Region& region = finding.region;
  const auto number = [&region](std::uint32_t value) {
    return region.line == 0 ? std::string() : std::to_string(value);
  };
  out += field(finding.rule) + ',' + field(plimsoll::to_string(finding.severity)) + ',' +
         field(id(finding.control)) + ',' + field(finding.subject) + ',' +
         field(finding.path.value_or("")) + ',' + number(region.line) + ',' +
         number(region.column) + ',' + field(finding.message) + ',' +
         field(finding.fix ? finding.fix->title : "") + ',' + field(finding.fingerprint) + ',' +
         field(finding.suppressed ? finding.suppressed->by : "") + ',' +
         field(to_string(finding.standing)) + "\r\n";
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  std::string out =
      "rule,severity,control,subject,path,line,column,message,fix,fingerprint,suppressed_by,"
      "standing\r\n";
  for (const Entry& finding : document.findings) add(finding, out);
  for (const Entry& finding : document.fixed) add(finding, out);
  return out;
}

}  // namespace

const Format& csv() {
  static constexpr Format kFormat{"csv", "a line per finding, for spreadsheets", render};
  return kFormat;
}

}  // namespace plimsoll::report::formats
