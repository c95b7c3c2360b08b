#include <algorithm>
#include <string>

#include "check/package_cache.h"
#include "check/package_manager.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "package-index-update-alone",
    .title = "The package index is updated in a RUN of its own",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "trivy:DS-0017 checkov:CKV_DOCKER_5 dockle:CIS-DI-0007 cis-docker:4.7",
    .why =
        "The layer is cached, so later installs use the index of the first build: they miss "
        "security updates and fail once the mirror drops the old files.",
    .fix_note =
        "Join it with the install by && in one RUN. Safe: done where the install is the next "
        "instruction and the update is all that its RUN does.",
    .sources = "https://docs.docker.com/build/building/best-practices/#apt-get",
};

/// Runs something of the author's that may well install.
bool runs_script(const shell::Command& command, std::string_view name) {
  if (command.program >= command.words.size()) return false;
  const shell::Word& program = command.words[command.program];
  if (program.value.find('/') != std::string_view::npos && !program.value.starts_with("/bin/") &&
      !program.value.starts_with("/usr/bin/") && !program.value.starts_with("/sbin/")) {
    return true;
  }
  return program.expands || name == "sh" || name == "bash" || name == "." || name == "source" ||
         name == "eval" || name == "make" || name == "xargs" || name == "ansible-playbook";
}

/// A system upgrade in disguise: `yum update` is `yum upgrade`, but `yum update curl` is not.
bool is_update(const PackageCommand& package) {
  if (!package.refreshes()) return false;
  Operands operands = package.operands;
  return !package.upgrades() || operands.next() == nullptr;
}

unsigned bit(PackageTool tool) {
  return 1U << static_cast<unsigned>(tool == PackageTool::kMicrodnf || tool == PackageTool::kDnf
                                         ? PackageTool::kYum
                                         : tool);
}

/// `RUN apt-get update` and the RUN right below become one.
void join_with_next(Finding& finding, const DockerfileView& view,
                    const dockerfile::Instruction& run) {
  const dockerfile::Dockerfile& file = view.file;
  const dockerfile::Instruction* next = &run + 1;
  finding.unfixed = "the RUN that installs has to be found";
  if (run.onbuild || next == file.instructions.data() + file.instructions.size()) return;
  if (run.script.commands.size() != 1) return;
  const bool installs = std::any_of(
      next->script.commands.begin(), next->script.commands.end(),
      [&](const shell::Command& command) {
        const PackageCommand package = read_package_command(command);
        return package && package.installs() &&
               bit(package.tool()) == bit(read_package_command(run.script.commands[0]).tool());
      });
  if (!installs) return;
  finding.unfixed.clear();
  remedy(finding, "join it with the install", dockerfile::join_runs(file, run, *next, {}),
         FixSafety::kSafe);
}

void judge(const DockerfileView& view, const dockerfile::Instruction& run, Sink& sink) {
  unsigned used = 0;  // by what comes later in the script
  const auto& commands = run.script.commands;
  for (std::size_t i = commands.size(); i-- > 0;) {
    const std::string_view name = commands[i].name();
    const PackageCommand package = read_package_command(commands[i]);
    if (!package) {
      if (runs_script(commands[i], name)) return;
      continue;
    }
    const unsigned tool = bit(package.tool());
    if (is_update(package)) {
      if ((used & tool) == 0 && !mounts_one_of(run, package.manager->caches)) {
        const std::string call = std::string(name) + ' ' + std::string(package.verb);
        Finding& finding = sink.report(
            package.head(run),
            package.upgrades()
                ? "'" + call + "' is in a RUN of its own, which is cached and not repeated"
                : "'" + call + "' is in a RUN that installs nothing");
        join_with_next(finding, view, run);
        used |= tool;
      }
    } else if (!package.verb.empty() && !package.cleans() && !package.removes()) {
      used |= tool;
    }
  }
}

void check(const DockerfileView& view, Sink& sink) {
  for_each_run(view.file.instructions,
               [&](const dockerfile::Instruction& run) { judge(view, run, sink); });
}

constexpr Example kExamples[] = {
    {.name = "apt-get",
     .before = "FROM debian:12\nRUN «apt-get update»\nRUN apt-get install -y a\n",
     .after = "FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y a\n"},
    {.name = "apk", .before = "FROM alpine:3.20\nRUN «apk update» && echo done\n"},
    {.name = "a comment between",
     .before = "FROM debian:12\nRUN «apt-get update»\n# for a\nRUN apt-get install -y a\n",
     .after = "FROM debian:12\nRUN apt-get update && \\\n# for a\n    apt-get install -y a\n"},
    {.name = "together",
     .before = "FROM debian:12\nRUN apt-get update -y ; apt-get install -y a\n"},
    {.name = "an upgrade uses it",
     .before = "FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n"},
    {.name = "a script may install",
     .before = "FROM debian:12\nRUN apt-get update && ./setup.sh\n"},
    {.name = "something else's update", .before = "FROM debian:12\nRUN sh /a.sh update\n"},
    {.name = "dnf", .before = "FROM fedora:40\nRUN «dnf -y update» && dnf clean all\n"},
    {.name = "dnf, together", .before = "FROM fedora:40\nRUN dnf update -y && dnf install -y a\n"},
};

}  // namespace

const Rule& package_index_update_alone() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
