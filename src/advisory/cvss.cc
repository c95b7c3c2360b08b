#include "advisory/cvss.h"

#include "advisory/cvss_versions.h"

namespace plimsoll::advisory {

namespace cvss {

Severity severity_of_tenths(int tenths) {
  if (tenths >= 90) return Severity::kCritical;
  if (tenths >= 70) return Severity::kHigh;
  if (tenths >= 40) return Severity::kMedium;
  return tenths > 0 ? Severity::kLow : Severity::kInfo;
}

}  // namespace cvss

std::optional<CvssScore> score_of(std::string_view vector) {
  struct Version {
    std::string_view prefix;
    std::optional<CvssScore> (*score_of)(std::string_view metrics);
  };
  static constexpr Version kVersions[] = {
      {"CVSS:3.1/", cvss::score_of_v31},
      {"CVSS:4.0/", cvss::score_of_v4},
      {"CVSS:3.0/", cvss::score_of_v30},
  };
  for (const Version& version : kVersions) {
    if (vector.starts_with(version.prefix)) {
      return version.score_of(vector.substr(version.prefix.size()));
    }
  }
  if (vector.size() >= 2 && vector.front() == '(' && vector.back() == ')') {
    vector = vector.substr(1, vector.size() - 2);
  }
  return cvss::score_of_v2(vector);
}

}  // namespace plimsoll::advisory
