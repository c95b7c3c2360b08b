#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "check/command_setting.h"
#include "check/package_manager.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "signature-check-off",
    .title = "Packages are installed without a signature check",
    .severity = Severity::kHigh,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "checkov:CKV2_DOCKER_7 checkov:CKV2_DOCKER_8 checkov:CKV2_DOCKER_9 checkov:CKV2_DOCKER_10 "
        "checkov:CKV2_DOCKER_11",
    .why =
        "The signature is what tells the distribution's package from one that a mirror or somebody "
        "on the way has replaced; its scripts run as root.",
    .fix_note =
        "Take the switch away and install the key that signs: signed-by= for APT, /etc/apk/keys, "
        "rpm --import. Safe: what is signed is installed as before. Unsafe for files and for "
        "repositories that the Dockerfile adds, whose key the image may lack, and for --force-yes, "
        "which means more than that.",
    .sources =
        "https://manpages.debian.org/bookworm/apt/apt-secure.8.en.html "
        "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper "
        "https://dnf.readthedocs.io/en/latest/conf_ref.html",
};

struct Switch {
  WordList programs;
  WordList flags;
};

constexpr std::string_view kRpmBased =
    "yum dnf dnf5 tdnf microdnf yum-config-manager "
    "dnf-config-manager";

constexpr Switch kSwitches[] = {
    {"apt apt-get aptitude",
     "--allow-unauthenticated --force-yes --allow-insecure-repositories --allow-untrusted"},
    {"apk", "--allow-untrusted"},
    {kRpmBased, "--nogpgcheck --no-gpgchecks --no-gpg-checks"},
    {"rpm", "--nosignature --nodigest --noverify --nofiledigest"},
    {"zypper", "--no-gpg-checks --no-gpgcheck --allow-unsigned-rpm"},
};

/// Settings that an argument gives.
struct Setting {
  WordList programs;
  std::string_view name;
  bool value;
};
constexpr Setting kSettings[] = {
    {"apt apt-get aptitude", "AllowUnauthenticated", true},
    {"apt apt-get aptitude", "AllowInsecureRepositories", true},
    {kRpmBased, "gpgcheck", false},
};

/// Only files are installed, so where they come from is decided elsewhere; such files, built in
/// place or with a checksum of their own, often have no signature.
bool installs_only_files(PackageCommand package) {
  if (!package || !package.installs()) return false;
  std::size_t files = 0;
  while (const shell::Word* word = package.operands.next()) {
    const std::string_view name = word->value;
    const bool file = name.ends_with(".apk") || name.ends_with(".deb") || name.ends_with(".rpm");
    if (!file || ascii::contains(name, "://")) return false;
    ++files;
  }
  return files > 0;
}

const shell::Word* find_off(const shell::Command& command) {
  const std::string_view name = command.name();
  for (const Switch& each : kSwitches) {
    if (!has_word(each.programs, name)) continue;
    // --flag=false is apt's way to say no.
    const shell::Word* word = find_flag(command, each.flags);
    if (word == nullptr) continue;
    const std::size_t equals = word->value.find('=');
    if (equals == std::string_view::npos || !means(word->value.substr(equals + 1), false)) {
      return word;
    }
  }
  for (const Setting& each : kSettings) {
    if (!has_word(each.programs, name)) continue;
    if (const shell::Word* word = find_setting(command, each.name, each.value)) return word;
  }
  return nullptr;
}

/// A source of APT that is marked [trusted=yes], or a setting of a configuration file; "" when
/// `text` says neither.
std::string_view written_off(std::string_view text) {
  // A repository that the build has made itself (file:) has nobody on the way to it.
  const bool source = ascii::contains(text, "deb") && text.find('[') != std::string_view::npos &&
                      !ascii::contains(text, "file:");
  if (source && says_setting(text, "trusted", true)) return "[trusted=yes]";
  for (const Setting& each : kSettings) {
    if (says_setting(text, each.name, each.value)) return each.name;
  }
  return {};
}

bool says_yes(const shell::Command& command) {
  return command.has_flag("-y") || command.has_flag("--yes") || command.has_flag("--assume-yes");
}

/// Files, and repositories that the Dockerfile itself adds, are often not signed with a key that
/// the image has: then the build needs that key first.
bool installs_some_file(const RunCommand& run) {
  return std::any_of(run.command.begin(), run.command.end(), [](const shell::Word& word) {
    const std::string_view name = word.value;
    return name.ends_with(".apk") || name.ends_with(".deb") || name.ends_with(".rpm");
  });
}

bool adds_repository(const DockerfileView& view) {
  const std::string_view text = view.file.source->text();
  return ascii::contains(text, "sources.list") || ascii::contains(text, "yum.repos.d") ||
         ascii::contains(text, "add-repo") || ascii::contains(text, "apk/repositories") ||
         ascii::contains(text, "addrepo");
}

void take_out(Finding& finding, const RunCommand& run, const shell::Word& word,
              std::optional<bool>& own_repository) {
  if (!dockerfile::is_editable(run.view.file, run.instruction, run.command, word)) {
    finding.unfixed = "the switch is not written plainly";
    return;
  }
  Span span = run.span(word);
  if (word.value == "--force-yes" && !says_yes(run.command)) {
    finding.fix = Fix{.title = "write -y", .edits = {{span, "-y"}}, .safety = FixSafety::kUnsafe};
    return;
  }
  const shell::Word* before = &word == run.command.begin() ? nullptr : &word - 1;
  if (before != nullptr && (before->value == "-o" || before->value == "--setopt")) {
    span.begin = run.span(*before).begin;
  }
  if (run.view.file.source->slice(span).find('\n') != std::string_view::npos) {
    finding.unfixed = "the switch and its value stand on two lines";
    return;
  }
  if (!own_repository) own_repository = adds_repository(run.view);
  const bool may_lack_key = *own_repository || installs_some_file(run);
  remedy(finding, "take the switch away", dockerfile::remove_word(run.view.file, span),
         may_lack_key || word.value == "--force-yes" ? FixSafety::kUnsafe : FixSafety::kSafe);
}

