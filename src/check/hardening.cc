#include "check/hardening.h"

#include <algorithm>
#include <optional>

#include "check/capability.h"
#include "check/published_port.h"
#include "check/remedy.h"
#include "core/path.h"
#include "workload/effective_user.h"

namespace plimsoll::check {
namespace {

constexpr std::uint16_t kFirstFreePort = 1024;

bool is_low(std::string_view port) {
  const auto number = port_number(port.substr(0, port.find('/')));
  return number && *number < kFirstFreePort;
}

/// Docker lets every process bind low ports; a pod's runtime may not.
bool listens_low(const Workload& workload) {
  const bool declared = std::any_of(workload.ports.begin(), workload.ports.end(),
                                    [](const Port& port) { return is_low(port.container_port); });
  if (declared || workload.image_facts == nullptr || !workload.image_facts->ports) return declared;
  const auto& ports = *workload.image_facts->ports;
  return std::any_of(ports.begin(), ports.end(), is_low);
}

/// Something is mounted there, above it or below it: what lies below is what has to be written.
bool is_mounted(const Workload& workload, std::string_view path) {
  const auto at = [path](const Mount& mount) {
    const std::string_view target = mount.target;
    return target == path ||
           (path.starts_with(target) && path.substr(target.size()).starts_with('/')) ||
           (target.starts_with(path) && target.substr(path.size()).starts_with('/'));
  };
  return std::any_of(workload.mounts.begin(), workload.mounts.end(), at) ||
         std::any_of(workload.tmpfs.begin(), workload.tmpfs.end(), at);
}

/// What the image is for: its own command, options for it, or the server by its name
/// ("redis-server --appendonly yes" of redis).
bool starts_own_program(const Workload& workload) {
  if (!workload.entrypoint.empty()) return false;
  if (workload.command.empty()) return true;
  std::string_view word = workload.command.front();
  word = path::name(word.substr(0, word.find(' ')));
  const std::string_view image = path::name(workload.image_facts->image);
  return word.starts_with('-') || word.starts_with(image) ||
         (image == "mariadb" && word == "mysqld");
}

bool is_volume_of(const ImageFacts& facts, std::string_view path) {
  return facts.volumes &&
         std::find(facts.volumes->begin(), facts.volumes->end(), path) != facts.volumes->end();
}

/// Where the value of a variable goes that the file only names now.
std::string where_to_give(const Workload& workload, const EnvironmentVariable& variable) {
  const std::string& name = variable.name;
  if (workload.form == Form::kDockerRun || workload.form == Form::kPodmanRun) {
    return "give " + name + " a value of its own in the environment that runs the command";
  }
  if (workload.form == Form::kQuadlet) {
    return "make the secret with a value of its own: podman secret create " +
           spelling::secret_name_of(variable) + " FILE";
  }
  return "give " + name + " a value of its own in .env, which no repository keeps";
}

}  // namespace

bool runs_published_image(const Workload& workload) {
  return workload.image_facts != nullptr && workload.dockerfile == nullptr && !workload.build;
}

bool runs_as_nonroot(const Workload& workload) {
  return effective_user(workload).runs_as == RunsAs::kNonRoot;
}

NeededCapabilities needed_capabilities(const Workload& workload) {
  NeededCapabilities needed;
  const bool nonroot = runs_as_nonroot(workload);
  // A pod's container gets an account together with this; Pod Security lets it keep nothing else.
  const bool as_nonroot = nonroot || workload.is_kubernetes();
  if (workload.image_facts != nullptr) {
    const ImageFacts& facts = *workload.image_facts;
    const ImageFacts::Words& known = as_nonroot ? facts.caps_nonroot : facts.caps;
    // A command of one's own may do anything; so may what is built upon a server.
    needed.known = known && runs_published_image(workload) && facts.kind == ImageKind::kServer &&
                   starts_own_program(workload) && nonroot == as_nonroot;
    if (known && !(nonroot && workload.dockerfile != nullptr)) {
      needed.names.assign(known->begin(), known->end());
    }
  }
  // Who steps down by himself has to be able to.
  if (!as_nonroot && needed.names.empty() && !needed.known &&
      effective_user(workload).runs_as == RunsAs::kDropsRoot) {
    needed.names = {"CHOWN", "SETGID", "SETUID"};
  }
  // Capabilities do nothing for a process that is not root, unless a program's file gives them.
  if (nonroot) needed.known = true;
  const bool has =
      std::find(needed.names.begin(), needed.names.end(), "NET_BIND_SERVICE") != needed.names.end();
  if (!has && workload.is_kubernetes() && listens_low(workload)) {
    needed.names.emplace_back("NET_BIND_SERVICE");
  }
  return needed;
}

NeededScratch needed_scratch(const Workload& workload) {
  constexpr std::string_view kSize = "64m";
  NeededScratch needed;
  std::vector<std::string> paths;
  if (runs_published_image(workload) && workload.image_facts->writable_paths) {
    needed.known = starts_own_program(workload);
    for (std::string_view path : *workload.image_facts->writable_paths) {
      if (is_volume_of(*workload.image_facts, path)) continue;  // an anonymous volume is writable
      // Images link it there, and a mount on a link is refused.
      paths.push_back(path.starts_with("/var/run") ? std::string(path.substr(4))
                                                   : std::string(path));
    }
  } else {
    paths.emplace_back("/tmp");
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  for (const std::string& path : paths) {
    if (!is_mounted(workload, path)) needed.folders.push_back({path, std::string(kSize)});
  }
  return needed;
}

std::string known_account(const Workload& workload) {
  if (!runs_published_image(workload) || !workload.image_facts->uid) return {};
  const std::uint32_t uid = *workload.image_facts->uid;
  if (uid == 0) return {};
  return std::to_string(uid) + ':' + std::to_string(workload.image_facts->gid.value_or(uid));
}

Account account_for(const Workload& workload, const FixValues& values) {
  if (std::string known = known_account(workload); !known.empty()) return {std::move(known)};
  // A server that is known, but by no account, may well need root.
  const bool is_server =
      runs_published_image(workload) && workload.image_facts->kind == ImageKind::kServer;
  return {values.user.text, !is_server};
}

void offer_account(Finding& finding, std::string title, spelling::Edits edits,
                   const Account& account, const FixValues& values) {
  if (account.is_choice) {
    remedy(finding, std::move(title), std::move(edits), values.user, "user");
    if (finding.fix && values.user.given) finding.fix->reveals = "low-user-id low-group-id";
  } else {
    remedy(finding, std::move(title), std::move(edits), FixSafety::kUnsafe);
  }
}

void offer_outside_value(const Workload& workload, const EnvironmentVariable& variable,
                         Finding& finding) {
  const bool reads_files =
      runs_published_image(workload) && workload.image_facts->file_env &&
      std::find(workload.image_facts->file_env->begin(), workload.image_facts->file_env->end(),
                variable.name) != workload.image_facts->file_env->end();
  const std::string replace = ", and replace the old value wherever it was used";
  if (reads_files && variable.source == EnvironmentVariable::Source::kLiteral) {
    const std::string name = spelling::secret_name_of(variable);
    remedy(finding, "give it as the secret '" + name + "'",
           spelling::give_as_secret(workload, variable), FixSafety::kUnsafe);
    if (finding.fix) {
      finding.fix->advice =
          "write a value of its own into secrets/" + name + ", which no repository keeps" + replace;
      return;
    }
  }
  remedy(finding, "ask for a value from outside", spelling::require_variable(workload, variable),
         FixSafety::kUnsafe);
  if (finding.fix) finding.fix->advice = where_to_give(workload, variable) + replace;
}

void offer_capability_drop(const Workload& workload, const Sink& sink, Finding& finding) {
  const NeededCapabilities needed = needed_capabilities(workload);
  const bool all = needed.known || sink.options().fix.unsafe;
  const bool only_net_raw = finding.rule == "net-raw-kept" && !all;
  if (only_net_raw) {
    remedy(finding, "drop NET_RAW", spelling::drop_capability(workload, "NET_RAW"),
           FixSafety::kSafe);
    return;
  }
  std::string title = "drop all capabilities";
  for (std::size_t i = 0; i < needed.names.size(); ++i) {
    title += (i == 0 ? " but " : ", ") + needed.names[i];
  }
  remedy(finding, std::move(title), spelling::drop_capabilities(workload, needed.names),
         needed.known ? FixSafety::kSafe : FixSafety::kUnsafe);
}

}  // namespace plimsoll::check
