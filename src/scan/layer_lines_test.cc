#include "scan/layer_lines.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace plimsoll::scan {
namespace {

/// Where each layer was made, "-" where the file does not tell.
std::string places(const std::string& dockerfile,
                   std::vector<std::pair<std::string, bool>> history) {
  const SourceFile source("Dockerfile", dockerfile);
  image::Inventory inventory;
  for (auto& [instruction, makes_layer] : history) {
    if (makes_layer) inventory.image.layers.push_back({.instruction = instruction});
    inventory.config.history.push_back({std::move(instruction), makes_layer});
  }
  locate_layers(dockerfile::parse(source), inventory);
  std::string text;
  for (const image::Layer& layer : inventory.image.layers) {
    text += (layer.place.empty() ? "-" : layer.place.substr(layer.place.find(':') + 1)) + ' ';
  }
  return text;
}

TEST(LayerLines, OfBothBuilders) {
  const std::string file =
      "FROM debian:12 AS build\nRUN make\nFROM debian:12\nENV A=1\nRUN apt-get update && \\\n"
      "    apt-get install -y curl\nCOPY --from=build --chown=1 /a /b /app/\nUSER 1000\nCMD "
      "[\"a\"]\n";
  EXPECT_EQ(
      places(file,
             {{"/bin/sh -c #(nop) ADD file:1 in / ", true},
              {"/bin/sh -c #(nop)  CMD [\"bash\"]", false},
              {"ENV A=1", false},
              {"RUN /bin/sh -c apt-get update &&     apt-get install -y curl # buildkit", true},
              {"COPY --chown=1 /a /b /app/ # buildkit", true},
              {"USER 1000", false},
              {"CMD [\"a\"]", false}}),
      "3 5 7 ");
  EXPECT_EQ(places(file, {{"/bin/sh -c #(nop) ADD file:1 in / ", true},
                          {"/bin/sh -c apt-get update &&     apt-get install -y curl", true},
                          {"/bin/sh -c #(nop) COPY multi:12 in /app/ ", true}}),
            "3 5 7 ");
}

TEST(LayerLines, EachInstructionIsFoundOnce) {
  EXPECT_EQ(places("FROM a\nRUN x\nRUN y\nRUN x\n",
                   {{"RUN x", true}, {"RUN x", true}, {"RUN y", true}, {"RUN x", true}}),
            "1 2 3 4 ");
}

TEST(LayerLines, WhileAnInstructionIsNotFoundNoLayerIsSurelyTheBases) {
  EXPECT_EQ(places("FROM a\nRUN q\nRUN x\n",
                   {{"ADD file:1 in /", true}, {"RUN other", true}, {"RUN x", true}}),
            "- - 3 ");
}

TEST(LayerLines, AnotherFileTellsNothing) {
  EXPECT_EQ(places("FROM a\nRUN z\n", {{"RUN x", true}, {"RUN y", true}}), "- - ");
  EXPECT_EQ(places("", {{"RUN x", true}}), "- ");
}

}  // namespace
}  // namespace plimsoll::scan
