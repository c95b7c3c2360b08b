#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "report/format.h"
#include "report/xml_text.h"

// JUnit XML as Jenkins, GitLab and Azure read it: a suite per file, a case per control that was
// judged there or per rule that found something, so that passes count too.
// Source: github.com/testmoapp/junitxml; the element and attribute names of jenkins-junit.xsd.
namespace plimsoll::report::formats {
namespace {

struct Suite {
  std::vector<const Entry*> findings;
};

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

void print(const std::string& name, const Suite& suite, const Document& document,
           std::string& out) {
  const auto skipped = std::count_if(suite.findings.begin(), suite.findings.end(),
                                     [](const Entry* f) { return is_skipped(*f); });
  const auto all = static_cast<std::ptrdiff_t>(suite.findings.size());
  out += "  <testsuite name=\"" + xml_text(name) + "\" tests=\"" +
         std::to_string(std::max<std::ptrdiff_t>(all, 1)) + "\" failures=\"" +
         std::to_string(all - skipped) + "\" errors=\"0\" skipped=\"" + std::to_string(skipped) +
         "\" time=\"0\">\n";
  for (const Entry* finding : suite.findings) print(document, *finding, out);
  if (suite.findings.empty()) {
    out += "    <testcase classname=\"plimsoll\" name=\"no findings\"/>\n";
  }
  out += "  </testsuite>\n";
}

/// A part that was not judged is an error, never a pass.
void print_incomplete(const Document& document, std::string& out) {
  if (document.incomplete.empty()) return;
  const std::string count = std::to_string(document.incomplete.size());
  out += "  <testsuite name=\"not judged\" tests=\"" + count + "\" failures=\"0\" errors=\"" +
         count + "\" skipped=\"0\" time=\"0\">\n";
  for (const Incomplete& part : document.incomplete) {
    out += "    <testcase classname=\"plimsoll\" name=\"" +
           xml_text(part.path.empty() ? part.limit : part.path) + "\"><error message=\"" +
           xml_text(part.limit) + "\" type=\"" + xml_text(part.stage) + "\"/></testcase>\n";
  }
  out += "  </testsuite>\n";
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  std::map<std::string, Suite> suites;
  for (const Subject& subject : document.subjects) {
    suites.try_emplace(subject.path.empty() ? "the repository" : subject.path);
  }
  for (const Entry& finding : document.findings) {
    suites[finding.path.value_or("the repository")].findings.push_back(&finding);
  }
  std::size_t tests = document.incomplete.size();
  std::size_t failures = 0;
  std::size_t skipped = 0;
  for (const auto& [name, suite] : suites) {
    tests += std::max<std::size_t>(suite.findings.size(), 1);
    for (const Entry* finding : suite.findings) ++(is_skipped(*finding) ? skipped : failures);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"plimsoll\"";
  out += " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
         "\" errors=\"" + std::to_string(document.incomplete.size()) + "\" skipped=\"" +
         std::to_string(skipped) + "\" time=\"0\">\n";
  for (const auto& [name, suite] : suites) print(name, suite, document, out);
  print_incomplete(document, out);
  return out + "</testsuites>\n";
}

}  // namespace

const Format& junit() {
  static constexpr Format kFormat{"junit", "JUnit XML, a test case per finding", render};
  return kFormat;
}

}  // namespace plimsoll::report::formats
