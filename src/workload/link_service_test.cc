#include "workload/link_service.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "parse/node.h"
#include "workload/inspect.h"

namespace plimsoll {
namespace {

struct Case {
  const char* name;
  const char* path;
  const char* head;    ///< of the Compose file
  const char* labels;  ///< as JSON members
  bool linked;
};

bool is_linked(const Case& one) {
  const SourceFile compose_file(one.path,
                                std::string(one.head) + "services: {web: {image: nginx}}\n");
  const auto compose_tree = parse_yaml(compose_file);
  std::vector<std::unique_ptr<compose::Project>> projects;
  projects.push_back(
      compose::read(*compose_tree, {[](const std::string& path) -> Result<const Tree*> {
                                      return fail(ErrorCode::kNotFound, "not found", path);
                                    },
                                    [](const std::string& path) -> Result<const SourceFile*> {
                                      return fail(ErrorCode::kNotFound, "not found", path);
                                    }}));
  const SourceFile inspect_file(
      "inspect.json", "{\"Name\": \"/x\", \"HostConfig\": {}, \"Config\": {\"Labels\": {" +
                          std::string(one.labels) + "}}}");
  const auto inspect_tree = parse_json(inspect_file);
  std::deque<Workload> containers;
  static_cast<void>(inspect::read(*inspect_tree, containers));
  link_service(containers.at(0), projects, "/srv/shop");
  return containers.front().live->service != nullptr;
}

class LinkServiceTest : public testing::TestWithParam<Case> {};

TEST_P(LinkServiceTest, FindsTheServiceOrNot) {
  EXPECT_EQ(is_linked(GetParam()), GetParam().linked);
}

INSTANTIATE_TEST_SUITE_P(
    Labels, LinkServiceTest,
    testing::Values(
        Case{"no_labels", "compose.yaml", "", "", false},
        Case{"by_the_written_name", "compose.yaml", "name: one\n",
             R"("com.docker.compose.service": "web", "com.docker.compose.project": )"
             R"("one")",
             true},
        Case{"another_project", "compose.yaml", "name: one\n",
             R"("com.docker.compose.service": "web", "com.docker.compose.project": )"
             R"("two")",
             false},
        Case{"by_the_folders_name", "sub/compose.yaml", "",
             R"("com.docker.compose.service": "web", "com.docker.compose.project": )"
             R"("sub")",
             true},
        Case{"by_the_working_folders_name", "compose.yaml", "",
             R"("com.docker.compose.service": "web", "com.docker.compose.project": )"
             R"("shop")",
             true},
        Case{"another_folder", "compose.yaml", "",
             R"("com.docker.compose.service": "web", "com.docker.compose.project": )"
             R"("blog")",
             false},
        Case{"another_service", "compose.yaml", "",
             R"("com.docker.compose.service": "db", "com.docker.compose.project": "shop")", false},
        Case{"by_the_file", "compose.yaml", "name: one\n",
             R"("com.docker.compose.service": "web", "com.docker.compose.project": )"
             R"("two", "com.docker.compose.project.config_files":
                   "/a.yaml,/srv/shop/compose.yaml")",
             true},
        Case{"one_off", "compose.yaml", "",
             R"("com.docker.compose.service": "web", "com.docker.compose.project": )"
             R"("shop", "com.docker.compose.oneoff": "True")",
             false}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace plimsoll
