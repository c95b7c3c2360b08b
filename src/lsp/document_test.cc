#include "lsp/document.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace plimsoll::lsp {
namespace {

Json change(Position start, Position end, std::string text) {
  return {{"range", to_json(Range{start, end})}, {"text", std::move(text)}};
}

TEST(Changes, ApplyInOrder) {
  std::string text = "FROM a\nRUN b\n";
  const Json changes = Json::array({change({0, 5}, {0, 6}, "\xF0\x9F\x98\x80"),
                                    change({0, 7}, {0, 7}, "!"), change({1, 0}, {2, 0}, "")});
  ASSERT_TRUE(apply_changes(changes, Encoding::kUtf16, text));
  EXPECT_EQ(text, "FROM \xF0\x9F\x98\x80!\n");
}

TEST(Changes, WithoutRangeIsTheWholeText) {
  std::string text = "old";
  ASSERT_TRUE(apply_changes(Json::array({{{"text", "new"}}}), Encoding::kUtf16, text));
  EXPECT_EQ(text, "new");
}

TEST(Changes, AreClampedToTheTextAndNeverRunBackwards) {
  std::string text = "ab\n";
  ASSERT_TRUE(apply_changes(Json::array({change({5, 5}, {9, 9}, "z"), change({0, 2}, {0, 1}, "y")}),
                            Encoding::kUtf16, text));
  EXPECT_EQ(text, "aby\nz");
}

TEST(Changes, ThatAreNoneAreRefused) {
  std::string text = "x";
  for (const char* bad :
       {"null", "{}", "[1]", "[{}]", R"([{"text": 1}])", R"([{"text": "", "range": null}])",
        R"([{"text": "", "range": {"start": {"line": -1, "character": 0}}}])"}) {
    const auto applied = apply_changes(Json::parse(bad), Encoding::kUtf16, text);
    ASSERT_FALSE(applied) << bad;
    EXPECT_EQ(applied.error().code, ErrorCode::kInvalid) << bad;
  }
}

TEST(Changes, AreBounded) {
  std::string text;
  const std::string large(limits::kDocumentBytes + 1, 'x');
  EXPECT_EQ(apply_changes(Json::array({{{"text", large}}}), Encoding::kUtf16, text).error().code,
            ErrorCode::kTooLarge);
  text = std::string(limits::kDocumentBytes / 2, 'x');
  const Json many(1000, change({0, 0}, {0, 0}, ""));
  EXPECT_EQ(apply_changes(many, Encoding::kUtf16, text).error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace plimsoll::lsp
