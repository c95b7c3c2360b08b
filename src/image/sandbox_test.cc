#include "image/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>

namespace plimsoll::image {
namespace {

/// How a process ends that is closed and then does something: its status as waitpid() has it.
int status_after(const std::function<int()>& deed) {
  const pid_t child = ::fork();
  if (child == 0) {
    (void)close_process();
    ::_exit(deed());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

bool kernel_has_seccomp() {
  const int status = status_after([] { return 0; });
  return WIFEXITED(status);
}

TEST(Sandbox, ComputesAndNothingElse) {
  if (!kernel_has_seccomp()) GTEST_SKIP() << "no seccomp here";
  EXPECT_EQ(status_after([] {
              void* const memory = std::malloc(64U << 20U);
              std::free(memory);
              return memory == nullptr ? 1 : 0;
            }),
            0);
  EXPECT_EQ(status_after([] { return ::open("/etc/passwd", O_RDONLY) < 0 ? 0 : 1; }), 0);
  EXPECT_EQ(WTERMSIG(status_after([] { return ::socket(AF_INET, SOCK_STREAM, 0); })), SIGSYS);
  EXPECT_EQ(WTERMSIG(status_after([] { return ::execl("/bin/true", "true", nullptr); })), SIGSYS);
  EXPECT_EQ(WTERMSIG(status_after([] { return static_cast<int>(::fork()); })), SIGSYS);
  EXPECT_EQ(WTERMSIG(status_after([] {
              void* const memory =
                  ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              return memory == MAP_FAILED ? 1 : 0;
            })),
            SIGSYS);
}

TEST(Sandbox, SaysWhatTheKernelGave) {
  EXPECT_EQ((Sandbox{.no_new_privileges = true, .landlock = 6, .seccomp = true}).to_string(),
            "no-new-privileges, landlock 6, seccomp");
  EXPECT_EQ(Sandbox().to_string(), "none");
}

}  // namespace
}  // namespace plimsoll::image
