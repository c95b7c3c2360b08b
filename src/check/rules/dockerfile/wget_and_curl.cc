#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "wget-and-curl",
    .title = "wget and curl are used in one stage",
    .severity = Severity::kInfo,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kNone,
    .aliases = "hadolint:DL4001 trivy:DS-0014 semgrep:use-either-wget-or-curl",
    .why = "Two programs for one job are twice the size and twice the vulnerabilities.",
    .fix_note = "Use the one that is there already.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/"
        "#dont-install-unnecessary-packages",
};

void check(const StageView& stage, Sink& sink) {
  std::string_view first;
  bool reported = false;
  for_each_run(stage.instructions(), [&](const dockerfile::Instruction& run) {
    if (reported) return;
    for (const shell::Command& command : run.script.commands) {
      const std::string_view name = command.name();
      if (name != "wget" && name != "curl") continue;
      if (first.empty()) first = name;
      if (name == first) continue;
      sink.report(run.source(command.words[command.program].span),
                  "this stage downloads with wget and with curl");
      reported = true;
      return;
    }
  });
}

constexpr Example kExamples[] = {
    {.name = "both", .before = "FROM debian:12\nRUN wget http://a.b\nRUN «curl» http://a.b\n"},
    {.name = "only once per stage",
     .before = "FROM debian:12\nRUN curl http://a.b && «wget» http://a.b && wget http://a.c\n"},
    {.name = "in different stages",
     .before = "FROM debian:12 AS a\nRUN wget http://a.b\nFROM debian:12\nRUN curl http://a.b\n"},
    {.name = "installed, not used",
     .before = "FROM debian:12\nRUN apt-get install -y wget curl && curl http://a.b\n"},
};

}  // namespace

const Rule& wget_and_curl() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