void check_command(const RunCommand& run, std::optional<bool>& own_repository, Sink& sink) {
  const std::string_view name = run.name();
  if (name.size() < 3 || run.command.words.size() < 2) return;
  if (std::string_view("adepmrstyz").find(name[0]) == std::string_view::npos) return;
  if (name == "echo" || name == "printf" || name == "sed") {
    for_each_written_text(run.command, [&](const shell::Word& word, std::string_view text) {
      const std::string_view off = written_off(text);
      if (off.empty()) return;
      sink.report(run.span(word),
                  "'" + std::string(off) + "' makes packages be taken without a valid signature")
          .unfixed = "the key that signs has to be added in place of it";
    });
    return;
  }
  const shell::Word* word = find_off(run.command);
  if (word == nullptr) return;
  const PackageCommand package = read_package_command(run.command);
  // apk index only lists files; apk verify says what is wrong with them.
  if (name == "apk" && (package.verb == "index" || package.verb == "verify")) return;
  Finding& finding =
      sink.report(run.span(*word), "'" + std::string(word->value.substr(0, word->value.find('='))) +
                                       "' makes " + std::string(name) +
                                       " take packages without a valid signature");
  if (installs_only_files(package)) finding.severity = Severity::kLow;
  take_out(finding, run, *word, own_repository);
}

void check(const DockerfileView& view, Sink& sink) {
  std::optional<bool> own_repository;  // looked up once, the file may be long
  for (const dockerfile::Instruction& outer : view.file.instructions) {
    const bool onbuild = outer.keyword == dockerfile::Keyword::kOnbuild && outer.inner != nullptr;
    const dockerfile::Instruction& run = onbuild ? *outer.inner : outer;
    if (run.keyword != dockerfile::Keyword::kRun) continue;
    for (std::uint32_t i = 0; i < run.script.commands.size(); ++i) {
      check_command({run.script.commands[i], i, run, view}, own_repository, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "APT",
     .before = "FROM debian:12\nRUN apt-get install -y «--allow-unauthenticated» a\n"
               "RUN apt-get «--force-yes» install a\n"
               "RUN apt-get «--force-yes» -yq install a\n",
     .after = "FROM debian:12\nRUN apt-get install -y a\nRUN apt-get -y install a\n"
              "RUN apt-get -yq install a\n"},
    {.name = "APT by a setting",
     .before = "FROM debian:12\nRUN apt-get -o «APT::Get::AllowUnauthenticated=true» install a\n",
     .after = "FROM debian:12\nRUN apt-get install a\n"},
    {.name = "apk",
     .before = "FROM alpine:3.20\nRUN echo a && apk add \\\n    «--allow-untrusted» /a.apk\n",
     .after = "FROM alpine:3.20\nRUN echo a && apk add \\\n    /a.apk\n"},
    {.name = "dnf",
     .before = "FROM fedora:41\nRUN dnf install -y «--nogpgcheck» a\n"
               "RUN tdnf install -y «--setopt=gpgcheck=0» a\n",
     .after = "FROM fedora:41\nRUN dnf install -y a\nRUN tdnf install -y a\n"},
    {.name = "rpm",
     .before = "FROM fedora:41\nRUN rpm -i --nodeps «--nosignature» a.rpm\n",
     .after = "FROM fedora:41\nRUN rpm -i --nodeps a.rpm\n"},
    {.name = "zypper",
     .before = "FROM opensuse/leap:15\nRUN zypper «--no-gpg-checks» in a\n",
     .after = "FROM opensuse/leap:15\nRUN zypper in a\n"},
    {.name = "a trusted source",
     .before = "FROM debian:12\nRUN echo «\"deb [arch=amd64 trusted=yes] https://a.example /\"» "
               "> /etc/apt/sources.list.d/a.list\n"},
    {.name = "written by sed",
     .before = "FROM fedora:41\nRUN sed -i «s/gpgcheck=1/gpgcheck=0/» /etc/yum.repos.d/a.repo\n"},
    {.name = "the index's own signature, off everywhere",
     .before = "FROM fedora:41\nRUN dnf install -y --setopt=repo_gpgcheck=0 a\n"},
    {.name = "spoken of",
     .before = "FROM alpine:3.20\nRUN apk add a | grep \"--allow-untrusted\"\n"
               "RUN apk upgrade && echo \"--allow-untrusted\"\n"},
    {.name = "a repository made in the build",
     .before = "FROM debian:12\nRUN echo \"deb [ trusted=yes ] file://$d ./\" > /a.list\n"},
    {.name = "an index of files",
     .before = "FROM alpine:3.20\nRUN apk index --allow-untrusted *.apk\n"},
    {.name = "with a key",
     .before = "FROM debian:12\nRUN echo 'deb [signed-by=/k.asc] https://a.example /' > /a.list\n"},
};

}  // namespace

const Rule& signature_check_off() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
