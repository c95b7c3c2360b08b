#include "core/result.h"

#include <gtest/gtest.h>

#include <utility>

namespace plimsoll {
namespace {

TEST(Error, SaysPlaceMessageAndContexts) {
  Error error{.code = ErrorCode::kInvalid, .message = "no key", .path = "a.yaml"};
  EXPECT_EQ(error.to_line(), "a.yaml: no key");
  error.position = {2, 3};
  error.has_position = true;
  EXPECT_EQ(std::move(error).in("reading x").in("auditing y").to_line(),
            "a.yaml:2:3: no key (while reading x) (while auditing y)");
  EXPECT_EQ((Error{.message = "no"}).to_line(), "no");
}

}  // namespace
}  // namespace plimsoll
