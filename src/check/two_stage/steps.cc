#include "check/two_stage/steps.h"

#include <algorithm>

#include "check/account_command.h"
#include "check/package_manager.h"
#include "check/same_run_purge.h"
#include "core/path.h"

namespace plimsoll::check::two_stage {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

constexpr WordList kNothing = "set true : echo test [ export cd ls pwd date uname which exit";
constexpr WordList kFiles =
    "mkdir chown chmod cp mv rm ln touch sed tar unzip gunzip find cat install tee rmdir gzip";
constexpr WordList kFolders = "mkdir chown chmod touch";
constexpr WordList kAccounts =
    "useradd adduser groupadd addgroup usermod groupmod deluser delgroup userdel groupdel gpasswd";

/// Those of them that every small image with a shell has.
constexpr WordList kSmall =
    "mkdir chown chmod cp mv rm ln touch sed tar find cat install tee rmdir";

/// Folders whose content no process reads.
bool is_passing(std::string_view path) {
  constexpr std::string_view kPassing[] = {
      "/tmp",           "/var/tmp",       "/var/cache",     "/var/lib/apt",
      "/root/.cache",   "/root/.npm",     "/root/.cargo",   "/root/.m2",
      "/root/.gradle",  "/root/.bundle",  "/var/log",       "/dev/null",
      "/usr/share/doc", "/usr/share/man", "/etc/apk/cache", "/usr/local/share/.cache"};
  return std::any_of(std::begin(kPassing), std::end(kPassing),
                     [path](std::string_view folder) { return path::is_within(path, folder); });
}

/// Every path that the command names is the application's, or nobody's.
bool stays_below(const SingleStage& stage, const shell::Command& command) {
  const auto is_ours = [&stage](const shell::Word& word) {
    std::string_view path = word.value;
    if (path.starts_with("~/.")) return true;
    if (path.starts_with('~')) return false;
    if (path.find("..") != std::string_view::npos) return false;
    if (word.expands) return !path.starts_with('$') && !path.starts_with('/');
    if (!path.starts_with('/')) return true;
    path = path.substr(0, path.find_first_of("*?["));
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return is_passing(path) || stage.owns(path);
  };
  return std::all_of(command.begin(), command.end(), is_ours) &&
         std::all_of(command.redirects.begin(), command.redirects.end(),
                     [&](const shell::Redirect& each) { return is_ours(each.target); });
}

bool names_application(const SingleStage& stage, const shell::Command& command) {
  return std::any_of(command.begin(), command.end(), [&stage](const shell::Word& word) {
    const std::string_view path = word.value;
    if (path.starts_with('-') || path.find_first_of("$*?") != std::string_view::npos) return false;
    if (!path.starts_with('/')) return path == "." || path.starts_with("./");
    return stage.owns(path) ||
           std::any_of(stage.folders.begin(), stage.folders.end(),
                       [path](const auto& folder) { return path::is_within(folder, path); });
  });
}

bool only_writes_to_screen(const SingleStage& stage, const shell::Command& command) {
  return std::all_of(command.redirects.begin(), command.redirects.end(),
                     [&](const shell::Redirect& each) {
                       return !each.op.starts_with('>') || each.target.value == "/dev/null" ||
                              is_passing(each.target.value) || stage.owns(each.target.value) ||
                              !each.target.value.starts_with('/');
                     });
}

bool is_system_package(const PackageCommand& read) {
  switch (read.tool()) {
    case PackageTool::kApt:
    case PackageTool::kApk: return true;
    default: return false;
  }
}

/// NodeSource's script, which says where the next package is to come from.
bool adds_repository(const shell::Command& command) {
  return std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
    return ascii::contains(word.value, "deb.nodesource.com/setup_");
  });
}

