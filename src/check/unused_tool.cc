#include "check/unused_tool.h"

#include <algorithm>
#include <utility>

#include "check/left_out_package.h"
#include "check/package_manager.h"
#include "check/same_run_purge.h"
#include "check/word_list.h"
#include "core/path.h"

namespace plimsoll::check {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;
using shell::Command;

struct Tool {
  std::string_view package;
  WordList programs;
  bool by_scripts = false;  ///< scripts call it, and libraries may
};
constexpr Tool kTools[] = {
    {"vim", "vim vi view vimdiff ex xxd rvim"},
    {"vim-tiny", "vim vi view vim.tiny"},
    {"vim-minimal", "vim vi view"},
    {"nano", "nano pico editor"},
    {"emacs", "emacs emacsclient"},
    {"htop", "htop"},
    {"mc", "mc mcedit mcview"},
    {"lynx", "lynx"},
    {"screen", "screen"},
    {"tmux", "tmux"},
    {"man-db", "man mandb apropos whatis"},
    {"tcpdump", "tcpdump"},
    {"strace", "strace"},
    {"gdb", "gdb gdbserver gcore"},
    {"nmap", "nmap ncat nping", true},
    {"telnet", "telnet"},
    {"inetutils-telnet", "telnet"},
    {"net-tools", "netstat ifconfig route arp nameif rarp mii-tool hostname", true},
    {"dnsutils", "dig nslookup nsupdate delv host", true},
    {"bind-utils", "dig nslookup nsupdate delv host", true},
    {"bind-tools", "dig nslookup nsupdate delv host", true},
    {"iputils-ping", "ping ping6", true},
    {"iputils", "ping ping6 arping tracepath clockdiff", true},
    {"netcat", "nc netcat", true},
    {"netcat-openbsd", "nc netcat", true},
    {"netcat-traditional", "nc netcat", true},
    {"nc", "nc netcat", true},
    {"ncat", "nc ncat", true},
    {"nmap-ncat", "nc ncat", true},
    {"socat", "socat", true},
    {"curl", "curl", true},
    {"wget", "wget", true},
    {"aria2", "aria2c", true},
    {"ftp", "ftp", true},
    {"rsync", "rsync", true},
};
/// What more than three of are is no accident.
constexpr std::size_t kToolbox = 3;

const Tool* find_tool(std::string_view package) {
  const auto* const found =
      std::find_if(std::begin(kTools), std::end(kTools),
                   [package](const Tool& each) { return each.package == package; });
  return found == std::end(kTools) ? nullptr : found;
}

/// "vim" of vim-tiny, which ~/.vimrc and vim-pathogen are for as well.
std::string_view stem_of(std::string_view package) {
  for (const std::string_view stem : {"vim", "netcat"}) {
    if (package.starts_with(stem)) return stem;
  }
  return package;
}

/// Some word of `text` is one of the programs: in the string of another program, too.
bool names_any(std::string_view text, const Tool& tool) {
  const std::string_view stem = stem_of(tool.package);
  if (stem.size() > 2 && ascii::contains(text, stem)) return true;
  const auto joins = [](char c) { return ascii::is_name(c) || c == '-' || c == '.'; };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && joins(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    while (word.ends_with('.')) word.remove_suffix(1);
    if (has_word(tool.programs, word)) return true;
    at = end + 1;
  }
  return false;
}

bool is_install(const Command& command) {
  const PackageCommand read = read_package_command(command);
  return read && read.installs();
}

/// Another command than those that install names it.
bool is_named_by(const Instruction& run, const Tool& tool) {
  for (const dockerfile::Heredoc& heredoc : run.heredocs) {
    if (!run.script.understood && names_any(heredoc.text, tool)) return true;
  }
  return std::any_of(
      run.script.commands.begin(), run.script.commands.end(), [&](const Command& command) {
        if (is_install(command)) return false;
        const auto names = [&](const shell::Word& word) { return names_any(word.raw, tool); };
        return std::any_of(command.words.begin(), command.words.end(), names) ||
               std::any_of(command.environment.begin(), command.environment.end(),
                           [&](const auto& each) { return names(each.value); }) ||
               std::any_of(command.redirects.begin(), command.redirects.end(),
                           [&](const auto& each) { return names(each.target); });
      });
}

/// What a person calls an image that is for persons.
constexpr WordList kForPersons =
    "debug debugger debugging toolbox tools tool toolkit devcontainer devcontainers dev develop "
    "development workspace workspaces sandbox netshoot bastion jumphost jumpbox shell playground "
    "ide vscode gitpod cloudshell desktop vnc webtop ssh sshd lab labs training workshop tutorial "
    "test tests testing ci";

bool is_named_for_persons(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && ascii::is_name(text[end]) && text[end] != '_') ++end;
    if (has_word(kForPersons, text.substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

/// Something is arranged for whoever logs in.
bool prepares_a_shell(const Instruction& run) {
  constexpr WordList kComforts =
      "zsh fish sshd openssh-server bash-completion xterm tigervnc-standalone-server code-server "
      "sudo passwd chpasswd";
  return run.script.understood &&
         std::any_of(
             run.script.commands.begin(), run.script.commands.end(), [&](const Command& command) {
               if (command.name() == "chsh" || command.name() == "chpasswd") return true;
               return std::any_of(command.begin(), command.end(), [&](const shell::Word& word) {
                 return has_word(kComforts, word.value) ||
                        ascii::contains(word.value, "oh-my-zsh") ||
                        ascii::contains(word.value, ".bashrc") ||
                        ascii::contains(word.value, ".vimrc");
               });
             });
}

std::size_t count_tools(const DockerfileView& view) {
  constexpr WordList kCompany = "less lsof jq file bc psmisc tree bash-completion iproute2 ripgrep";
  std::vector<std::string_view> found;
  for (const dockerfile::Stage* stage : view.lineage) {
    for_each_run(view.file.of(*stage), [&](const Instruction& run) {
      for (const Command& command : run.script.commands) {
        PackageCommand install = read_package_command(command);
        if (!install || !install.installs()) continue;
        while (const shell::Word* word = install.operands.next()) {
          const std::string_view name = name_of_package(*word);
          const bool counts = has_word(kCompany, name) ||
                              (find_tool(name) != nullptr && name != "curl" && name != "wget");
          if (counts && std::find(found.begin(), found.end(), name) == found.end()) {
            found.push_back(name);
          }
        }
      }
    });
  }
  return found.size();
}

/// "debug/Dockerfile" of a longer path: folders above are the machine's.
std::string_view own_path(std::string_view path) {
  const std::size_t name = path.rfind('/');
  if (name == std::string_view::npos || name == 0) return path;
  const std::size_t folder = path.rfind('/', name - 1);
  return folder == std::string_view::npos ? path : path.substr(folder + 1);
}

/// Without its registry.
std::string_view repository_of(std::string_view image) {
  const std::size_t slash = image.find('/');
  const bool registry = slash != std::string_view::npos &&
                        image.substr(0, slash).find_first_of(".:") != std::string_view::npos;
  return registry ? image.substr(slash + 1) : image;
}

bool is_toolbox(const DockerfileView& view) {
  if (is_named_for_persons(own_path(view.path())) || is_named_for_persons(view.target->name) ||
      is_named_for_persons(repository_of(view.lineage.back()->image)) ||
      count_tools(view) > kToolbox) {
    return true;
  }
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& each : view.file.of(*stage)) {
      if (each.keyword == Keyword::kRun && prepares_a_shell(each)) return true;
    }
  }
  return false;
}

/// The ENTRYPOINT and CMD in force, in this order; null where there is none.
std::pair<const Instruction*, const Instruction*> starts_of(const DockerfileView& view) {
  std::pair<const Instruction*, const Instruction*> starts;
  for (const dockerfile::Stage* stage : view.lineage) {
    const auto instructions = view.file.of(*stage);
    for (std::size_t i = instructions.size(); i-- > 0;) {
      const Instruction& each = instructions[i];
      if (each.keyword == Keyword::kEntrypoint && starts.first == nullptr) starts.first = &each;
      if (each.keyword == Keyword::kCmd && starts.second == nullptr) starts.second = &each;
    }
  }
  return starts;
}

/// The programs that the image starts, past an init.
std::vector<std::string_view> programs_started(const DockerfileView& view) {
  constexpr WordList kInits = "tini dumb-init catatonit -- -g -s";
  const auto [entrypoint, cmd] = starts_of(view);
  std::vector<std::string_view> programs;
  bool past = true;  // only inits so far
  for (const Instruction* start : {entrypoint, cmd}) {
    if (start == nullptr || start->args.text.empty() || !past) continue;
    if (!start->exec_form) {
      for (const Command& command : start->script.commands) {
        if (command.program < command.words.size()) {
          programs.push_back(command.words[command.program].value);
        }
      }
      past = false;
      continue;
    }
    for (const dockerfile::Word& word : start->words) {
      if (has_word(kInits, path::name(word.value))) continue;
      programs.push_back(word.value);
      past = false;
      break;
    }
    for (const Command& command : start->script.commands) {
      if (command.nested && command.program < command.words.size()) {
        programs.push_back(command.words[command.program].value);
      }
    }
  }
  return programs;
}

/// They run what was compiled or interpreted, and no script of a shell.
constexpr WordList kServers =
    "node nodejs deno bun python python2 python3 java dotnet ruby php nginx apache2 httpd caddy "
    "gunicorn uvicorn hypercorn celery flask streamlit puma unicorn redis-server php-fpm mono perl "
    "haproxy memcached erl beam.smp";

bool comes_from_build(const DockerfileView& view, std::string_view program) {
  for (const Instruction& copy : view.file.of(*view.target)) {
    if (copy.keyword != Keyword::kCopy || copy.flag("from") == nullptr) continue;
    if (copy.words.empty() || copy.flag("from")->value.find('/') != std::string_view::npos)
      continue;
    for (const dockerfile::Word& word : copy.words) {
      if (path::name(word.value) == path::name(program)) return true;
    }
  }
  return false;
}

/// The script that may call what no instruction names; "" when there is none.
std::string unseen_script(const DockerfileView& view) {
  for (const std::string_view program : programs_started(view)) {
    const std::string_view name = path::name(program);
    if (has_word(kServers, name)) continue;
    const bool is_program = !name.ends_with(".sh") && name.find("entry") == std::string_view::npos;
    if (is_program && comes_from_build(view, program)) continue;
    return std::string(name);
  }
  constexpr WordList kHarmless =
      "set true : echo test [ export cd ls pwd date uname which mkdir chown chmod cp mv rm ln "
      "touch "
      "sed tar unzip gunzip find cat install tee rmdir gzip useradd adduser groupadd addgroup "
      "usermod groupmod grep locale-gen update-locale update-ca-certificates ldconfig git "
      "dpkg-reconfigure apt-mark printf id java node python python3 gpg a2enmod sha256sum fc-cache";
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& each : view.file.of(*stage)) {
      const Instruction& run = each.inner != nullptr ? *each.inner : each;
      if (run.keyword == Keyword::kCopy || run.keyword == Keyword::kAdd) {
        for (const dockerfile::Word& word : run.words) {
          if (word.value.ends_with(".sh")) return std::string(path::name(word.value));
        }
      }
      if (run.keyword != Keyword::kRun) continue;
      for (const Command& command : run.script.commands) {
        const std::string_view name = command.name();
        const PackageCommand read = read_package_command(command);
        const bool installs =
            read && (read.tool() == PackageTool::kApt || read.tool() == PackageTool::kApk ||
                     read.tool() == PackageTool::kYum || read.tool() == PackageTool::kDnf ||
                     read.tool() == PackageTool::kMicrodnf || read.tool() == PackageTool::kPip);
        const bool seen = command.words.empty() || installs || has_word(kHarmless, name);
        const bool runs_file = (name == "python" || name == "python3" || name == "node") &&
                               command.begin() != command.end() &&
                               !command.begin()->value.starts_with('-');
        if (!seen || runs_file) return name.empty() ? "what a RUN starts" : std::string(name);
      }
    }
  }
  return {};
}

