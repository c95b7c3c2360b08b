#include "scan/model.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "scan/inputs.h"

namespace plimsoll::scan {
namespace {

using Files = std::map<std::string, std::string>;

/// What a set of files describes together.
class World {
 public:
  explicit World(const Files& files, std::vector<std::string> targets = {"."}) {
    for (const auto& [path, text] : files) memory_.add(path, text);
    options_.targets = std::move(targets);
    inputs_.load();
    model_ = read_model(inputs_);
  }

  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] std::vector<std::string> workloads() const {
    std::vector<std::string> ids;
    for (const Workload* workload : model_.workloads) ids.push_back(workload->id);
    return ids;
  }
  [[nodiscard]] const Workload& first() const { return *model_.workloads.at(0); }

 private:
  MemoryFileSystem memory_;
  AuditOptions options_;
  Inputs inputs_{memory_, options_};
  Model model_;
};

using Ids = std::vector<std::string>;

constexpr const char* kPod =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: a}]}\n";

TEST(Model, HoldsTheWorkloadsOfEveryForm) {
  const World world(Files{{"compose.yaml", "services: {web: {image: a}}\n"},
                          {"pod.yaml", kPod},
                          {"run.sh", "docker run a\n"},
                          {".github/workflows/ci.yml",
                           "on: push\njobs: {a: {runs-on: x, steps: [{run: docker run a}]}}\n"}});
  EXPECT_EQ(world.workloads().size(), 4U);
  EXPECT_EQ(world.first().id, "compose.yaml#web");
}

TEST(Model, AnOverrideIsNoProjectOfItsOwn) {
  const World world(Files{{"compose.yaml", "services: {web: {image: a}}\n"},
                          {"compose.override.yaml", "services: {web: {privileged: true}}\n"}});
  EXPECT_EQ(world.workloads(), Ids{"compose.yaml#web"});
}

TEST(Model, AnOverrideWithoutBaseIsRead) {
  const World world(Files{{"compose.override.yaml", "services: {web: {image: a}}\n"}});
  EXPECT_EQ(world.workloads(), Ids{"compose.override.yaml#web"});
}

TEST(Model, AFragmentIsReadOnTopOfTheBaseBesideIt) {
  const Files files{{"compose.yaml", "services: {web: {image: a}}\n"},
                    {"compose.prod.yaml", "services: {web: {privileged: true}}\n"}};
  const World world(files);
  ASSERT_EQ(world.model().compose.size(), 2U);
  const auto& prod = world.model().compose[0]->services;
  ASSERT_EQ(prod.size(), 1U);
  EXPECT_TRUE(prod[0].image.is_set());
}

TEST(Model, AFullFileBesideABaseStandsAlone) {
  const World world(Files{{"compose.yaml", "services: {web: {image: a}}\n"},
                          {"compose.test.yaml", "services: {other: {image: b}}\n"}});
  EXPECT_EQ(world.workloads(), (Ids{"compose.test.yaml#other", "compose.yaml#web"}));
}

TEST(Model, JoinsAServiceWithTheDockerfileItBuilds) {
  const World world(
      Files{{"app/Dockerfile", "FROM a\n"}, {"compose.yaml", "services: {web: {build: app}}\n"}},
      {"compose.yaml"});
  ASSERT_NE(world.first().dockerfile, nullptr);
  EXPECT_EQ(world.first().dockerfile->stages.size(), 1U);
}

TEST(Model, JoinsAServiceWithItsInlineDockerfile) {
  const World world(
      Files{{"compose.yaml",
             "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM a\n "
             "       FROM b\n"}});
  ASSERT_NE(world.first().dockerfile, nullptr);
  EXPECT_EQ(world.first().dockerfile->stages.size(), 2U);
}

TEST(Model, AMissingDockerfileJoinsNothing) {
  const World world(Files{{"compose.yaml", "services: {web: {build: none}}\n"}});
  EXPECT_EQ(world.first().dockerfile, nullptr);
}

TEST(Model, KnowsTheRepositoryOnlyFromAFolder) {
  const Files files{{"Dockerfile", "FROM a\n"},
                    {".git/HEAD", "ref: x\n"},
                    {".gitignore", ".env\n"},
                    {"k/pod.yaml", kPod}};
  const World folder(files);
  EXPECT_TRUE(folder.model().project.is_repository);
  EXPECT_EQ(folder.model().project.dockerfiles, Ids{"Dockerfile"});
  EXPECT_EQ(folder.model().project.manifests, Ids{"k/pod.yaml"});
  EXPECT_NE(folder.model().project.gitignore, nullptr);
  EXPECT_FALSE(World(files, {"Dockerfile"}).model().project.is_repository);
}

TEST(Model, AGitignoreBelowIsNotTheRepositorys) {
  const World world(Files{{"a/.gitignore", "x\n"}, {".git/HEAD", ""}});
  EXPECT_EQ(world.model().project.gitignore, nullptr);
}

TEST(Model, SaysWhichFragmentOfAProjectIsMissing) {
  const World world(Files{
      {"compose.yaml", "services: {web: {extends: {file: none.yaml, service: a}, image: b}}\n"}});
  ASSERT_EQ(world.model().incomplete.size(), 1U);
  EXPECT_NE(world.model().incomplete[0].limit.find("none.yaml"), std::string::npos);
}

}  // namespace
}  // namespace plimsoll::scan
