#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "apt-instead-of-apt-get",
    .title = "apt is used in a script",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL3027 checkov:CKV_DOCKER_9 semgrep:prefer-apt-get",
    .why =
        "apt is made for people at a terminal: its options and output may change between "
        "releases, and it says so on stderr. apt-get and apt-cache keep theirs.",
    .fix_note =
        "Write apt-get, or apt-cache for search, show and policy. Not safe everywhere: apt "
        "upgrade also installs new packages, which apt-get upgrade does not.",
    .sources = "https://manpages.debian.org/apt.8",
};

/// The same word means the same to apt-get.
bool means_the_same(std::string_view verb) {
  return verb == "install" || verb == "update" || verb == "remove" || verb == "purge" ||
         verb == "autoremove" || verb == "clean" || verb == "autoclean" || verb == "build-dep";
}

void check(const RunCommand& run, Sink& sink) {
  if (run.name() != "apt") return;
  const shell::Word& program = run.command.words[run.command.program];
  Finding& finding = sink.report(run.span(program), "'apt' has no stable command line for scripts");
  if (program.raw != "apt" || run.span(program).size() != 3 ||
      !means_the_same(run.command.subcommand())) {
    return;
  }
  finding.fix = Fix{.title = "use apt-get", .edits = {{run.span(program), "apt-get"}}};
  finding.fix->safety = FixSafety::kUnsafe;
}

constexpr Example kExamples[] = {
    {.name = "install",
     .before = "FROM debian:12\nRUN «apt» install -y curl\n",
     .after = "FROM debian:12\nRUN apt-get install -y curl\n"},
    {.name = "list has no counterpart", .before = "FROM debian:12\nRUN «apt» list --installed\n"},
    {.name = "apt-get", .before = "FROM debian:12\nRUN apt-get update && apt-cache show apt\n"},
    {.name = "a folder of that name",
     .before = "FROM debian:12\nRUN rm -rf /var/lib/apt && echo apt\n"},
};

}  // namespace

const Rule& apt_instead_of_apt_get() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