Step read_step(const SingleStage& stage, const Stack& stack, const Instruction& run) {
  Step step{&run, Role::kBuild, {}};
  int packages = 0;
  int accounts = 0;
  int folders = 0;
  int builds = 0;
  bool repository = false;
  const auto other = [&step](std::string reason) {
    step.role = Role::kOther;
    step.reason = std::move(reason);
    return step;
  };
  for (const shell::Command& command : run.script.commands) {
    const std::string_view name = command.name();
    if (name.empty()) {
      if (command.words.empty()) continue;  // A=1
      return other("what a RUN starts is not known");
    }
    if (!command.nested && command.program < command.words.size() &&
        command.words[command.program].expands) {
      return other("what a RUN starts is not known");
    }
    if (stack.builds(stage, command)) {
      ++builds;
      continue;
    }
    const PackageCommand read = read_package_command(command);
    if (read && is_system_package(read)) {
      ++packages;
      continue;
    }
    if (adds_repository(command)) {
      repository = true;
      ++packages;
      continue;
    }
    if (repository && (name == "bash" || name == "sh") && command.begin() <= command.end() &&
        std::all_of(command.begin(), command.end(),
                    [](const shell::Word& word) { return word.value.starts_with('-'); })) {
      continue;
    }
    if (has_word(kNothing, name)) {
      if (only_writes_to_screen(stage, command)) continue;
    } else if (has_word(kAccounts, name)) {
      ++accounts;
      continue;
    } else if (has_word(kFiles, name) && stays_below(stage, command)) {
      if (packages == 0 || name != "rm") ++builds;
      continue;
    } else if (has_word(kFolders, name) && !names_application(stage, command)) {
      ++folders;
      continue;
    }
    return other("what '" + std::string(name) + "' leaves in the image is not certain");
  }
  if (accounts > 0 || folders > 0) {
    if (packages > 0 || builds > 0) return other("a RUN sets up the system and builds as well");
    step.role = Role::kAccounts;
    step.makes_folders = folders > 0;
  } else if (packages > 0 && builds > 0) {
    step.installs = true;
  } else if (packages > 0) {
    step.role = Role::kPackages;
  }
  return step;
}

/// Needed to build, or by a person; the same words that the rules about tools know, and what comes
/// with them.
constexpr WordList kTools =
    "curl wget netcat netcat-openbsd netcat-traditional nc ncat nmap nmap-ncat socat telnet "
    "inetutils-telnet openssh-client openssh-client-default vim vim-tiny nano emacs tcpdump strace "
    "gdb iputils-ping iputils dnsutils bind-tools net-tools htop mc screen tmux lynx ftp rsync "
    "aria2 autoconf automake binutils build-base build-essential clang cmake cargo cpp g++ gcc "
    "golang golang-go go libc-dev libc6-dev llvm make maven meson musl-dev ninja-build ninja "
    "python3-dev python-dev python3-venv python3-pip py3-pip rust rustc linux-headers gradle git "
    "gnupg gnupg2 gpg unzip zip xz-utils xz bzip2 tar pkg-config pkgconf pkgconfig "
    "apt-transport-https apt-utils software-properties-common lsb-release libtool patch sudo jq "
    "gfortran gettext-dev file less lsof procps-ng locales-all man-db dialog node-gyp "
    "bash-completion";

/// The library that a header package is for; "" when every image of the family has it.
struct Library {
  std::string_view headers;
  std::string_view run_time;
};
constexpr Library kDebianLibraries[] = {
    {"libffi-dev", "libffi8"},
    {"libpq-dev", "libpq5"},
    {"libssl-dev", ""},
    {"zlib1g-dev", ""},
    {"default-libmysqlclient-dev", "libmariadb3"},
    {"libmariadb-dev", "libmariadb3"},
    {"libsqlite3-dev", "libsqlite3-0"},
    {"libyaml-dev", "libyaml-0-2"},
    {"libjpeg-dev", "libjpeg62-turbo"},
    {"libxslt1-dev", "libxslt1.1"},
    {"libxml2-dev", "libxml2"},
};
constexpr Library kAlpineLibraries[] = {
    {"libffi-dev", "libffi"},
    {"postgresql-dev", "libpq"},
    {"libpq-dev", "libpq"},
    {"openssl-dev", "openssl"},
    {"zlib-dev", "zlib"},
    {"mariadb-dev", "mariadb-connector-c"},
    {"mariadb-connector-c-dev", "mariadb-connector-c"},
    {"jpeg-dev", "libjpeg-turbo"},
    {"libxslt-dev", "libxslt"},
    {"libxml2-dev", "libxml2"},
    {"yaml-dev", "yaml"},
    {"sqlite-dev", "sqlite-libs"},
};

