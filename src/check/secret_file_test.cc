#include "check/secret_file.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(SecretFile, KnowsWhereSecretsAreKept) {
  for (const std::string_view path :
       {"id_rsa", "keys/id_ed25519", ".env", "./app/.env", ".npmrc", ".npmrc*", ".ssh", ".ssh/",
        "/root/.ssh/deploy", ".aws/credentials", ".docker/config.json", "server.key", "a/tls.pem",
        "privkey.pem", "store.p12", "/root/.kube/config"}) {
    EXPECT_TRUE(secret_file(path)) << path;
  }
}

TEST(SecretFile, LeavesOutSamplesPublicHalvesAndSettings) {
  for (const std::string_view path :
       {"id_rsa.pub", ".env.example", ".env.dist", ".env.template", "ca.pem", "fullchain.pem",
        "/root/.ssh/config", "/root/.ssh/known_hosts", "/root/.ssh/authorized_keys", ".", "/", "",
        "package.json", "environment", "config.json", "certs/ca-certificates.pem"}) {
    EXPECT_FALSE(secret_file(path)) << path;
  }
}

TEST(SecretFile, IsNotSureOfWhatOftenHoldsNone) {
  EXPECT_FALSE(secret_file(".npmrc")->certain);
  EXPECT_FALSE(secret_file("server.pem")->certain);
  EXPECT_TRUE(secret_file(".env")->certain);
}

TEST(ContainerPath, TakesHomeAsRoots) {
  EXPECT_EQ(container_path("/app", "~/.ssh/id_rsa"), "/root/.ssh/id_rsa");
  EXPECT_EQ(container_path("/app", "$HOME/.npmrc"), "/root/.npmrc");
  EXPECT_EQ(container_path("/app", ".npmrc"), "/app/.npmrc");
  EXPECT_EQ(container_path("", "a"), "/a");
  EXPECT_EQ(container_path("/app", "/etc/x"), "/etc/x");
}

}  // namespace
}  // namespace plimsoll
