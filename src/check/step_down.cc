#include "check/step_down.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/account_number.h"
#include "check/exposed_port.h"
#include "check/package_manager.h"
#include "check/start_of_image.h"
#include "check/word_list.h"
#include "core/path.h"
#include "parse/dockerfile_edit.h"
#include "workload/image_facts.h"

namespace plimsoll::check {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

/// Who the image is to run as, and what makes that possible.
struct Plan {
  std::string title;
  std::string user;                ///< for USER
  std::vector<std::string> setup;  ///< RUN lines that create the account
  std::vector<Edit> edits;         ///< besides the insertion
  std::string_view needs;          ///< FixValues: "user" when the number is the user's choice
  bool safe = false;
};

/// Servers that bind, log and lower their workers as root: as another user they do not start
/// without changes to their configuration.
constexpr WordList kNeedRoot =
    "nginx httpd apache2 apache2ctl apachectl apache2-foreground httpd-foreground php-fpm "
    "supervisord sshd cron crond anacron dockerd containerd systemd init s6-svscan runit "
    "runsvdir my_init haproxy keepalived dnsmasq named unbound openvpn wg-quick strongswan charon "
    "ipsec xl2tpd squid vsftpd proftpd smbd nmbd slapd rsyslogd postfix dovecot exim4 freeradius "
    "chronyd ntpd rpcbind nfsd iptables tcpdump udevd kubelet "
    "bpftrace kube-proxy fluentd mount fusermount criu buildkitd podman buildah";
constexpr WordList kRootPackages =
    "cron cronie dcron supervisor openssh-server nginx apache2 httpd haproxy nfs-kernel-server "
    "nfs-utils rsyslog postfix samba vsftpd openvpn iptables squid";
constexpr WordList kShells =
    "sh bash ash dash zsh fish tmux screen sudo su pwsh powershell jshell irb ghci";

const Instruction* last_of(const DockerfileView& view, Keyword keyword) {
  for (const dockerfile::Stage* stage : view.lineage) {
    const auto instructions = view.file.of(*stage);
    for (std::size_t i = instructions.size(); i-- > 0;) {
      if (instructions[i].keyword == keyword) return &instructions[i];
    }
  }
  return nullptr;
}

/// What the image says about how it starts.
struct Start {
  bool written = false;
  std::string objection;  ///< why it cannot simply be somebody else
};

Start read_start(const DockerfileView& view) {
  const Instruction* const starts[] = {last_of(view, Keyword::kEntrypoint),
                                       last_of(view, Keyword::kCmd)};
  Start read;
  for (const Instruction* start : starts) {
    if (start == nullptr || start->args.text.empty()) continue;
    read.written = true;
    for (const shell::Command& command : start->script.commands) {
      const std::string_view name = command.name();
      if (has_word(kNeedRoot, name)) {
        read.objection = "'" + std::string(name) + "' starts as root and needs changes otherwise";
      }
      const bool bare = command.program + std::size_t{1} >= command.words.size() ||
                        command.words.back().value.starts_with('-');
      if (command.wrapped_by("sudo")) read.objection = "what it starts uses sudo";
      if (bare && has_word(kShells, name) && start->script.commands.size() == 1) {
        read.objection = "it starts a shell for a person, who may want to be root";
      }
    }
  }
  return read;
}

std::string objection(const Start& start, const StageBase& base) {
  const bool server = base.facts != nullptr && base.facts->kind == ImageKind::kServer;
  if (!start.objection.empty()) return start.objection;
  if (server && base.facts->drops_root == DropsRoot::kWorkers) {
    return "its main process starts as root and lowers its workers: take an unprivileged variant "
           "of the image";
  }
  if (start.written) return {};
  if (!server) return "it does not say what it starts, so who may be root is for its users to say";
  return base.facts->uid ? ""
                         : "whether the server of the base image works without root is not known";
}

/// A service among the packages, or its port, that a script will start as root; "" when none.
std::string root_service(const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == Keyword::kExpose) {
        for (const dockerfile::Word& word : instruction.words) {
          const std::string_view port = word.value.substr(0, word.value.find('/'));
          if (port == "22" || port == "111" || port == "2049") return "port " + std::string(port);
        }
      }
      if (instruction.keyword != Keyword::kRun) continue;
      for (const shell::Command& command : instruction.script.commands) {
        PackageCommand package = read_package_command(command);
        if (!package || !package.installs()) continue;
        while (const shell::Word* word = package.operands.next()) {
          if (has_word(kRootPackages, word->value)) return "'" + std::string(word->value) + "'";
        }
      }
    }
  }
  return {};
}