bool is_started(const SingleStage& stage, std::string_view package) {
  const std::string_view program = program_of_package(package);
  for (const Instruction& instruction : stage.instructions()) {
    const bool process = instruction.keyword == Keyword::kCmd ||
                         instruction.keyword == Keyword::kEntrypoint ||
                         instruction.keyword == Keyword::kHealthcheck;
    if (!process) continue;
    const std::string_view text = instruction.args.text;
    for (std::size_t at = text.find(program); at != std::string_view::npos;
         at = text.find(program, at + 1)) {
      const std::size_t end = at + program.size();
      const bool begins = at == 0 || !(ascii::is_name(text[at - 1]) || text[at - 1] == '-');
      const bool ends = end == text.size() || !(ascii::is_name(text[end]) || text[end] == '-');
      if (begins && ends) return true;
    }
  }
  return false;
}

void add(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

/// @return false when what the package is for at run time is not known
bool add_library(NeededPackages& needed, std::string_view package) {
  const auto look_up = [&](const auto& table) {
    for (const Library& each : table) {
      if (each.headers != package) continue;
      if (!each.run_time.empty()) add(needed.names, std::string(each.run_time));
      return true;
    }
    return false;
  };
  return needed.by_apk ? look_up(kAlpineLibraries) : look_up(kDebianLibraries);
}

/// @return the reason why it cannot be told; "" when it can
std::string add_package(NeededPackages& needed, const SingleStage& stage, const Stack& stack,
                        const shell::Word& word) {
  const std::string_view package = word.value.substr(0, word.value.find_first_of("=~<>/:"));
  const bool plain = !word.expands && package.find_first_of("*?[") == std::string_view::npos;
  if (!plain) return "which packages a RUN installs is not written plainly";
  if (has_word(stack.provided, package)) return {};
  if (has_word(kTools, package)) {
    if (is_started(stage, package)) {
      add(needed.names, std::string(word.raw));
    } else {
      add(needed.dropped, std::string(package));
    }
    return {};
  }
  if (package.ends_with("-dev")) {
    if (add_library(needed, package)) return {};
    return "which library '" + std::string(package) + "' is for at run time is not known";
  }
  add(needed.names, std::string(word.raw));
  return {};
}

}  // namespace

std::vector<Step> read_steps(const SingleStage& stage, const Stack& stack) {
  std::vector<Step> steps;
  for (const Instruction& instruction : stage.instructions()) {
    if (instruction.keyword != Keyword::kRun) continue;
    steps.push_back(read_step(stage, stack, instruction));
  }
  return steps;
}

bool works_in_final_stage(const Stack& stack, const Instruction& run) {
  return std::all_of(run.script.commands.begin(), run.script.commands.end(),
                     [&stack](const shell::Command& command) {
                       const std::string_view name = command.name();
                       return name.empty()
                                  ? command.words.empty()
                                  : has_word(kNothing, name) || has_word(kSmall, name) ||
                                        has_word(kAccounts, name) || has_word(stack.programs, name);
                     });
}

NeededPackages needed_packages(const SingleStage& stage, const Stack& stack) {
  NeededPackages needed;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    PackageCommand read = read_package_command(command);
    if (!read || !is_system_package(read) || !needed.reason.empty()) return;
    if (read.removes()) {
      needed.reason = "packages are installed and removed again";
      return;
    }
    if (!read.installs()) return;
    if (read.verb != "install" && read.verb != "add") {
      needed.reason = "which packages a RUN installs is not written plainly";
      return;
    }
    needed.by_apk = read.tool() == PackageTool::kApk;
    while (const shell::Word* word = read.operands.next()) {
      needed.reason = add_package(needed, stage, stack, *word);
      if (!needed.reason.empty()) return;
    }
  });
  return needed;
}

}  // namespace plimsoll::check::two_stage
