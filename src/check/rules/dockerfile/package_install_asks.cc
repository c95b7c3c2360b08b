#include <optional>
#include <string>

#include "check/package_manager.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "core/ascii.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "package-install-asks",
    .title = "An install waits for an answer",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "hadolint:DL3014 hadolint:DL3030 hadolint:DL3034 hadolint:DL3038 trivy:DS-0021",
    .why =
        "Nobody can answer during a build: the package manager takes the silence for a no and the "
        "build fails as soon as there is something to confirm.",
    .fix_note = "Add -y. Safe: without it the build fails or there is nothing to ask.",
    .sources = "https://docs.docker.com/build/building/best-practices/#apt-get",
};

/// -qq, -q -q, --quiet --quiet, -q=2: apt takes two for a yes.
bool is_twice_quiet(const PackageCommand& package) {
  std::size_t quiet = 0;
  for (const shell::Word& arg : *package.command) {
    const std::string_view value = arg.value;
    if (value == "--quiet") ++quiet;
    if (value.size() < 2 || value[0] != '-' || value[1] == '-') continue;
    if (value.starts_with("-q=") || value.starts_with("-q2")) {
      if (value.back() >= '2') quiet += 2;
      continue;
    }
    for (const char c : value.substr(1)) {
      if (!ascii::is_alpha(c)) break;
      if (c == 'q') ++quiet;
    }
  }
  return quiet >= 2;
}

bool is_told_yes(const PackageCommand& package) {
  if (package.has_any_flag(package.manager->yes_flags)) return true;
  if (!package.manager->yes_setting.empty() &&
      package.has_option(package.manager->yes_setting, true)) {
    return true;
  }
  if (package.tool() != PackageTool::kApt) return false;
  return is_twice_quiet(package) ||
         package.has_any_flag("-s --simulate --just-print --dry-run --recon --no-act --print-uris");
}

bool may_hold_options(const shell::Command& command) {
  for (const shell::Word& arg : command) {
    // `$APT_FLAGS`, but not a package's version.
    if (arg.expands && !arg.value.empty() && (arg.value[0] == '$' || arg.value[0] == '`')) {
      return true;
    }
  }
  return false;
}

bool is_configured(const DockerfileView& view) {
  const std::string_view text = view.file.source->text();
  return ascii::contains(text, ".conf") &&
         (ascii::icontains(text, "assume-yes \"") || ascii::icontains(text, "assumeyes="));
}

void check(const DockerfileView& view, Sink& sink) {
  std::optional<bool> configured;  // looked up once, the file may be long
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    for (const shell::Command& command : run.script.commands) {
      const PackageCommand package = read_package_command(command);
      if (!package || package.manager->yes_flags.words().empty()) continue;
      if (!package.installs() && !package.upgrades() && !package.removes()) continue;
      if (is_told_yes(package) || may_hold_options(command)) continue;
      if (command.connector == shell::Connector::kPipe) continue;  // `yes | yum install …`
      if (!configured) configured = is_configured(view);
      if (*configured) return;
      Finding& finding = sink.report(
          package.head(run), "'" + std::string(command.name()) + ' ' + std::string(package.verb) +
                                 "' asks for confirmation: -y is missing");
      if (package.verb_word == nullptr) continue;
      remedy(finding, "add -y",
             dockerfile::insert_words(view.file, run, command, *package.verb_word, "-y"),
             FixSafety::kSafe);
    }
  });
}

constexpr Example kExamples[] = {
    {.name = "apt-get",
     .before = "FROM debian:12\nRUN «apt-get install» curl\n",
     .after = "FROM debian:12\nRUN apt-get install -y curl\n"},
    {.name = "apt-get, one q",
     .before = "FROM debian:12\nRUN «apt-get -q install» curl\n",
     .after = "FROM debian:12\nRUN apt-get -q install -y curl\n"},
    {.name = "apt-get, answered",
     .before =
         "FROM debian:12\nRUN apt-get -y install a && apt-get -fmy install b && apt-get install "
         "-qq c && apt-get install -q -q d && apt-get install -o APT::Get::Assume-Yes=true e "
         "&& apt-get install --assume-yes f\n"},
    {.name = "answered by a pipe", .before = "FROM debian:12\nRUN yes | apt-get install curl\n"},
    {.name = "answered by the configuration",
     .before =
         "FROM debian:12\nRUN echo 'APT::Get::Assume-Yes \"true\";' > /etc/apt/apt.conf.d/90\n"
         "RUN apt-get install curl\n"},
    {.name = "yum",
     .before = "FROM centos:7\nRUN «yum install» httpd\n",
     .after = "FROM centos:7\nRUN yum install -y httpd\n"},
    {.name = "microdnf",
     .before = "FROM fedora:40\nRUN «microdnf install» httpd\n",
     .after = "FROM fedora:40\nRUN microdnf install -y httpd\n"},
    {.name = "dnf, answered", .before = "FROM fedora:40\nRUN dnf -vy install a && dnf clean all\n"},
    {.name = "zypper",
     .before = "FROM opensuse/leap:15\nRUN «zypper install» httpd\n",
     .after = "FROM opensuse/leap:15\nRUN zypper install -y httpd\n"},
    {.name = "zypper, answered",
     .before = "FROM opensuse/leap:15\nRUN zypper -n in a && zypper install --no-confirm b\n"},
    {.name = "apk does not ask", .before = "FROM alpine:3.20\nRUN apk add curl\n"},
    {.name = "options in a variable",
     .before = "FROM debian:12\nARG O\nRUN apt-get $O install a\n"},
};

}  // namespace

const Rule& package_install_asks() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