/// Something that the process needs lies where only root may look.
bool lives_in_home_of_root(const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& instruction : view.file.of(*stage)) {
      switch (instruction.keyword) {
        case Keyword::kArg:
        case Keyword::kEnv:
        case Keyword::kCopy:
        case Keyword::kAdd:
        case Keyword::kCmd:
        case Keyword::kEntrypoint:
        case Keyword::kVolume:
        case Keyword::kWorkdir: {
          const std::string_view text = instruction.args.text;
          for (std::size_t at = text.find("/root"); at != std::string_view::npos;
               at = text.find("/root", at + 1)) {
            const bool begins = at == 0 || !(ascii::is_name(text[at - 1]) || text[at - 1] == '/' ||
                                             text[at - 1] == '}');
            const std::size_t end = at + 5;
            if (begins && (end == text.size() || !ascii::is_name(text[end]))) return true;
          }
          break;
        }
        default: break;
      }
    }
  }
  return false;
}

/// Volumes that may be given away, as they are written.
std::vector<std::string> volumes_of(const DockerfileView& view) {
  std::vector<std::string> volumes;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != Keyword::kVolume) continue;
      for (const dockerfile::Word& word : instruction.words) {
        const std::string_view path = word.value;
        const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
          return ascii::is_alnum(c) || std::string_view("/._-").find(c) != std::string_view::npos;
        });
        // Of the system's own folders only those made for data.
        const bool data = path.starts_with("/var/lib/") || path.starts_with("/var/log/") ||
                          path.starts_with("/data") || path.starts_with("/srv/") ||
                          path.starts_with("/opt/") || path.starts_with("/app") ||
                          path.starts_with("/home/") || path.starts_with("/config") ||
                          path.starts_with("/usr/src/app");
        if (plain && data && std::find(volumes.begin(), volumes.end(), path) == volumes.end()) {
          volumes.emplace_back(path);
        }
      }
    }
  }
  return volumes;
}

std::string_view uid_of(std::string_view user) {
  return user.substr(0, user.find(':'));
}

std::string_view gid_of(std::string_view user) {
  const std::size_t colon = user.find(':');
  return colon == std::string_view::npos ? user : user.substr(colon + 1);
}

/// Debian's and the shadow-utils' way, or BusyBox'. Nothing where neither is sure to be there.
std::optional<std::string> creation_for(const DockerfileView& view, const StageBase& base,
                                        std::string_view user) {
  if (!base.reference || base.facts == nullptr || has_shell(*base.reference) != true) return {};
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == Keyword::kShell) return {};
      // A group that may be called the same, or an account that is made elsewhere.
      const std::string_view text = instruction.args.text;
      if (instruction.keyword == Keyword::kRun &&
          (ascii::contains(text, "groupadd") || ascii::contains(text, "addgroup") ||
           ascii::contains(text, "useradd") || ascii::contains(text, "adduser") ||
           ascii::contains(text, "/etc/passwd"))) {
        return {};
      }
    }
  }
  const std::string uid(uid_of(user));
  const std::string gid(gid_of(user));
  const std::string image = base.reference->familiar_name();
  switch (family_of(*base.reference)) {
    case ImageFamily::kRedhat:
      // The smaller ones and Amazon's come without shadow-utils.
      if (is_minimal(*base.reference) || base.reference->tag.find("slim") != std::string::npos) {
        return {};
      }
      if (image != "centos" && image != "fedora" && image != "rockylinux" && image != "almalinux") {
        return {};
      }
      [[fallthrough]];
    case ImageFamily::kDebian:
    case ImageFamily::kUbuntu:
      return "groupadd --system --gid " + gid + " app && useradd --system --uid " + uid +
             " --gid app --no-create-home --shell /usr/sbin/nologin app";
    case ImageFamily::kAlpine:
    case ImageFamily::kBusybox:
      return "addgroup -S -g " + gid + " app && adduser -S -D -H -u " + uid + " -G app app";
    default: return {};
  }
}

/// An account that the file creates already.
std::optional<Plan> plan_created(const DockerfileView& view, const AccountCreation& creation,
                                 const FixValues& values) {
  Plan plan;
  plan.title = "run as the user '" + std::string(creation.user->value) + "'";
  if (!creation.number.empty()) {
    plan.user = creation.number;
    return plan;
  }
  plan.user = uid_of(values.user.text);
  auto edit = give_number(view, creation, plan.user);
  if (!edit) return std::nullopt;
  plan.edits.push_back(*std::move(edit));
  plan.title += " with the number " + plan.user;
  plan.needs = "user";
  return plan;
}

Plan plan_new(const DockerfileView& view, const StageBase& base, const FixValues& values) {
  Plan plan;
  if (base.facts != nullptr && base.facts->uid && !base.facts->nonroot_user.empty()) {
    const std::string name(base.facts->nonroot_user);
    plan.user = std::to_string(*base.facts->uid);
    if (base.facts->gid) plan.user += ':' + std::to_string(*base.facts->gid);
    plan.title = "run as the user '" + name + "' of the base image";
    return plan;
  }
  plan.user = values.user.text;
  plan.needs = "user";
  const ImageFamily family = base.reference ? family_of(*base.reference) : ImageFamily::kUnknown;
  if (!values.user.given && (base.scratch || family == ImageFamily::kWolfi)) {
    plan.user = "65532:65532";
    plan.needs = {};
  }
  plan.title = "run as the user " + plan.user;
  if (auto creation = creation_for(view, base, plan.user)) {
    plan.setup.push_back(dockerfile::spelled(view.file, Keyword::kRun) + ' ' +
                         *std::move(creation));
    plan.title = "create a user and run as it";
  }
  return plan;
}

