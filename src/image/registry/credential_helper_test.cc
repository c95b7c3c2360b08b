#include "image/registry/credential_helper.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace plimsoll::image::registry {
namespace {

/// Puts helpers of shell lines into a folder that is first in PATH.
class CredentialHelper : public testing::Test {
 protected:
  CredentialHelper() {
    std::string folder = "/tmp/plimsoll-helper-XXXXXX";
    folder_ = ::mkdtemp(folder.data());
    const char* old = std::getenv("PATH");
    path_ = old == nullptr ? "" : old;
    ::setenv("PATH", (folder_ + ':' + path_).c_str(), 1);
  }
  ~CredentialHelper() override {
    ::setenv("PATH", path_.c_str(), 1);
    ::unlink((folder_ + "/docker-credential-test").c_str());
    ::unlink((folder_ + "/host").c_str());
    ::rmdir(folder_.c_str());
  }

  std::string ask(const std::string& script) {
    const std::string file = folder_ + "/docker-credential-test";
    std::ofstream(file) << "#!/bin/sh\n" << script << '\n';
    ::chmod(file.c_str(), 0755);
    const auto found = ask_credential_helper("test", "r.example", std::chrono::seconds(1));
    if (!found) return "error: " + found.error().message;
    if (!*found) return "none";
    return (*found)->user + ':' + (*found)->password + ':' + (*found)->identity_token;
  }

  std::string folder_;
  std::string path_;
};

TEST_F(CredentialHelper, IsGivenTheHostAndAnswers) {
  EXPECT_EQ(ask(R"(h=$(cat); echo "{\"ServerURL\":\"x\",\"Username\":\"$1\",\"Secret\":\"$h\"}")"),
            "get:r.example:");
}

TEST_F(CredentialHelper, MayKnowAnIdentityTokenOrNothing) {
  EXPECT_EQ(ask(R"(echo '{"Username":"<token>","Secret":"t"}')"), "::t");
  EXPECT_EQ(ask("echo credentials not found in native keychain; exit 1"), "none");
  EXPECT_EQ(ask(R"(echo '{"Username":"","Secret":""}')"), "none");
}

TEST_F(CredentialHelper, ThatFailsIsTold) {
  EXPECT_EQ(ask("echo locked; exit 1"), "error: it failed: locked");
  EXPECT_EQ(ask("echo nonsense"), "error: it does not answer with JSON");
  EXPECT_EQ(ask("exec sleep 30"), "error: it says too much, or nothing in time");
  EXPECT_EQ(ask("exec cat /dev/zero"), "error: it says too much, or nothing in time");
}

TEST_F(CredentialHelper, ThatIsNotThereIsTold) {
  const auto found = ask_credential_helper("not-there", "r.example");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::kEnvironment);
}

TEST(CredentialHelperName, IsNoPathAndNoOption) {
  for (const char* name : {"", "../x", "a/b", "a b", "A", "a;b", "a_b", "a\nb"}) {
    const auto found = ask_credential_helper(name, "r.example");
    ASSERT_FALSE(found) << name;
    EXPECT_EQ(found.error().code, ErrorCode::kUsage) << name;
  }
}

}  // namespace
}  // namespace plimsoll::image::registry
