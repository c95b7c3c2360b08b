#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/escape.h"
#include "report/format.h"
#include "report/vulnerability_facts.h"
#include "report/vulnerability_findings.h"

// RFC 4180, one line per finding.
namespace plimsoll::report::formats {
namespace {

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
         field(to_string(finding.standing));
}

/// Columns that stand only in a table of which the advisories were asked.
constexpr std::string_view kMoreColumns =
    ",vulnerability,aliases,package,version,fixed,upgrade,status,priority,exploited,epss,cvss,tier,"
    "layer,url";

std::string number_or_empty(const std::optional<double>& number) {
  return number ? fmt::format("{}", *number) : std::string();
}

void add_more(const Vulnerability& vulnerability, const Package& package, std::string& out) {
  std::string aliases;
  for (const std::string& alias : vulnerability.aliases) {
    aliases += (aliases.empty() ? "" : " ") + alias;
  }
  for (const std::string& text :
       {vulnerability.id, aliases, package.name, package.version, vulnerability.fixed,
        vulnerability.upgrade, vulnerability.status}) {
    out += ',' + field(escape_terminal(text));
  }
  out += fmt::format(",{},{},{},{},", vulnerability.priority,
                     vulnerability.is_exploited ? "true" : "false",
                     number_or_empty(vulnerability.epss), number_or_empty(vulnerability.cvss));
  out += field(vulnerability.tier) + ',' + field(escape_terminal(package.layer)) + ',' +
         field(main_address(vulnerability));
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  const bool has_more = !document.advisories_made.empty();
  const auto blanks = static_cast<std::size_t>(
      has_more ? std::count(kMoreColumns.begin(), kMoreColumns.end(), ',') : 0);
  std::string out =
      "rule,severity,control,subject,path,line,column,message,fix,fingerprint,suppressed_by,"
      "standing";
  if (has_more) out += kMoreColumns;
  out += "\r\n";
  for (const auto* list : {&document.findings, &document.fixed}) {
    for (const Entry& finding : *list) {
      add(finding, out);
      out += std::string(blanks, ',') + "\r\n";
    }
  }
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.package >= document.packages.size()) continue;
    add(finding_of(document, each), out);
    add_more(each, document.packages[each.package], out);
    out += "\r\n";
  }
  return out;
}

}  // namespace

const Format& csv() {
  static constexpr Format kFormat{.name = "csv",
                                  .title = "a line per finding, for spreadsheets",
                                  .render = render,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
