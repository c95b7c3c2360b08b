#include "parse/trivy_ignore.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(TrivyIgnoreLines, AreIdsWithExpiryAndTheCommentAbove) {
  const SourceFile source(".trivyignore",
                          "# why\r\nCVE-1\r\n  CVE-2\texp:2027-01-01 more\n\nCVE-3 exp\n");
  const auto lines = read_trivy_ignore_lines(source);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].id, "CVE-1");
  EXPECT_EQ(lines[0].reason, "why");
  EXPECT_EQ(lines[1].id, "CVE-2");
  EXPECT_EQ(lines[1].expiry, "2027-01-01");
  EXPECT_EQ(lines[1].reason, "why");
  EXPECT_EQ(lines[2].reason, "");
  EXPECT_EQ(lines[2].expiry, "");
  EXPECT_EQ(lines[2].rest, " exp");
}

}  // namespace
}  // namespace plimsoll
