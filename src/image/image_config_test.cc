#include "image/image_config.h"

#include <gtest/gtest.h>

namespace plimsoll::image {
namespace {

TEST(ImageConfig, ReadsWhatDockerAndOciWrite) {
  const ImageConfig config = parse_image_config(R"({
    "created": "2026-01-01T00:00:00Z",
    "config": {"User": "app", "Env": ["A=1", 2], "Entrypoint": ["/e"], "Cmd": "x",
               "ExposedPorts": {"80/tcp": {}}, "Volumes": {"/data": {}}, "WorkingDir": "/w",
               "Labels": {"a": "b"}, "Healthcheck": {"Test": ["NONE"]}},
    "history": [{"created_by": "A"}, {"created_by": "B", "empty_layer": true}]})");
  EXPECT_EQ(config.user, "app");
  EXPECT_EQ(config.environment, (std::vector<std::string>{"A=1"}));
  EXPECT_EQ(config.entrypoint, (std::vector<std::string>{"/e"}));
  EXPECT_EQ(config.command, (std::vector<std::string>{"x"}));
  EXPECT_EQ(config.ports, (std::vector<std::string>{"80/tcp"}));
  EXPECT_EQ(config.volumes, (std::vector<std::string>{"/data"}));
  EXPECT_EQ(config.folder, "/w");
  EXPECT_EQ(config.labels.at("a"), "b");
  EXPECT_EQ(config.healthcheck, (std::vector<std::string>{"NONE"}));
  ASSERT_EQ(config.history.size(), 2U);
  EXPECT_FALSE(config.history[1].makes_layer);
}

TEST(ImageConfig, OtherShapesAreNothing) {
  for (const char* text :
       {"", "[]", "{\"config\":[]}", "{\"config\":{\"Env\":{}},\"history\":1}"}) {
    const ImageConfig config = parse_image_config(text);
    EXPECT_EQ(config.user, "");
    EXPECT_FALSE(config.healthcheck);
    EXPECT_TRUE(config.history.empty());
  }
}

TEST(ImageConfig, InstructionsAsTheyStoodInTheDockerfile) {
  struct Case {
    const char* created_by;
    const char* expected;
  };
  constexpr Case kCases[] = {
      {"/bin/sh -c #(nop)  CMD [\"bash\"]", "CMD [\"bash\"]"},
      {"/bin/sh -c apt-get update", "RUN apt-get update"},
      {"RUN /bin/sh -c apt-get update # buildkit", "RUN apt-get update"},
      {"RUN |1 A=1 /bin/sh -c make # buildkit", "RUN make"},
      {"|1 A=1 /bin/sh -c make", "RUN make"},
      {"COPY a b # buildkit", "COPY a b"},
      {"RUN npm ci", "RUN npm ci"},
      {"", ""},
  };
  for (const Case& each : kCases) {
    EXPECT_EQ(dockerfile_instruction(each.created_by), each.expected) << each.created_by;
  }
}

}  // namespace
}  // namespace plimsoll::image
