#include <map>
#include <string_view>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-name-repeated",
    .title = "Two services have one container name",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "dclint:no-duplicate-container-names",
    .why = "Names are unique on a host: the second service does not start.",
    .fix_note = "Drop container_name, or give each its own.",
    .sources = "https://docs.docker.com/reference/compose-file/services/#container_name",
};

void check(const compose::Project& project, Sink& sink) {
  std::map<std::string_view, const Workload*> taken;
  for (const Workload& service : project.services) {
    if (service.node == nullptr || !service.profiles.empty()) continue;
    const Node* const name = service.node->find("container_name");
    if (name == nullptr || name->str().empty()) continue;
    if (name->str().find('$') != std::string_view::npos) continue;
    const auto [first, fresh] = taken.try_emplace(name->str(), &service);
    if (fresh) continue;
    sink.report(Place{service.file, name->span}, "'" + std::string(name->str()) +
                                                     "' is also the container name of '" +
                                                     first->second->name + "'")
        .about(service.id);
  }
}

constexpr Example kExamples[] = {
    {.name = "twice",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    container_name: x\n"
               "  b:\n"
               "    image: nginx:1.27\n"
               "    container_name: «x»\n"},
    {.name = "each its own",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    container_name: x\n"
               "  b:\n"
               "    image: nginx:1.27\n"
               "    container_name: y\n"},
    {.name = "a profile chooses",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    container_name: x\n"
               "    profiles: [one]\n"
               "  b:\n"
               "    image: nginx:1.27\n"
               "    container_name: x\n"
               "    profiles: [two]\n"},
};

}  // namespace

const Rule& container_name_repeated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
