#include "image/bounded_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace plimsoll::image {
namespace {

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

TEST(BoundedJson, IsReadAsDeepAsImagesAre) {
  EXPECT_TRUE(parse_bounded_json(nested(64)));
  EXPECT_EQ(parse_bounded_json(R"({"a": "\"[[["})").value()["a"], "\"[[[");
  // Many that lie beside each other are not deep.
  std::string wide = "[";
  for (int i = 0; i < 1000; ++i) wide += "[],{},";
  EXPECT_TRUE(parse_bounded_json(wide + "1]"));
}

TEST(BoundedJson, DeeperIsALimit) {
  EXPECT_EQ(parse_bounded_json(nested(65)).error().code, ErrorCode::kLimit);
  EXPECT_EQ(parse_bounded_json(nested(2'000'000)).error().code, ErrorCode::kLimit);
}

TEST(BoundedJson, OtherTextIsNone) {
  for (const char* text : {"", "{", "[1,]", "{} {}", "\"", "nul"}) {
    EXPECT_EQ(parse_bounded_json(text).error().code, ErrorCode::kInvalid) << text;
  }
}

}  // namespace
}  // namespace plimsoll::image
