#include <string>

#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "distribution-upgraded",
    .title = "The whole distribution is upgraded",
    .severity = Severity::kInfo,
    .control = Control::kBaseImageUpdates,
    .fix_safety = FixSafety::kNone,
    .aliases = "hadolint:DL3005 hadolint:DL3035 trivy:DS-0024 dockle:DKL-DI-0003",
    .why =
        "A distribution upgrade may replace or remove what the base image was tested with, and it "
        "stores a second copy of every replaced file.",
    .fix_note = "Use a newer base image; upgrade single packages where a fix cannot wait for one.",
    .sources = "https://docs.docker.com/build/building/best-practices/#apt-get",
};

void check(const RunCommand& run, Sink& sink) {
  const PackageCommand package = read_package_command(run.command);
  if (!package) return;
  const bool apt = package.tool() == PackageTool::kApt &&
                   (package.verb == "dist-upgrade" || package.verb == "full-upgrade");
  const bool zypper = package.tool() == PackageTool::kZypper &&
                      (package.verb == "dist-upgrade" || package.verb == "dup");
  if (!apt && !zypper) return;
  sink.report(package.head(run.instruction), "'" + std::string(run.name()) + ' ' +
                                                 std::string(package.verb) +
                                                 "' upgrades the whole distribution");
}

constexpr Example kExamples[] = {
    {.name = "apt-get",
     .before = "FROM debian:12\nRUN apt-get update && «apt-get -q dist-upgrade»\n"},
    {.name = "zypper", .before = "FROM opensuse/leap:15\nRUN «zypper dup»\n"},
    {.name = "upgrades within the release",
     .before = "FROM debian:12\nRUN apt-get -y upgrade && zypper up\n"},
    {.name = "a package of that name",
     .before = "FROM debian:12\nRUN apt-get install -y dist-upgrade\n"},
};

}  // namespace

const Rule& distribution_upgraded() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
