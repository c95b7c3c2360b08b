#include <gtest/gtest.h>

#include "core/path.h"
#include "project/project.h"

namespace plimsoll {
namespace {

using Kind = UpdateBot::Kind;

struct PathCase {
  std::string_view path;
  std::optional<Kind> want;
};
class UpdateBotOfTest : public testing::TestWithParam<PathCase> {};
TEST_P(UpdateBotOfTest, FollowsTheBotsOwnPlaces) {
  EXPECT_EQ(update_bot_of(GetParam().path), GetParam().want) << GetParam().path;
}
INSTANTIATE_TEST_SUITE_P(Paths, UpdateBotOfTest,
                         testing::Values(PathCase{".github/dependabot.yml", Kind::kDependabot},
                                         PathCase{"a/b/.github/dependabot.yaml", Kind::kDependabot},
                                         PathCase{"dependabot.yml", std::nullopt},
                                         PathCase{"x.github/dependabot.yml", std::nullopt},
                                         PathCase{"renovate.json", Kind::kRenovate},
                                         PathCase{"app/renovate.json5", Kind::kRenovate},
                                         PathCase{".github/renovate.json5", Kind::kRenovate},
                                         PathCase{".gitlab/renovate.json", Kind::kRenovate},
                                         PathCase{".renovaterc", Kind::kRenovate},
                                         PathCase{".renovaterc.json5", Kind::kRenovate},
                                         PathCase{"my-renovate.json", std::nullopt},
                                         PathCase{"package.json", std::nullopt},
                                         PathCase{"", std::nullopt}));

struct Case {
  std::string_view name;
  std::string_view in;
  std::string_view want;
};

std::string show_entries(const UpdateBot& bot) {
  std::string text;
  for (const UpdateEntry& entry : bot.entries) {
    text += entry.ecosystem;
    for (const std::string& folder : entry.folders) text += ' ' + folder;
    text += '\n';
  }
  if (bot.has_cooldown) text += "cooldown\n";
  return text;
}

class DependabotTest : public testing::TestWithParam<Case> {};
TEST_P(DependabotTest, Reads) {
  const SourceFile file(".github/dependabot.yml", std::string(GetParam().in));
  const auto tree = parse_yaml(file);
  EXPECT_EQ(show_entries(read_update_bot(*tree, Kind::kDependabot)), GetParam().want);
}
constexpr Case kDependabotCases[] = {
    {"OneFolder", "version: 2\nupdates:\n  - package-ecosystem: docker\n    directory: /\n",
     "docker .\n"},
    {"FoldersAreNormalised",
     "updates:\n  - {package-ecosystem: npm, directory: web/}\n"
     "  - {package-ecosystem: docker, directory: \"/images/./base/\"}\n",
     "npm web\ndocker images/base\n"},
    {"Globs",
     "updates:\n  - package-ecosystem: docker-compose\n    directories:\n      - /\n      - "
     "\"/**/*\"\n",
     "docker-compose . **/*\n"},
    {"Cooldown",
     "updates:\n  - package-ecosystem: docker\n    directory: /\n    cooldown: {default-days: 7}\n",
     "docker .\ncooldown\n"},
    {"AnyTypesAnywhere",
     "updates:\n  - 1\n  - []\n  - {package-ecosystem: [], directory: {}, directories: 1, "
     "cooldown: "
     "1}\n  - {directories: [[], 2, null]}\n",
     "\n 2\n"},
    {"UpdatesAsMap", "updates: {a: b}\n", ""},
    {"Empty", "", ""},
};
INSTANTIATE_TEST_SUITE_P(Table, DependabotTest, testing::ValuesIn(kDependabotCases),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(DependabotPlaces, PointAtTheEcosystem) {
  const SourceFile file(".github/dependabot.yml",
                        "updates:\n  - package-ecosystem: \"docker\"\n    directory: /\n");
  const auto tree = parse_yaml(file);
  const UpdateBot bot = read_update_bot(*tree, Kind::kDependabot);
  ASSERT_EQ(bot.entries.size(), 1U);
  EXPECT_EQ(file.slice(bot.entries[0].place.span), "\"docker\"");
}

std::string show_renovate(const UpdateBot& bot) {
  std::string text = bot.enabled ? "" : "off ";
  if (bot.docker_enabled) text += "docker";
  for (const std::string_view manager : bot.docker_managers) text += " " + std::string(manager);
  if (bot.pins_digests) text += " pins";
  if (bot.has_cooldown) text += " cooldown";
  return text;
}

class RenovateTest : public testing::TestWithParam<Case> {};
TEST_P(RenovateTest, Reads) {
  const SourceFile file("renovate.json5", std::string(GetParam().in));
  const auto tree = parse_json(file, {.relaxed = true});
  ASSERT_TRUE(tree->problems.empty());
  EXPECT_EQ(show_renovate(read_update_bot(*tree, Kind::kRenovate)), GetParam().want);
}
constexpr std::string_view kOn = "docker dockerfile docker-compose helm-values";
constexpr Case kRenovateCases[] = {
    {"DockerIsOnByDefault", "{extends: ['config:recommended']}", kOn},
    {"Empty", "{}", kOn},
    {"SwitchedOff", "{enabled: false}", "off docker dockerfile docker-compose helm-values"},
    {"DisablingPreset", "{extends: ['config:base', 'docker:disable']}", ""},
    {"DisablingDefaultPreset", "{extends: [':disableDocker']}", ""},
    {"OnlyNpm", "{extends: [':onlyNpm']}", ""},
    {"BestPracticesPins", "{extends: ['config:best-practices']}",
     "docker dockerfile docker-compose helm-values pins"},
    {"PinPreset", "{extends: ['docker:pinDigests']}",
     "docker dockerfile docker-compose helm-values pins"},
    {"PinPresetIgnored",
     "{extends: ['config:best-practices'], ignorePresets: ['docker:pinDigests']}", kOn},
    {"PinKey", "{pinDigests: true}", "docker dockerfile docker-compose helm-values pins"},
    {"PinByRule", "{packageRules: [{matchDatasources: ['docker'], pinDigests: true}]}",
     "docker dockerfile docker-compose helm-values pins"},
    {"PinOnePackageOnly",
     "{packageRules: [{matchDatasources: ['docker'], matchPackageNames: ['a'], pinDigests: true}]}",
     kOn},
    {"PinOtherManager", "{packageRules: [{matchManagers: ['github-actions'], pinDigests: true}]}",
     kOn},
    {"EnabledManagersLeaveDockerOut", "{enabledManagers: ['npm']}", ""},
    {"EnabledManagersNameOne", "{enabledManagers: ['docker-compose']}", "docker docker-compose"},
    {"KubernetesNeedsPatterns", "{kubernetes: {managerFilePatterns: ['/\\\\.yaml$/']}}",
     "docker dockerfile docker-compose kubernetes helm-values"},
    {"RuleSwitchesDatasourceOff",
     "{packageRules: [{matchDatasources: ['docker'], enabled: false}]}", ""},
    {"RuleSwitchesManagerOff", "{packageRules: [{matchManagers: ['dockerfile'], enabled: false}]}",
     "docker docker-compose helm-values"},
    {"RuleForOnePackageDoesNot",
     "{packageRules: [{matchDatasources: ['docker'], matchPackageNames: ['postgres'], enabled: "
     "false}]}",
     kOn},
    {"RuleForMajorsDoesNot",
     "{packageRules: [{matchDatasources: ['docker'], matchUpdateTypes: ['major'], enabled: "
     "false}]}",
     kOn},
    {"AllOffThenDockerfileOn",
     "{packageRules: [{matchPackageNames: ['*'], enabled: false}, {matchManagers: ['dockerfile'], "
     "enabled: true}]}",
     "docker dockerfile"},
    {"ManagerObject", "{dockerfile: {enabled: false}, 'docker-compose': {enabled: false}}",
     "docker helm-values"},
    {"OldDockerObject", "{docker: {enabled: false}}", ""},
    {"CustomManager",
     "{enabledManagers: ['custom.regex'], customManagers: [{customType: 'regex', "
     "datasourceTemplate: 'docker'}]}",
     "docker"},
    {"WaitingTime", "{minimumReleaseAge: '3 days'}",
     "docker dockerfile docker-compose helm-values cooldown"},
    {"NoWaitingTime", "{minimumReleaseAge: '0 days', stabilityDays: 0}", kOn},
    {"WaitingTimeInRule", "{packageRules: [{stabilityDays: 5}]}",
     "docker dockerfile docker-compose helm-values cooldown"},
    {"AnyTypesAnywhere",
     "{extends: {a: 1}, enabled: [], enabledManagers: 'x', packageRules: [1, [], {matchManagers: "
     "{}}], docker: 1, dockerfile: [], customManagers: {a: 1}, pinDigests: {}, minimumReleaseAge: "
     "[]}",
     kOn},
    {"NoMapping", "[1]", kOn},
};
INSTANTIATE_TEST_SUITE_P(Table, RenovateTest, testing::ValuesIn(kRenovateCases),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(RenovateInPackageJson, IsReadFromItsKey) {
  const SourceFile file("web/package.json",
                        R"({"name": "web", "renovate": {"extends": ["docker:disable"]}})");
  const auto tree = parse_json(file);
  ASSERT_FALSE(tree->documents.empty());
  EXPECT_EQ(update_bot_of(*tree->documents.front().root), Kind::kRenovate);
  EXPECT_FALSE(read_update_bot(*tree, Kind::kRenovate).docker_enabled);
}

TEST(RenovateInPackageJson, IsNotSeenWithoutIt) {
  const SourceFile file("package.json", R"({"name": "web", "dependencies": {"renovate": "1"}})");
  const auto tree = parse_json(file);
  ASSERT_FALSE(tree->documents.empty());
  EXPECT_EQ(update_bot_of(*tree->documents.front().root), std::nullopt);
}

}  // namespace
}  // namespace plimsoll
