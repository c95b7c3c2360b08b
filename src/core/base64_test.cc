#include "core/base64.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

struct Case {
  std::string_view text;
  std::optional<std::string> bytes;
};

TEST(Base64, Decodes) {
  const Case cases[] = {
      {"", ""},
      {"Zg==", "f"},
      {"Zm8=", "fo"},
      {"Zm9v", "foo"},
      {"Zm9vYmFy", "foobar"},
      {"Zm9v\n YmFy\n", "foobar"},
      {"/+8=", "\xff\xef"},
      {"Zg", std::nullopt},
      {"Z===", std::nullopt},
      {"Zg==Zg==", std::nullopt},
      {"not base64!", std::nullopt},
  };
  for (const Case& one : cases) EXPECT_EQ(decode_base64(one.text), one.bytes) << one.text;
}

TEST(Base64, EncodesWhatDecodes) {
  EXPECT_EQ(encode_base64(""), "");
  EXPECT_EQ(encode_base64("f"), "Zg==");
  EXPECT_EQ(encode_base64("fo"), "Zm8=");
  EXPECT_EQ(encode_base64("foo"), "Zm9v");
  EXPECT_EQ(encode_base64("\xff\xef"), "/+8=");
}

}  // namespace
}  // namespace plimsoll
