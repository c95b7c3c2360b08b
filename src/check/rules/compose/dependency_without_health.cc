#include <set>
#include <string_view>

#include "check/remedy.h"
#include "check/rule.h"
#include "parse/yaml_edit.h"
#include "workload/spelling.h"

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

/// The list form has no place for a condition, so all of it becomes the long form.
spelling::Edits wait_for_health(const Workload& service, const Dependency& dependency,
                                const std::set<std::string_view>& checked) {
  const Node* list = service.node == nullptr ? nullptr : service.node->find("depends_on");
  const auto refuse = [](const char* why) { return tl::unexpected<std::string>(why); };
  if (list == nullptr || !service.node->span.contains(list->span)) {
    return refuse("it is written elsewhere");
  }
  const SourceFile& file = *service.file;
  if (list->is_mapping()) {
    return yaml::put(file, *list, {dependency.service, "condition"},
                     yaml::NewNode::of("service_healthy"));
  }
  if (!list->is_sequence() || list->style == Node::Style::kFlow || list->shared) {
    return refuse("the list is written in a way that has no room for conditions");
  }
  const std::string eol = ascii::contains(file.text(), "\r\n") ? "\r\n" : "\n";
  std::vector<Edit> edits;
  for (const Node* item : list->items) {
    const Span line = file.line_span(file.line_index(item->span.begin));
    const std::string_view before = file.slice({line.begin, item->span.begin});
    const std::size_t dash = before.find('-');
    if (!item->is_plain() || dash == std::string_view::npos ||
        before.find_first_not_of(" -") != std::string_view::npos) {
      return refuse("the list is written in a way that has no room for conditions");
    }
    std::string indent(dash, ' ');
    // A dash may stand below its key's first letter; a key of the mapping may not.
    const Span key = service.node->find_entry("depends_on")->key->span;
    const std::uint32_t key_line = file.line_span(file.line_index(key.begin)).begin;
    if (dash <= key.begin - key_line) indent = std::string(key.begin - key_line + 2, ' ');
    const std::string condition =
        checked.contains(item->text) ? "service_healthy" : "service_started";
    edits.push_back(
        {{line.begin, item->span.end},
         indent + std::string(item->text) + ":" + eol + indent + "  condition: " + condition});
  }
  return edits;
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
      Finding& finding =
          sink.report(dependency.place,
                      "'" + dependency.service + "' has a health check that is not waited for");
      finding.about(service.id);
      remedy(finding, "wait until '" + dependency.service + "' is healthy",
             wait_for_health(service, dependency, checked), FixSafety::kSafe);
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
               "      test: pg_isready\n",
     .after = "services:\n"
              "  a:\n"
              "    image: nginx:1.27\n"
              "    depends_on:\n"
              "      db:\n"
              "        condition: service_healthy\n"
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
