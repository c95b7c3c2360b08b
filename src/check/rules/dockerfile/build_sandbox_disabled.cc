#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "build-sandbox-disabled",
    .title = "RUN leaves the build's sandbox",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "With --security=insecure a package's install script is as good as root on the build host; "
        "with --network=host it reaches what listens only there.",
    .fix_note =
        "Take the flag away, or keep such a step out of the image build. Both flags need an "
        "entitlement that the builder should not give.",
    .sources =
        "https://docs.docker.com/reference/dockerfile/#run---security "
        "https://docs.docker.com/reference/dockerfile/#run---network",
};

void check(const dockerfile::Instruction& run, Sink& sink) {
  if (run.keyword != dockerfile::Keyword::kRun) return;
  for (const dockerfile::Flag& flag : run.flags) {
    if (flag.name == "security" && flag.value == "insecure") {
      sink.report(flag.span, "RUN has all privileges of the build host");
    } else if (flag.name == "network" && flag.value == "host") {
      sink.report(flag.span, "RUN is in the network of the build host");
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "all privileges", .before = "FROM debian:12\nRUN «--security=insecure» mount\n"},
    {.name = "the host's network", .before = "FROM debian:12\nRUN «--network=host» curl a\n"},
    {.name = "the defaults",
     .before = "FROM debian:12\nRUN --security=sandbox a\nRUN --network=default b\n"},
    {.name = "less than the default", .before = "FROM debian:12\nRUN --network=none make\n"},
};

}  // namespace

const Rule& build_sandbox_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
