#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "report/counts.h"
#include "report/format.h"
#include "report/trivy_target.h"
#include "report/vulnerability_facts.h"
#include "report/xml_text.h"

// JUnit XML as Jenkins, GitLab and Azure read it: a suite per file, a case per control that was
// judged there or per rule that found something, so that passes count too; a suite per list of
// packages, a case per vulnerability of each.
// Source: github.com/testmoapp/junitxml; the element and attribute names of jenkins-junit.xsd.
namespace plimsoll::report::formats {
namespace {

struct Suite {
  std::vector<const Entry*> findings;
};

struct Tally {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  Tally& operator+=(const Tally& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    return *this;
  }
};

std::string attributes(const Tally& tally) {
  return fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"0\"",
                     tally.tests, tally.failures, tally.errors, tally.skipped);
}

bool is_skipped(const Entry& finding) {
  return finding.suppressed.has_value() || finding.standing == Standing::kKnown;
}

void print(const Document& document, const Entry& finding, std::string& out) {
  const RuleInfo* rule = document.rule(finding.rule);
  std::string name(rule == nullptr ? finding.rule : rule->title);
  if (finding.region.line > 0) name += " (line " + std::to_string(finding.region.line) + ")";
  out +=
      "    <testcase classname=\"" + xml_text(finding.rule) + "\" name=\"" + xml_text(name) + '"';
  if (finding.path) out += " file=\"" + xml_text(*finding.path) + '"';
  if (finding.region.line > 0) out += " line=\"" + std::to_string(finding.region.line) + '"';
  out += ">\n";
  if (is_skipped(finding)) {
    const std::string why = finding.suppressed ? "suppressed by " + finding.suppressed->by + ": " +
                                                     finding.suppressed->reason
                                               : "known to the baseline";
    out += "      <skipped message=\"" + xml_text(why) + "\"/>\n";
  } else {
    out += "      <failure message=\"" + xml_text(finding.message) + "\" type=\"" +
           xml_text(to_string(finding.severity)) + "\">";
    out += xml_text(finding.subject);
    if (rule != nullptr) out += "&#10;" + xml_text(rule->why) + "&#10;" + xml_text(rule->fix_note);
    out += "</failure>\n";
  }
  out += "    </testcase>\n";
}

Tally print(const std::string& name, const Suite& suite, const Document& document,
            std::string& out) {
  Tally tally;
  tally.tests = std::max<std::size_t>(suite.findings.size(), 1);
  for (const Entry* finding : suite.findings) {
    ++(is_skipped(*finding) ? tally.skipped : tally.failures);
  }
  out += "  <testsuite name=\"" + xml_text(name) + '"' + attributes(tally) + ">\n";
  for (const Entry* finding : suite.findings) print(document, *finding, out);
  if (suite.findings.empty()) {
    out += "    <testcase classname=\"plimsoll\" name=\"no findings\"/>\n";
  }
  out += "  </testsuite>\n";
  return tally;
}

/// A part that was not judged is an error, never a pass.
Tally print_incomplete(const Document& document, std::string& out) {
  if (document.incomplete.empty()) return {};
  const std::size_t count = document.incomplete.size();
  const Tally tally{.tests = count, .errors = count};
  out += "  <testsuite name=\"not judged\"" + attributes(tally) + ">\n";
  for (const Incomplete& part : document.incomplete) {
    out += "    <testcase classname=\"plimsoll\" name=\"" +
           xml_text(part.path.empty() ? part.limit : part.path) + "\"><error message=\"" +
           xml_text(part.limit) + "\" type=\"" + xml_text(part.stage) + "\"/></testcase>\n";
  }
  out += "  </testsuite>\n";
  return tally;
}

/// Packages that nothing is known of pass no test.
Tally print_unjudged(const Document& document, std::string& out) {
  std::vector<const UnjudgedPackages*> unjudged;
  for (const UnjudgedPackages& each : document.unjudged) {
    if (!each.is_of_system) unjudged.push_back(&each);  // those stand among what is incomplete
  }
  if (unjudged.empty()) return {};
  const Tally tally{.tests = unjudged.size(), .skipped = unjudged.size()};
  out += "  <testsuite name=\"packages that nothing is known of\"" + attributes(tally) + ">\n";
  for (const UnjudgedPackages* each : unjudged) {
    out += "    <testcase classname=\"plimsoll\" name=\"" +
           xml_text(plural(each->packages, "package") + " of " + each->ecosystem) +
           "\"><skipped message=\"" + xml_text(each->reason) + "\"/></testcase>\n";
  }
  out += "  </testsuite>\n";
  return tally;
}

/// What one file, or the distribution, says is there.
struct Packages {
  std::size_t count = 0;
  std::vector<const Vulnerability*> vulnerabilities;
};

std::string suite_of(const Document& document, const Package& package) {
  TrivyTarget target = trivy_target_of(document, package);
  return target.name.empty() ? target.type : std::move(target.name);
}

bool is_unjudged(const Document& document, const Package& package) {
  return std::any_of(document.unjudged.begin(), document.unjudged.end(),
                     [&package](const UnjudgedPackages& each) {
                       if (each.is_of_system) return is_of_system(package);
                       return each.ecosystem == package.ecosystem ||
                              each.ecosystem.starts_with(package.ecosystem + ':');
                     });
}

std::map<std::string, Packages> packages_of(const Document& document) {
  std::map<std::string, Packages> suites;
  if (document.advisories_made.empty()) return suites;
  for (const Package& package : document.packages) {
    if (!is_unjudged(document, package)) ++suites[suite_of(document, package)].count;
  }
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.package >= document.packages.size()) continue;
    suites[suite_of(document, document.packages[each.package])].vulnerabilities.push_back(&each);
  }
  return suites;
}

