#include <set>
#include <string_view>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "dependency-without-health",
    .title = "It starts before what it needs is ready",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kSafe,
    .why =
        "The service it depends on has a health check, but only its start is waited for: the "
        "first requests fail.",
    .fix_note = "Safe: asks for condition: service_healthy.",
    .sources = "https://docs.docker.com/compose/how-tos/startup-order/",
};

bool has_check(const Workload& service) {
  return service.healthcheck.is_set() && !service.healthcheck.value.disabled &&
         !service.healthcheck.value.test.empty();
}

void check(const compose::Project& project, Sink& sink) {
  std::set<std::string_view> checked;
  for (const Workload& service : project.services) {
    if (!service.one_shot && has_check(service)) checked.insert(service.name);
  }
  if (checked.empty()) return;
  for (const Workload& service : project.services) {
    for (const Dependency& dependency : service.depends_on) {
      if (!dependency.condition.empty() && dependency.condition != "service_started") continue;
      if (!checked.contains(dependency.service)) continue;
      sink.report(dependency.place,
                  "'" + dependency.service + "' has a health check that is not waited for")
          .about(service.id);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "the list form",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    depends_on:\n"
               "      - «db»\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    healthcheck:\n"
               "      test: pg_isready\n"},
    {.name = "waited for",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    depends_on:\n"
               "      db:\n"
               "        condition: service_healthy\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    healthcheck:\n"
               "      test: pg_isready\n"},
    {.name = "nothing to wait for",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    depends_on:\n"
               "      - db\n"
               "  db:\n"
               "    image: postgres:17\n"},
};

}  // namespace

const Rule& dependency_without_health() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
