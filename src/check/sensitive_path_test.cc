#include "check/sensitive_path.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

struct Case {
  std::string_view path;
  Severity writable;
  Severity read_only;
};

class SensitivePaths : public testing::TestWithParam<Case> {};

TEST_P(SensitivePaths, AreWorthWhatTheyHold) {
  const SensitivePath* found = find_sensitive_path(GetParam().path);
  ASSERT_NE(found, nullptr) << GetParam().path;
  EXPECT_EQ(found->writable, GetParam().writable);
  EXPECT_EQ(found->read_only, GetParam().read_only);
}

INSTANTIATE_TEST_SUITE_P(
    Table, SensitivePaths,
    testing::Values(Case{"/", Severity::kCritical, Severity::kHigh},
                    Case{"//", Severity::kCritical, Severity::kHigh},
                    Case{"/etc/", Severity::kCritical, Severity::kHigh},
                    Case{"/srv/../etc", Severity::kCritical, Severity::kHigh},
                    Case{"/etc/ssh/ssh_host_rsa_key", Severity::kCritical, Severity::kHigh},
                    Case{"/etc/passwd", Severity::kHigh, Severity::kInfo},
                    Case{"/var/lib/docker/containers", Severity::kHigh, Severity::kMedium},
                    Case{"/var/run", Severity::kCritical, Severity::kCritical},
                    Case{"~/.ssh/id_ed25519", Severity::kCritical, Severity::kHigh},
                    Case{"${HOME}/.kube/config", Severity::kHigh, Severity::kHigh},
                    Case{"c:\\", Severity::kCritical, Severity::kHigh}));

TEST(SensitivePath, AnApplicationsOwnFilesAreNone) {
  for (const std::string_view path :
       {"", ".", "data", "/data", "/etc/localtime", "/etc/nginx/nginx.conf", "/etcetera",
        "/var/lib/postgresql", "/home/ada/project", "/home/ada/.sshd", "project/.ssh", "/procfs"}) {
    EXPECT_EQ(find_sensitive_path(path), nullptr) << path;
  }
}

}  // namespace
}  // namespace plimsoll::check
