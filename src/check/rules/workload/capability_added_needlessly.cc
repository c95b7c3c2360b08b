#include <string>
#include <string_view>
#include <unordered_set>

#include "check/capability.h"
#include "check/example_objects.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "capability-added-needlessly",
    .title = "A capability is added that is there anyway",
    .severity = Severity::kInfo,
    .control = Control::kLeastCapabilities,
    .fix_safety = FixSafety::kSafe,
    .why = "The line does nothing; whoever wrote it meant to drop the others.",
    .fix_note = "Add cap_drop: [ALL] above it, or delete it.",
    .sources =
        "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities",
};

void check(const Workload& workload, Sink& sink) {
  if (workload.cap_add.empty() || drops_all_capabilities(workload)) return;
  if (workload.cap_drop.origin == Origin::kUnknown) return;
  std::unordered_set<std::string_view> dropped;
  for (const Item& item : workload.cap_drop.items) dropped.insert(item.value);
  for (const Item& item : workload.cap_add.items) {
    const bool given = is_default_capability(item.value, workload.form);
    if (!given || dropped.contains(item.value)) continue;
    sink.report(item.place, "'" + item.value + "' is added although every container has it");
  }
}

constexpr Example kExamples[] = {
    {.name = "of the default set",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [«CHOWN», SYS_NICE]\n"},
    {.name = "after dropping all",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n"
               "    cap_add: [CHOWN]\n"},
    {.name = "after dropping just that",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [CHOWN]\n"
               "    cap_add: [CHOWN]\n"},
    {.name = "not every engine grants it",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          add: [NET_RAW]\n"}},
};

}  // namespace

const Rule& capability_added_needlessly() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
