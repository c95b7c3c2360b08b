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
    .slug = "recommended-packages-installed",
    .title = "apt-get installs recommended packages too",
    .severity = Severity::kInfo,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL3015 trivy:DS-0029 semgrep:missing-no-install-recommends",
    .why =
        "Packages that nobody asked for make the image larger and bring vulnerabilities of their "
        "own.",
    .fix_note =
        "Add --no-install-recommends. Unsafe: a program may need something that came only as "
        "a recommendation, such as ca-certificates.",
    .sources = "https://docs.docker.com/build/building/best-practices/#apt-get",
};

bool is_configured(const DockerfileView& view) {
  return ascii::contains(view.file.source->text(), "apt.conf") &&
         ascii::icontains(view.file.source->text(), "install-recommends");
}

bool may_hold_options(const PackageCommand& package) {
  for (const shell::Word& arg : *package.command) {
    if (arg.expands && arg.value.starts_with('$') && !arg.quoted &&
        ascii::icontains(arg.value, "opt")) {
      return true;
    }
  }
  return false;
}

std::string flag_of(std::string_view program) {
  return program == "aptitude" ? "--without-recommends" : "--no-install-recommends";
}

void check(const DockerfileView& view, Sink& sink) {
  std::optional<bool> configured;  // looked up once, the file may be long
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    for (const shell::Command& command : run.script.commands) {
      const std::string_view name = command.name();
      if (name != "apt-get" && name != "apt" && name != "aptitude") continue;
      const PackageCommand package = read_package_command(command);
      if (package.verb != "install" || may_hold_options(package)) continue;
      if (package.has_any_flag("--no-install-recommends --install-recommends "
                               "--without-recommends") ||
          package.has_option("install-recommends", false)) {
        continue;
      }
      if (!configured) configured = is_configured(view);
      if (*configured) return;
      Finding& finding = sink.report(
          package.head(run), "'" + std::string(name) +
                                 " install' without --no-install-recommends brings packages that "
                                 "nobody asked for");
      remedy(finding, "add " + flag_of(name),
             dockerfile::insert_words(view.file, run, command, *package.verb_word, flag_of(name)),
             FixSafety::kUnsafe);
    }
  });
}

constexpr Example kExamples[] = {
    {.name = "plain",
     .before = "FROM debian:12\nRUN «apt-get -y install» curl\n",
     .after = "FROM debian:12\nRUN apt-get -y install --no-install-recommends curl\n"},
    {.name = "told not to",
     .before = "FROM debian:12\nRUN apt-get install --no-install-recommends -y curl\n"},
    {.name = "before the verb",
     .before = "FROM debian:12\nRUN apt-get --no-install-recommends install -fmy curl\n"},
    {.name = "by an option",
     .before = "FROM debian:12\nRUN apt-get -o APT::Install-Recommends=false install curl\n"},
    {.name = "by the configuration",
     .before = "FROM debian:12\nRUN echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/1\n"
               "RUN apt-get install -y curl\n"},
    {.name = "on purpose",
     .before = "FROM debian:12\nRUN apt-get install -y --install-recommends curl\n"},
};

}  // namespace

const Rule& recommended_packages_installed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