void print(const Document& document, const Vulnerability& vulnerability, std::string& out) {
  const Package& package = document.packages[vulnerability.package];
  const VulnerabilityPlace place = place_of(document, package);
  std::string name = vulnerability.id;
  if (const std::string title = headline(vulnerability); !title.empty()) name += ": " + title;
  out += "    <testcase classname=\"" + xml_text(package.name + ' ' + package.version) +
         "\" name=\"" + xml_text(name) + '"';
  if (!place.path.empty()) out += " file=\"" + xml_text(place.path) + '"';
  if (place.line > 0) out += " line=\"" + std::to_string(place.line) + '"';
  out += ">\n";
  if (vulnerability.suppressed) {
    out += "      <skipped message=\"" +
           xml_text("suppressed by " + vulnerability.suppressed->by + ": " +
                    vulnerability.suppressed->reason) +
           "\"/>\n";
  } else {
    const std::string advice = upgrade_advice(vulnerability, package);
    const std::string_view exploited = vulnerability.is_exploited ? "known to be exploited; " : "";
    out += "      <failure message=\"" +
           xml_text(std::string(exploited) + (advice.empty() ? "no fix is known" : advice)) +
           "\" type=\"" + xml_text(severity_word(vulnerability.severity)) + "\">";
    std::string text;
    for (const std::string& reason : vulnerability.reasons) text += reason + '\n';
    for (const std::string& why : vulnerability.why) text += why + '\n';
    if (!vulnerability.details.empty()) text += '\n' + prose(vulnerability.details, 2000) + '\n';
    for (const std::string& address : web_addresses(vulnerability)) text += address + '\n';
    out += xml_text(text) + "</failure>\n";
  }
  out += "    </testcase>\n";
}

/// A suite per target: a case for each vulnerability of each package, one that passes without.
Tally print(const Document& document, const std::string& name, const Packages& packages,
            std::string& out) {
  Tally tally;
  tally.tests = std::max<std::size_t>(packages.vulnerabilities.size(), 1);
  for (const Vulnerability* each : packages.vulnerabilities) {
    ++(each->suppressed ? tally.skipped : tally.failures);
  }
  out += "  <testsuite name=\"" + xml_text(name) + '"' + attributes(tally) + ">\n";
  for (const Vulnerability* each : packages.vulnerabilities) print(document, *each, out);
  if (packages.vulnerabilities.empty()) {
    out += "    <testcase classname=\"plimsoll\" name=\"" +
           xml_text("no known vulnerability in " + plural(packages.count, "package")) + "\"/>\n";
  }
  out += "  </testsuite>\n";
  return tally;
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  std::map<std::string, Suite> suites;
  for (const Subject& subject : document.subjects) {
    suites.try_emplace(subject.path.empty() ? "the repository" : subject.path);
  }
  for (const Entry& finding : document.findings) {
    suites[finding.path.value_or("the repository")].findings.push_back(&finding);
  }
  Tally all;
  std::string body;
  for (const auto& [name, suite] : suites) all += print(name, suite, document, body);
  for (const auto& [name, packages] : packages_of(document)) {
    all += print(document, name, packages, body);
  }
  all += print_unjudged(document, body);
  all += print_incomplete(document, body);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"plimsoll\"" +
         attributes(all) + ">\n" + body + "</testsuites>\n";
}

}  // namespace

const Format& junit() {
  static constexpr Format kFormat{.name = "junit",
                                  .title = "JUnit XML, a test case per finding",
                                  .render = render,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