bool names_any(const std::vector<std::string>& words, const Tool& tool) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return names_any(word, tool); });
}

/// A service or a pod of the same audit calls it in the image.
bool is_named_by_workload(const DockerfileView& view, const Tool& tool) {
  return std::any_of(view.workloads.begin(), view.workloads.end(), [&](const Workload* workload) {
    return names_any(workload->command, tool) || names_any(workload->entrypoint, tool) ||
           names_any(workload->healthcheck.value.test, tool) ||
           names_any(workload->liveness.value.test, tool) ||
           names_any(workload->readiness.value.test, tool) ||
           names_any(workload->startup.value.test, tool);
  });
}

/// A comment inside `run` or right above it says what the tool is for.
bool is_explained(const DockerfileView& view, const Instruction& run, const Tool& tool) {
  const Span block = block_of(view, run);
  return std::any_of(view.file.comments.begin(), view.file.comments.end(),
                     [&](const dockerfile::Comment& each) {
                       return each.span.begin >= block.begin && each.span.end <= block.end &&
                              (names_any(each.text, tool) || ascii::icontains(each.text, "debug") ||
                               ascii::icontains(each.text, "health"));
                     });
}

/// Nothing else is installed, so that it was meant.
bool is_all(const DockerfileView& view, std::string_view package) {
  bool others = false;
  for (const dockerfile::Stage* stage : view.lineage) {
    for_each_run(view.file.of(*stage), [&](const Instruction& run) {
      for (const Command& command : run.script.commands) {
        PackageCommand install = read_package_command(command);
        if (!install || !install.installs()) continue;
        while (const shell::Word* word = install.operands.next()) {
          others = others || name_of_package(*word) != package;
        }
      }
    });
  }
  return !others;
}

