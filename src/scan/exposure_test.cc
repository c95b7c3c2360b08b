#include "scan/exposure.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::scan {
namespace {

using Network = Exposure::Network;

struct Case {
  const char* name;
  const char* path;
  const char* text;
  Network network;
  bool reaches_host;
};
class ExposureTest : public testing::TestWithParam<Case> {};

TEST_P(ExposureTest, OfTheWorkload) {
  MemoryFileSystem files;
  files.add(GetParam().path, GetParam().text);
  const auto exposure = find_exposure(files, GetParam().path);
  ASSERT_TRUE(exposure) << exposure.error().to_line();
  EXPECT_EQ(exposure->network, GetParam().network);
  EXPECT_EQ(exposure->reaches_host, GetParam().reaches_host);
}

INSTANTIATE_TEST_SUITE_P(
    All, ExposureTest,
    testing::Values(
        Case{"Published", "compose.yaml", "services: {web: {image: a, ports: ['80:80']}}\n",
             Network::kPublished, false},
        Case{"ToThisHostOnly", "compose.yaml",
             "services: {web: {image: a, ports: ['127.0.0.1:80:80']}}\n", Network::kInternal,
             false},
        Case{"Exposed", "compose.yaml", "services: {web: {image: a, expose: ['80']}}\n",
             Network::kInternal, false},
        Case{"OfTheHost", "compose.yaml", "services: {web: {image: a, network_mode: host}}\n",
             Network::kPublished, false},
        Case{"Without", "compose.yaml", "services: {web: {image: a, network_mode: none}}\n",
             Network::kNone, false},
        Case{"OfAnother", "compose.yaml",
             "services: {web: {image: a, network_mode: 'container:x'}}\n", Network::kUnknown,
             false},
        Case{"Privileged", "compose.yaml", "services: {web: {image: a, privileged: true}}\n",
             Network::kInternal, true},
        Case{"Socket", "compose.yaml",
             "services: {web: {image: a, volumes: ['/var/run/docker.sock:/s']}}\n",
             Network::kInternal, true},
        Case{"RunLine", "run.sh", "docker run -P --cap-add SYS_ADMIN a\n", Network::kPublished,
             true},
        Case{"Pod", "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
             "spec: {containers: [{name: c, image: a, ports: [{containerPort: 80}]}]}\n",
             Network::kUnknown, false}),
    [](const auto& each) { return each.param.name; });

TEST(FindExposure, WantsOneWorkload) {
  MemoryFileSystem files;
  files.add("compose.yaml",
            "services: {web: {image: a, ports: ['80:80']}, db: {image: b, expose: [1]}}\n");
  files.add("empty.yaml", "a: b\n");
  for (const char* target : {"compose.yaml#db", "compose.yaml#compose.yaml#db"}) {
    const auto exposure = find_exposure(files, target);
    ASSERT_TRUE(exposure) << target;
    EXPECT_EQ(exposure->from, "compose.yaml#db");
    EXPECT_EQ(exposure->network, Network::kInternal);
  }
  const auto several = find_exposure(files, "compose.yaml");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().code, ErrorCode::kUsage);
  EXPECT_NE(several.error().message.find("web"), std::string::npos);
  EXPECT_EQ(find_exposure(files, "compose.yaml#cache").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(find_exposure(files, "empty.yaml").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(find_exposure(files, "nowhere.yaml").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace plimsoll::scan