/// What nobody can see from here.
std::string advice_for(const DockerfileView& view) {
  std::string advice = "check that the process can write what it has to";
  std::string port;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != Keyword::kExpose) continue;
      for (const dockerfile::Word& word : instruction.words) {
        const auto exposed = read_exposed_port(word.value);
        const auto number = exposed ? exposed_port_number(exposed->first) : std::nullopt;
        if (number && *number > 0 && *number < 1024) port = std::to_string(*number);
      }
    }
  }
  if (!port.empty()) {
    advice +=
        "; for port " + port +
        " Kubernetes wants NET_BIND_SERVICE or a port above 1023, Docker since 20.10 does not";
  }
  return advice;
}

/// What the process keeps it has to be able to write.
void give_volumes(std::vector<std::string>& lines, const DockerfileView& view,
                  const StageBase& base, const std::string& user) {
  if (!base.reference || has_shell(*base.reference) != true) return;
  const std::vector<std::string> volumes = volumes_of(view);
  if (volumes.empty()) return;
  std::string paths;
  for (const std::string& volume : volumes) paths += ' ' + volume;
  const std::string command = "mkdir -p" + paths + " && chown -R " + user + paths;
  if (lines.empty()) {
    lines.push_back(dockerfile::spelled(view.file, Keyword::kRun) + ' ' + command);
  } else {
    lines.back() += " && " + command;
  }
}

bool is_windows(const StageBase& base, const dockerfile::Stage& stage) {
  return (base.reference && family_of(*base.reference) == ImageFamily::kWindows) ||
         ascii::icontains(stage.image_expanded, "windows");
}

}  // namespace

EarlierUser earlier_user(const DockerfileView& view, const dockerfile::Stage& stage) {
  EarlierUser earlier;
  for (const Instruction& instruction : view.file.of(stage)) {
    if (instruction.keyword != Keyword::kUser || instruction.words.empty()) continue;
    if (!is_root_user(instruction.words.front().value)) earlier.word = &instruction.words.front();
  }
  if (earlier.word == nullptr) return earlier;
  earlier.text = earlier.word->raw;
  const StageBase* base = view.base(stage);
  const std::string_view name = uid_of(earlier.word->value);
  if (base != nullptr) {
    if (auto number = number_in_base(*base, name)) earlier.text = *std::move(number);
  }
  return earlier;
}

std::string objection_to_stepping_down(const DockerfileView& view) {
  const Start start = read_start(view);
  if (!start.written) return "it does not say what it starts";
  return start.objection;
}

void step_down(Finding& finding, const DockerfileView& view, const FixValues& values) {
  static const StageBase kNone;
  const StageBase* found = view.base(*view.target);
  const StageBase& base = found == nullptr ? kNone : *found;
  if (is_windows(base, *view.lineage.back())) {
    finding.unfixed = "accounts of Windows are another matter";
    return;
  }
  Plan plan;
  const Start start = read_start(view);
  EarlierUser earlier = earlier_user(view, *view.target);
  if (earlier.word != nullptr && start.written && start.objection.empty()) {
    plan.user = std::move(earlier.text);
    plan.title = "go back to the user '" + std::string(earlier.word->value) + "'";
    plan.safe = true;
  } else if (std::string reason = objection(start, base); !reason.empty()) {
    finding.unfixed = std::move(reason);
    return;
  } else if (std::string service = root_service(view); !service.empty()) {
    finding.unfixed = "with " + service + " it may have to start as root";
    return;
  } else if (lives_in_home_of_root(view)) {
    finding.unfixed = "what it needs lies in /root, which nobody else may enter";
    return;
  } else if (const AccountCreation creation = last_creation(view)) {
    auto created = plan_created(view, creation, values);
    if (!created) {
      finding.unfixed = "the number of the user '" + std::string(creation.user->value) +
                        "', which the file creates, is not known";
      return;
    }
    plan = *std::move(created);
  } else {
    plan = plan_new(view, base, values);
  }
  std::vector<std::string> lines = std::move(plan.setup);
  give_volumes(lines, view, base, plan.user);
  lines.push_back(dockerfile::spelled(view.file, Keyword::kUser) + ' ' + plan.user);
  const bool given = !plan.needs.empty() && values.user.given;
  finding.fix = Fix{.title = std::move(plan.title),
                    .edits = std::move(plan.edits),
                    .safety = plan.safe || given ? FixSafety::kSafe : FixSafety::kUnsafe,
                    .advice = advice_for(view),
                    .needs = plan.needs,
                    .reveals = kRevealedByUser};
  finding.fix->edits.insert(finding.fix->edits.begin(),
                            insert_before_start(view.file, *view.target, lines));
}

}  // namespace plimsoll::check
