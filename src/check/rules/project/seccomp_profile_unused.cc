#include <algorithm>
#include <string>

#include "check/rule.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "seccomp-profile-unused",
    .title = "A seccomp profile is used by no container",
    .severity = Severity::kInfo,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Somebody worked out which system calls the program needs, and the container still may "
        "make every one that Docker's own profile allows.",
    .fix_note =
        "Unsafe: a call that the profile forgot fails at run time. Name it with security_opt: "
        "[\"seccomp=./profile.json\"], --security-opt seccomp=, or seccompProfile: {type: "
        "Localhost} once it is on the nodes; delete it when it is not meant to be used.",
    .sources =
        "https://docs.docker.com/engine/security/seccomp/ "
        "https://kubernetes.io/docs/tutorials/security/seccomp/",
};

/// By its file's name: where a node or a host keeps it is not where the repository does.
bool is_used(const Project& project, std::string_view profile) {
  return std::any_of(
      project.seccomp_in_use.begin(), project.seccomp_in_use.end(),
      [profile](const std::string& used) { return used.empty() || path::name(used) == profile; });
}

void check(const Project& project, Sink& sink) {
  if (!project.has_containers) return;
  for (const SourceFile* file : project.seccomp_profiles) {
    const std::string_view name = path::name(file->path());
    if (is_used(project, name)) continue;
    sink.report(Place{file, {}},
                "no container uses the seccomp profile '" + std::string(name) + "'");
  }
}

constexpr Example kExamples[] = {
    {.name = "beside a service that does not name it",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- compose.yaml --\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "-- deploy/nginx.json --\n"
               "«»{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}\n"},
    {.name = "named by a service",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- compose.yaml --\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    security_opt: [\"seccomp:./deploy/nginx.json\"]\n"
               "-- deploy/nginx.json --\n"
               "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}\n"},
    {.name = "on the nodes",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- pod.yaml --\n"
               "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  securityContext:\n"
               "    seccompProfile: {type: Localhost, localhostProfile: profiles/nginx.json}\n"
               "  containers: [{name: web, image: 'nginx:1.27'}]\n"
               "-- deploy/nginx.json --\n"
               "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}\n"},
    {.name = "a variable decides",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- compose.yaml --\n"
               "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    security_opt: [\"seccomp=${PROFILE}\"]\n"
               "-- nginx.json --\n"
               "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}\n"},
    {.name = "nothing runs here",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- nginx.json --\n"
               "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}\n"},
    {.name = "a rule of something else",
     .before = "-- .github/dependabot.yml --\n"
               "version: 2\n"
               "-- compose.yaml --\n"
               "services: {web: {image: 'nginx:1.27'}}\n"
               "-- storage.json --\n"
               "{\"defaultAction\": \"Deny\", \"syscalls\": []}\n"},
};

}  // namespace

const Rule& seccomp_profile_unused() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
