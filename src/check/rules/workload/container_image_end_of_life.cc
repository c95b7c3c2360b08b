#include <algorithm>
#include <utility>

#include "check/ended_release.h"
#include "check/image_tag.h"
#include "check/pulled_image.h"
#include "check/rule.h"
#include "workload/end_of_life.h"
#include "workload/newer_release.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-image-end-of-life",
    .title = "The image is past its end of life",
    .severity = Severity::kHigh,
    .control = Control::kBaseImageUpdates,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why = "Nobody fixes it any more: each vulnerability that is found from now on stays in it.",
    .fix_note = "Move to a supported release; databases want their data migrated on the way.",
    .sources = "https://endoflife.date",
};

void check(const Workload& workload, Sink& sink) {
  const auto reference = pulled_image(workload);
  if (!reference) return;
  const Date today = sink.options().today;
  std::string message;
  Severity severity = Severity::kInfo;
  std::vector<Fact> facts;
  for (const EndOfLife& release : end_of_life(*reference)) {
    if (!release.ended(today)) continue;
    if (!message.empty()) message += "; ";
    message += describe_ended(release, today);
    const bool is_fixed = supported_by_others(release, today);
    severity = std::max(severity, is_fixed ? Severity::kLow : Severity::kHigh);
    if (!release.note.empty()) facts.push_back({"note", std::string(release.note)});
  }
  if (message.empty()) return;
  Finding& finding = sink.report(image_place(workload), std::move(message));
  finding.severity = severity;
  finding.evidence = std::move(facts);
  offer_tag(workload, *reference, supported_tag(*reference, today), finding);
}

constexpr Example kExamples[] = {
    {.name = "a database",
     .before = "services:\n"
               "  a:\n"
               "    image: «postgres:9.6»\n"},
    {.name = "a run time",
     .before = "services:\n"
               "  a:\n"
               "    image: «node:14-alpine»\n",
     .after = "services:\n"
              "  a:\n"
              "    image: node:26-alpine\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: «mysql:5.6»\n"},
    {.name = "supported",
     .before = "services:\n"
               "  a:\n"
               "    image: postgres:17\n"},
    {.name = "a tag that moves",
     .before = "services:\n"
               "  a:\n"
               "    image: postgres\n"},
    {.name = "built here, under a name of ours",
     .before = "services:\n"
               "  a:\n"
               "    build: .\n"
               "    image: node:14\n"},
};

}  // namespace

const Rule& container_image_end_of_life() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
