#include "fixes/proof.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/layered_file_system.h"

namespace plimsoll::fixes {
namespace {

using Counts = std::map<std::string, int>;

std::string key(std::string_view rule, std::string_view path, std::string_view subject) {
  return std::string(rule) + '|' + std::string(path) + '|' + std::string(subject);
}

Report judge(const FileSystem& files, const scan::FixOptions& options) {
  scan::AuditOptions audit = options.audit;
  audit.only_rules.clear();
  audit.all_rules = true;
  audit.merged = false;
  return scan::audit(files, audit);
}

Counts count(const Report& report) {
  Counts counts;
  for (const Finding& finding : report.findings) {
    ++counts[key(finding.rule, finding.file == nullptr ? "" : finding.file->path(),
                 finding.subject)];
  }
  return counts;
}

/// Comments that have a line of their own.
std::vector<std::string_view> comments_of(std::string_view text) {
  std::vector<std::string_view> comments;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin != std::string_view::npos && line[begin] == '#') comments.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return comments;
}

bool holds_in_order(const std::vector<std::string_view>& all,
                    const std::vector<std::string_view>& some) {
  auto at = all.begin();
  for (const std::string_view each : some) {
    at = std::find(at, all.end(), each);
    if (at == all.end()) return false;
    ++at;
  }
  return true;
}

void check_bytes(const scan::FileChange& file, std::vector<std::string>& wrong) {
  if (file.is_new) return;
  if (!holds_in_order(comments_of(file.after), comments_of(file.before))) {
    wrong.push_back(file.path + ": a comment is gone or moved");
  }
  const auto lines = [](std::string_view text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  const auto crlf = [](std::string_view text) {
    std::ptrdiff_t found = 0;
    for (std::size_t at = text.find("\r\n"); at != std::string_view::npos;
         at = text.find("\r\n", at + 2))
      ++found;
    return found;
  };
  const auto total = lines(file.before);
  if (total > 0 && crlf(file.before) == total && crlf(file.after) != lines(file.after)) {
    wrong.push_back(file.path + ": a line end is not like the others");
  }
  if (crlf(file.before) == 0 && crlf(file.after) != 0) {
    wrong.push_back(file.path + ": a line end is not like the others");
  }
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (file.before.starts_with(kMark) != file.after.starts_with(kMark)) {
    wrong.push_back(file.path + ": the byte order mark changed");
  }
  if (file.before.ends_with('\n') != file.after.ends_with('\n')) {
    wrong.push_back(file.path + ": the end of the last line changed");
  }
}

/// Rules that have something to say only once another's finding is mended (Fix::reveals).
bool is_revealed(std::string_view rule, const std::set<std::string_view>& fixed) {
  const auto any = [&fixed](std::initializer_list<std::string_view> rules) {
    return std::any_of(rules.begin(), rules.end(),
                       [&fixed](std::string_view each) { return fixed.contains(each); });
  };
  if (rule == "setuid-bits-kept" || rule == "user-not-numeric" || rule == "app-files-writable") {
    return any({"image-runs-as-root", "last-user-is-root", "user-created-not-used"});
  }
  if (rule == "dependency-without-health") return fixed.contains("container-healthcheck-missing");
  if (rule == "consecutive-runs") return any({"package-cache-kept", "no-init-process"});
  if (rule == "secret-from-kubernetes-env") {
    return any({"default-password", "secret-in-workload-environment"});
  }
  if (rule == "package-version-unpinned" && fixed.contains("no-init-process")) return true;
  if (rule == "network-not-segmented" || rule == "network-policy-missing") {
    return fixed.contains("host-network");
  }
  if (rule == "base-image-not-pinned" || rule == "base-image-not-minimal" ||
      rule == "base-image-end-of-life" || rule == "package-version-unpinned") {
    if (any({"build-tools-in-final-image", "tools-in-final-image", "base-image-not-minimal"})) {
      return true;  // a second stage has a base of its own
    }
  }
  if (rule == "from-as-case") return fixed.contains("instruction-case");
  return rule == "base-image-not-minimal" && any({"base-image-latest", "base-image-untagged"});
}

/// What a fix of a rule may change of its workload.
const std::map<std::string_view, std::set<std::string_view>>& promises() {
  static const std::map<std::string_view, std::set<std::string_view>> kPromises = {
      {"apparmor-disabled", {"apparmor"}},
      {"capabilities-not-dropped", {"cap_add", "cap_drop"}},
      {"container-healthcheck-missing", {"healthcheck"}},
      {"container-image-end-of-life", {"image"}},
      {"container-image-latest", {"image"}},
      {"container-runs-as-root", {"user"}},
      {"cpu-limit-missing", {"cpu_limit", "cpu_request"}},
      {"cpu-request-missing", {"cpu_request"}},
      // With SYS_ADMIN Kubernetes lets a process gain privileges, whatever is said.
      {"dangerous-capability-added", {"cap_add", "no_new_privileges"}},
      {"credentials-in-url", {"environment", "mounts", "secrets"}},
      {"default-password", {"environment", "mounts", "secrets"}},
      {"dependency-without-health", {"depends_on"}},
      {"device-exposed", {"devices"}},
      {"docker-socket-mounted", {"mounts"}},
      {"host-cgroup-namespace", {"cgroup_mode"}},
      {"host-ipc", {"ipc_mode"}},
      {"host-port-used", {"ports"}},
      {"host-network", {"network_mode", "networks", "ports"}},
      {"host-process-namespace", {"pid_mode"}},
      {"host-user-namespace", {"userns_mode"}},
      {"host-uts", {"uts_mode"}},
      {"init-process-missing", {"init"}},
      {"liveness-probe-missing", {"liveness"}},
      {"probes-identical", {"liveness"}},
      {"shared-process-namespace", {"pid_mode"}},
      {"logging-unbounded", {"logging"}},
      {"memory-limit-missing", {"memory_limit", "memory_request"}},
      {"memory-request-missing", {"memory_request"}},
      {"net-raw-added", {"cap_add"}},
      {"net-raw-kept", {"cap_add", "cap_drop"}},
      {"network-not-segmented", {"networks"}},
      {"new-privileges-allowed", {"no_new_privileges"}},
      {"non-root-not-enforced", {"run_as_non_root", "user"}},
      {"pids-limit-missing", {"pids_limit"}},
      {"port-on-all-interfaces", {"ports"}},
      {"port-unquoted", {"ports"}},
      {"privileged-container", {"privileged", "no_new_privileges"}},
      {"readiness-probe-missing", {"readiness"}},
      {"restart-policy-missing", {"restart"}},
      {"root-filesystem-writable", {"read_only", "tmpfs", "mounts"}},
      {"seccomp-disabled", {"seccomp"}},
      {"seccomp-profile-missing", {"seccomp"}},
      {"secret-in-workload-environment", {"environment", "mounts", "secrets"}},
      {"selinux-disabled", {"selinux"}},
      {"sensitive-port-on-all-interfaces", {"ports"}},
      {"sensitive-host-path-mounted", {"mounts"}},
      {"service-account-token-mounted", {"token"}},
      {"system-paths-unmasked", {"proc_mount"}},
  };
  return kPromises;
}

/// A Pod's or a Dockerfile's fix may change each container of it.
void check_settings(const FileSystem& before, const FileSystem& after, const scan::FixPlan& plan,
                    const scan::FixOptions& options, std::vector<std::string>& wrong) {
  std::set<std::string> allowed;  // settings that some fix of the plan speaks of
  std::map<std::string, std::set<std::string>> by_subject;
  for (const scan::FileChange& file : plan.files) {
    for (const scan::AppliedFix& fix : file.fixes) {
      const auto promised = promises().find(fix.rule);
      if (promised == promises().end()) continue;
      for (const std::string_view setting : promised->second) {
        by_subject[file.path].insert(std::string(setting));
        allowed.insert(fix.subject + ' ' + std::string(setting));
      }
    }
  }
  const auto old_settings = settings_of(before, options.audit);
  const auto new_settings = settings_of(after, options.audit);
  for (const auto& [name, value] : old_settings) {
    const auto now = new_settings.find(name);
    if (now == new_settings.end()) {
      wrong.push_back(name + ": the workload is gone");
    } else if (now->second != value && !allowed.contains(name)) {
      // Fixes of a whole pod or project are counted for their first container only.
      const std::string path = name.substr(0, name.find('#'));
      const std::string setting = name.substr(name.rfind(' ') + 1);
      const bool of_several = setting == "token" || setting == "seccomp" || setting == "networks";
      if (!of_several || !by_subject[path].contains(setting)) wrong.push_back(name + " changed");
    }
  }
  for (const auto& [name, value] : new_settings) {
    if (!old_settings.contains(name)) wrong.push_back(name + ": a workload appeared");
  }
}

}  // namespace

std::string_view to_string(Mode mode) {
  switch (mode) {
    case Mode::kSafe: return "safe";
    case Mode::kValues: return "safe, values given";
    case Mode::kUnsafe: return "unsafe";
  }
  return "";
}

scan::FixOptions options_of(Mode mode, std::vector<std::string> targets) {
  scan::FixOptions options;
  options.audit.targets = std::move(targets);
  options.audit.rules.today = Date{2026, 11, 21};
  options.unsafe = mode == Mode::kUnsafe;
  if (mode == Mode::kValues) {
    check::FixValues& values = options.audit.rules.fix;
    for (check::FixValue* value :
         {&values.memory, &values.cpus, &values.memory_request, &values.cpu_request, &values.pids,
          &values.user, &values.publish}) {
      value->given = true;
    }
  }
  return options;
}

std::vector<std::string> violations(const FileSystem& files, const scan::FixPlan& plan,
                                    const scan::FixOptions& options) {
  std::vector<std::string> wrong;
  if (plan.files.empty()) return wrong;
  MemoryFileSystem changed;
  for (const scan::FileChange& file : plan.files) {
    changed.add(file.path, file.after);
    check_bytes(file, wrong);
  }
  const LayeredFileSystem after(changed, files);
  const Report old_report = judge(files, options);
  const Report new_report = judge(after, options);
  if (new_report.incomplete.size() > old_report.incomplete.size()) {
    wrong.push_back("the result is not read whole: " + new_report.incomplete.front().path);
  }
  Counts before = count(old_report);
  std::set<std::string_view> fixed;
  for (const scan::FileChange& file : plan.files) {
    for (const scan::AppliedFix& fix : file.fixes) {
      fixed.insert(fix.rule);
      // What came with another fix and was mended in turn was not there before.
      const auto own = before.find(key(fix.rule, file.path, fix.subject));
      if (own != before.end() && own->second > 0) --own->second;
    }
  }
  for (const auto& [name, number] : count(new_report)) {
    const auto old = before.find(name);
    const int had = old == before.end() ? 0 : old->second;
    const std::string_view rule = std::string_view(name).substr(0, name.find('|'));
    if (number > had && !is_revealed(rule, fixed))
      wrong.push_back(name + ": is still there, or new");
  }
  const scan::FixPlan again = scan::plan_fixes(after, options);
  for (const scan::FileChange& file : again.files) {
    wrong.push_back(file.path + ": a second run changes it (" +
                    std::string(file.fixes.front().rule) + ")");
  }
  check_settings(files, after, plan, options, wrong);
  return wrong;
}

}  // namespace plimsoll::fixes
