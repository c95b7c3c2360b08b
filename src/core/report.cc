#include "core/report.h"

#include <algorithm>

namespace plimsoll {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::kNotApplicable: return "not-applicable";
    case Status::kPass: return "pass";
    case Status::kFail: return "fail";
    case Status::kUnknown: return "unknown";
  }
  return "unknown";
}

const RuleInfo* Report::rule(std::string_view slug) const {
  const auto found =
      std::lower_bound(rules.begin(), rules.end(), slug,
                       [](const RuleInfo* info, std::string_view s) { return info->slug < s; });
  return found != rules.end() && (*found)->slug == slug ? *found : nullptr;
}

const Subject* Report::subject(std::string_view id) const {
  const auto found = std::lower_bound(
      subjects.begin(), subjects.end(), id,
      [](const Subject& subject, std::string_view wanted) { return subject.id < wanted; });
  return found != subjects.end() && found->id == id ? &*found : nullptr;
}

}  // namespace plimsoll
