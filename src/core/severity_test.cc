#include "core/severity.h"

#include <gtest/gtest.h>

#include <optional>

namespace plimsoll {
namespace {

TEST(Severity, ReadsWhatItWrites) {
  for (const Severity severity :
       {Severity::kInfo, Severity::kLow, Severity::kMedium, Severity::kHigh, Severity::kCritical}) {
    EXPECT_EQ(parse_severity(to_string(severity)), severity);
  }
  EXPECT_EQ(parse_severity("HIGH"), Severity::kHigh);
  EXPECT_EQ(parse_severity("hig"), std::nullopt);
  EXPECT_EQ(parse_severity(""), std::nullopt);
}

}  // namespace
}  // namespace plimsoll
