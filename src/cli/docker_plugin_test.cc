#include "cli/docker_plugin.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace plimsoll::cli::docker_plugin {
namespace {

using Words = std::vector<std::string>;

TEST(DockerPlugin, IsCalledByNameOrByTheQuestionThatOnlyDockerAsks) {
  EXPECT_TRUE(is_called("docker-plimsoll", {}));
  EXPECT_TRUE(is_called("/usr/libexec/docker/cli-plugins/docker-plimsoll", {"plimsoll"}));
  EXPECT_TRUE(is_called("/usr/bin/plimsoll", {"docker-cli-plugin-metadata"}));
  EXPECT_FALSE(is_called("/usr/bin/plimsoll", {"audit", "docker-cli-plugin-metadata"}));
  EXPECT_FALSE(is_called("plimsoll", {}));
  EXPECT_FALSE(is_called("", {"plimsoll"}));
}

struct Call {
  const char* name;
  Words arguments;
  Words own;
};

class OwnArgumentsTest : public testing::TestWithParam<Call> {};

TEST_P(OwnArgumentsTest, FollowThePluginsName) {
  EXPECT_EQ(own_arguments(GetParam().arguments), GetParam().own);
}

const Call kCalls[] = {
    {"Plain", {"plimsoll", "audit", "."}, {"audit", "."}},
    {"Nothing", {"plimsoll"}, {}},
    {"GlobalsWithValues",
     {"--context", "plimsoll", "-H", "tcp://a", "-c", "b", "plimsoll", "rules"},
     {"rules"}},
    {"GlobalsInOneWord", {"--host=tcp://a", "-D", "--tls", "plimsoll", "rules"}, {"rules"}},
    {"OwnOptionsStay", {"plimsoll", "--context", "audit"}, {"--context", "audit"}},
    {"Help", {"help", "plimsoll"}, {"--help"}},
    {"HelpOfACommand", {"help", "plimsoll", "audit"}, {"audit", "--help"}},
    {"AFileOfOurName", {"plimsoll", "audit", "plimsoll"}, {"audit", "plimsoll"}},
    {"NotByDocker", {"audit", "."}, {"audit", "."}},
    {"GlobalWithoutItsValue", {"--host"}, {"--host"}},
    {"None", {}, {}},
};

INSTANTIATE_TEST_SUITE_P(All, OwnArgumentsTest, testing::ValuesIn(kCalls),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(DockerPlugin, MetadataHasWhatDockerInsistsOn) {
  const auto json = nlohmann::json::parse(metadata());
  EXPECT_EQ(json["SchemaVersion"], "0.1.0");
  EXPECT_FALSE(json["Vendor"].get<std::string>().empty());
  EXPECT_FALSE(json["ShortDescription"].get<std::string>().empty());
}

std::string template_after(std::string_view event) {
  const std::string answer = hint_after(event);
  if (answer.empty()) return {};
  const auto json = nlohmann::json::parse(answer);
  EXPECT_EQ(json["Type"], 0);
  return json["Template"];
}

struct Event {
  const char* name;
  const char* json;
  const char* command;  ///< what the hint ends in; empty: no hint
};

class HintTest : public testing::TestWithParam<Event> {};

TEST_P(HintTest, NamesTheNextCommandOrIsSilent) {
  const std::string hint = template_after(GetParam().json);
  if (*GetParam().command == '\0') {
    EXPECT_EQ(hint, "");
  } else {
    EXPECT_TRUE(hint.ends_with(std::string(": ") + GetParam().command)) << hint;
    EXPECT_LT(hint.size(), 80U);
    EXPECT_EQ(hint.find("{{"), std::string::npos);
  }
}

constexpr Event kEvents[] = {
    {"Build", R"({"RootCmd":"build","Flags":{"tag":""},"CommandError":""})",
     "docker plimsoll audit ."},
    {"Buildx", R"({"RootCmd":"buildx build","Flags":null})", "docker plimsoll audit ."},
    {"ComposeUp", R"({"RootCmd":"compose up","Flags":{"d":""}})", "docker plimsoll audit ."},
    {"OfAnotherFile", R"({"RootCmd":"build","Flags":{"file":""}})", "docker plimsoll audit FILE"},
    {"OfAnotherComposeFile", R"({"RootCmd":"compose up","Flags":{"file={{.Name}}":""}})",
     "docker plimsoll audit FILE"},
    {"AfterAFailure", R"({"RootCmd":"build","CommandError":"exit status 1"})", ""},
    {"OtherCommands", R"({"RootCmd":"pull"})", ""},
    {"EveryComposeCommand", R"({"RootCmd":"compose"})", ""},
    {"NoText", R"({"RootCmd":["build"],"Flags":"f","CommandError":1})", ""},
    {"NoObject", R"(["build"])", ""},
    {"NoJson", "build", ""},
    {"Nothing", "", ""},
};

INSTANTIATE_TEST_SUITE_P(All, HintTest, testing::ValuesIn(kEvents),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(ChosenHost, IsThatOfDockersOwnOption) {
  EXPECT_EQ(chosen_host(Words{"--host", "unix:///a", "plimsoll", "audit"}), "unix:///a");
  EXPECT_EQ(chosen_host(Words{"-l", "-H", "-H", "unix:///a", "plimsoll"}), "unix:///a");
  EXPECT_EQ(chosen_host(Words{"--host=unix:///a", "plimsoll", "audit"}), "unix:///a");
  EXPECT_EQ(chosen_host(Words{"plimsoll", "audit", "--host", "x"}), "");
  EXPECT_EQ(chosen_host(Words{"--host"}), "");
  EXPECT_EQ(chosen_host(Words{"--context", "prod", "plimsoll"}), "context://prod");
  EXPECT_EQ(chosen_host(Words{"--context=default", "plimsoll"}), "");
  EXPECT_EQ(chosen_host(Words{}), "");
}

}  // namespace
}  // namespace plimsoll::cli::docker_plugin