/// Who names a program of the tool; "" when nobody does.
std::string who_names(const DockerfileView& view, const Instruction& installer, const Tool& tool) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& each : view.file.of(*stage)) {
      const Instruction& inner = each.inner != nullptr ? *each.inner : each;
      switch (inner.keyword) {
        case Keyword::kRun:
          if (!inner.script.understood || inner.script.truncated)
            return "another RUN is not understood";
          if (is_named_by(inner, tool)) return "another command names it";
          if (&inner == &installer) break;
          for (const Command& command : inner.script.commands) {
            PackageCommand read = read_package_command(command);
            if (!read) continue;
            while (const shell::Word* word = read.operands.next()) {
              if (name_of_package(*word) == tool.package) return "another RUN installs it as well";
            }
          }
          break;
        case Keyword::kEnv:
        case Keyword::kArg:
        case Keyword::kCmd:
        case Keyword::kEntrypoint:
        case Keyword::kShell:
          if (names_any(inner.args.text, tool)) return "another instruction names it";
          break;
        case Keyword::kCopy:
        case Keyword::kAdd:
          // ".vimrc" is for a person, "/etc/tmux.conf" as well.
          for (const dockerfile::Word& word : inner.words) {
            const std::string_view name = path::name(word.value);
            if (names_any(name, tool)) {
              return "a file that is copied is for it";
            }
          }
          break;
        default: break;
      }
    }
  }
  return {};
}

}  // namespace

