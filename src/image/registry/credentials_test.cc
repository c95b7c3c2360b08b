#include "image/registry/credentials.h"

#include <gtest/gtest.h>

#include <map>

namespace plimsoll::image::registry {
namespace {

class CredentialsTest : public testing::Test {
 protected:
  std::string find(const std::string& host, const std::string& repository = "team/app") {
    const Credentials credentials(
        files_, [this](std::string_view name) { return variables_[std::string(name)]; },
        [this](const std::string& helper,
               const std::string& key) -> Result<std::optional<Credential>> {
          asked_.push_back(helper + ' ' + key);
          if (helper != "knows") return std::nullopt;
          return Credential{.user = "from", .password = "helper"};
        });
    auto found = credentials.find(host, repository);
    if (!found) return "error: " + found.error().message;
    if (!*found) return "none";
    return (*found)->user + ':' + (*found)->password + ':' + (*found)->identity_token;
  }

  MemoryFileSystem files_;
  std::map<std::string, std::string> variables_{{"HOME", "/home/ada"}};
  std::vector<std::string> asked_;
};

TEST_F(CredentialsTest, AreWhatDockerLoginKept) {
  files_.add("/home/ada/.docker/config.json",
             R"({"auths": {"r.example:5000": {"auth": "YWRhOnNlOmNyZXQ="},
                 "https://index.docker.io/v1/": {"auth": "aHViOmh1Yg=="},
                 "t.example": {"auth": "PHRva2VuPjo=", "identitytoken": "id"}}})");
  EXPECT_EQ(find("r.example:5000"), "ada:se:cret:");
  EXPECT_EQ(find("docker.io"), "hub:hub:");
  EXPECT_EQ(find("t.example"), "<token>::id");
  EXPECT_EQ(find("r.example"), "none");
  EXPECT_EQ(find("evil.r.example:5000"), "none");
}

TEST_F(CredentialsTest, TheNearestNameHolds) {
  files_.add("/run/user/1/containers/auth.json",
             R"({"auths": {"r.example": {"auth": "YTpi"}, "r.example/team": {"auth": "Yzpk"},
                 "r.example/tea": {"auth": "ZTpm"}}})");
  variables_["XDG_RUNTIME_DIR"] = "/run/user/1";
  EXPECT_EQ(find("r.example", "team/app"), "c:d:");
  EXPECT_EQ(find("r.example", "other"), "a:b:");
}

TEST_F(CredentialsTest, FilesAreLookedAtInOrder) {
  files_.add("/home/ada/.docker/config.json", R"({"auths": {"r": {"auth": "YTpi"}}})");
  files_.add("/conf/config.json", R"({"auths": {"r": {"auth": "Yzpk"}}})");
  files_.add("/auth.json", R"({"auths": {"r": {"auth": "ZTpm"}}})");
  EXPECT_EQ(find("r"), "a:b:");
  variables_["DOCKER_CONFIG"] = "/conf";
  EXPECT_EQ(find("r"), "c:d:");
  variables_["REGISTRY_AUTH_FILE"] = "/auth.json";
  EXPECT_EQ(find("r"), "e:f:");
}

TEST_F(CredentialsTest, HelpersAreAskedFirst) {
  files_.add("/home/ada/.docker/config.json",
             R"({"credsStore": "none", "credHelpers": {"r.example": "knows"},
                 "auths": {"other": {"auth": "YTpi"}, "third": {}}})");
  EXPECT_EQ(find("r.example"), "from:helper:");
  EXPECT_EQ(find("other"), "a:b:");
  EXPECT_EQ(find("third"), "none");
  EXPECT_EQ(find("docker.io"), "none");
  EXPECT_EQ(asked_, (std::vector<std::string>{"knows r.example", "none other", "none third",
                                              "none https://index.docker.io/v1/"}));
}

TEST_F(CredentialsTest, ABrokenFileIsTold) {
  files_.add("/home/ada/.docker/config.json", R"({"auths": {"r": {"auth": "!"}}})");
  EXPECT_EQ(find("r"), "error: an 'auth' is not base64 of USER:PASSWORD");
  files_.add("/home/ada/.docker/config.json", "{");
  EXPECT_TRUE(find("r").starts_with("error: "));
}

}  // namespace
}  // namespace plimsoll::image::registry
