#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "report/format.h"

// GitLab's code quality report: what a merge request shows beside its lines.
// Source: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".
namespace plimsoll::report::formats {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity(Severity severity) {
  switch (severity) {
    case Severity::kCritical: return "blocker";
    case Severity::kHigh: return "critical";
    case Severity::kMedium: return "major";
    case Severity::kLow: return "minor";
    case Severity::kInfo: return "info";
  }
  return "info";
}

/// GitLab drops paths that start with "./".
std::string relative(std::string path) {
  while (path.starts_with("./")) path.erase(0, 2);
  return path;
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  Json list = Json::array();
  for (const Entry& finding : document.findings) {
    if (finding.suppressed) continue;  // GitLab compares with the target branch by itself
    std::string path = finding.path.value_or("");
    if (const Subject* subject = document.subject(finding.subject); path.empty() && subject) {
      path = subject->path;
    }
    list.push_back({{"description", finding.message},
                    {"check_name", finding.rule},
                    {"fingerprint", finding.fingerprint},
                    {"severity", severity(finding.severity)},
                    {"location",
                     {{"path", relative(path.empty() ? "." : path)},
                      {"lines", {{"begin", std::max(finding.region.line, 1U)}}}}}});
  }
  return list.dump(2) + '\n';
}

}  // namespace

const Format& gitlab() {
  static constexpr Format kFormat{"gitlab", "GitLab's code quality report", render};
  return kFormat;
}

}  // namespace plimsoll::report::formats