std::string objection_to_leaving_out(const DockerfileView& view, const Instruction& run,
                                     std::string_view package) {
  const Tool* tool = find_tool(package);
  if (tool == nullptr || view.target == nullptr)
    return "what uses it without being told does not show in the file";
  const auto [entrypoint, cmd] = starts_of(view);
  const StageBase* base = view.base(*view.target);
  const bool of_server =
      base != nullptr && base->facts != nullptr && base->facts->kind == ImageKind::kServer;
  if (entrypoint == nullptr && cmd == nullptr && !of_server) {
    return "whoever builds upon the image may use it";
  }
  constexpr WordList kShells = "sh bash ash dash zsh fish tmux screen gotty ttyd sleep tail sshd";
  for (const std::string_view program : programs_started(view)) {
    if (has_word(kShells, path::name(program)) && programs_started(view).size() == 1) {
      return "it starts a shell for a person";
    }
  }
  if (is_toolbox(view)) return "the image is made for a person at a shell";
  if (is_explained(view, run, *tool)) return "a comment says what it is for";
  if (is_named_by_workload(view, *tool)) return "what runs the image names it";
  std::string named = who_names(view, run, *tool);
  if (!named.empty() || !tool->by_scripts) return named;
  if (package != "curl" && package != "wget" && is_all(view, package)) {
    return "it is all that the image installs";
  }
  if (entrypoint == nullptr && cmd == nullptr) {
    return "whether what the image starts calls it is not known";
  }
  const std::string script = unseen_script(view);
  if (script.empty()) return {};
  return "whether '" + script + "' calls it is not known";
}

void offer_leaving_out(Finding& finding, const DockerfileView& view, const Instruction& run,
                       const std::vector<const shell::Word*>& words) {
  auto edits = leave_out(view, run, words);
  if (!edits) {
    finding.unfixed = std::move(edits.error());
    return;
  }
  std::string names;
  std::string downloader;  // that brought the certificates along
  for (const shell::Word* word : words) {
    const std::string_view name = name_of_package(*word);
    names += (names.empty() ? "" : " ") + std::string(name);
    if (name == "curl" || name == "wget") downloader = std::string(name);
  }
  if (ascii::contains(run.script_text.text, "ca-certificates") ||
      ascii::contains(run.script_text.text, "--no-install-recommends")) {
    downloader.clear();
  }
  finding.fix =
      Fix{.title = "do not install '" + names + "'",
          .edits = *std::move(edits),
          .safety = FixSafety::kUnsafe,
          .advice = downloader.empty()
                        ? "debug with docker debug or kubectl debug, which bring their tools"
                        : "install ca-certificates by its name when the program needs it: it came "
                          "with '" +
                              downloader + "'"};
}

}  // namespace plimsoll::check
