#include "image/sandbox.h"

#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace plimsoll::image {
namespace {

/// As linux/landlock.h of a newer kernel has it; the size says which fields are meant.
struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;  ///< from version 4
  std::uint64_t scopes = 0;   ///< from version 6
};

/// No access to any file, port or other process that the kernel's version can deny.
int apply_landlock() {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return 0;
  constexpr std::uint64_t kFileRights[] = {0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF};
  const std::size_t known = version > 5 ? 5 : static_cast<std::size_t>(version);
  const Ruleset rules{.files = kFileRights[known - 1],
                      .network = version >= 4 ? 3U : 0U,
                      .scopes = version >= 6 ? 3U : 0U};
  const std::size_t size = version >= 6 ? 24U : version >= 4 ? 16U : 8U;
  const long ruleset = ::syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0) return 0;
  const long restricted = ::syscall(SYS_landlock_restrict_self, ruleset, 0);
  ::close(static_cast<int>(ruleset));
  return restricted == 0 ? static_cast<int>(version) : 0;
}

/// What reading and computing takes. Libraries that try to open a file are told that they may not;
/// anything else ends the process.
bool apply_seccomp() {
  const scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (filter == nullptr) return false;
  constexpr int kAllowed[] = {
      SCMP_SYS(read),
      SCMP_SYS(readv),
      SCMP_SYS(pread64),
      SCMP_SYS(write),
      SCMP_SYS(writev),
      SCMP_SYS(sendto),
      SCMP_SYS(sendmsg),
      SCMP_SYS(recvfrom),
      SCMP_SYS(recvmsg),
      SCMP_SYS(lseek),
      SCMP_SYS(poll),
      SCMP_SYS(ppoll),
      SCMP_SYS(close),
      SCMP_SYS(fstat),
      SCMP_SYS(munmap),
      SCMP_SYS(mremap),
      SCMP_SYS(brk),
      SCMP_SYS(madvise),
      SCMP_SYS(futex),
      SCMP_SYS(clock_gettime),
      SCMP_SYS(gettimeofday),
      SCMP_SYS(rt_sigreturn),
      SCMP_SYS(rt_sigprocmask),
      SCMP_SYS(exit),
      SCMP_SYS(exit_group),
      SCMP_SYS(getpid),
      SCMP_SYS(gettid),
      SCMP_SYS(getrandom),
      SCMP_SYS(sched_yield),
      SCMP_SYS(restart_syscall),
      SCMP_SYS(rseq),
      SCMP_SYS(sched_getaffinity),
      SCMP_SYS(geteuid),
      SCMP_SYS(getuid),
  };
  constexpr int kRefused[] = {
      SCMP_SYS(open),      SCMP_SYS(openat),   SCMP_SYS(openat2),    SCMP_SYS(newfstatat),
      SCMP_SYS(stat),      SCMP_SYS(lstat),    SCMP_SYS(statx),      SCMP_SYS(access),
      SCMP_SYS(faccessat), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
      SCMP_SYS(ioctl),     SCMP_SYS(fcntl),    SCMP_SYS(prlimit64),  SCMP_SYS(tgkill),
      SCMP_SYS(sysinfo),   SCMP_SYS(uname),
  };
  bool good = true;
  for (const int call : kAllowed) {
    good = good && ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  }
  for (const int call : kRefused) {
    good = good && ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
  }
  // Memory, but none that can be run.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    good = good && ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                      SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
  }
  good = good && ::seccomp_load(filter) == 0;
  ::seccomp_release(filter);
  return good;
}

void limit(__rlimit_resource_t what, rlim_t most) {
  const rlimit both{most, most};
  (void)::setrlimit(what, &both);  // one that is lower already stays
}

}  // namespace

std::string Sandbox::to_string() const {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (no_new_privileges) add("no-new-privileges");
  if (landlock > 0) add("landlock " + std::to_string(landlock));
  if (seccomp) add("seccomp");
  return text.empty() ? "none" : text;
}

Sandbox close_process() {
  Sandbox sandbox;
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_AS, 4ULL << 30U);
  (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  sandbox.no_new_privileges = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  sandbox.landlock = apply_landlock();
  sandbox.seccomp = apply_seccomp();
  return sandbox;
}

}  // namespace plimsoll::image
