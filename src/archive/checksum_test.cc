#include "archive/checksum.h"

#include <gtest/gtest.h>

namespace plimsoll::archive {
namespace {

// The check values of the catalogue of CRCs: the sums of "123456789".
TEST(Checksum, IsWhatOthersCompute) {
  EXPECT_EQ(crc32_of("123456789"), 0xCBF43926U);
  EXPECT_EQ(crc32c_of("123456789"), 0xE3069283U);
  EXPECT_EQ(crc32c_of(""), 0U);
}

TEST(Checksum, GoesOnWhereItWas) {
  EXPECT_EQ(crc32_of("6789", crc32_of("12345")), 0xCBF43926U);
  EXPECT_EQ(crc32c_of("6789", crc32c_of("12345")), 0xE3069283U);
}

}  // namespace
}  // namespace plimsoll::archive
