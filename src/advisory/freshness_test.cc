#include "advisory/freshness.h"

#include <gtest/gtest.h>

namespace plimsoll::advisory {
namespace {

TEST(NewestAdvisory, IsOfWhatWasAskedElseOfAll) {
  const DatabaseStatus status{.made = "2026-11-22",
                              .sources = {},
                              .coverage = {{"Debian:11", 10, "2023-03-29"},
                                           {"npm", 10, "2026-08-01"},
                                           {"Ubuntu:22.04", 3, "2024-01-01"},
                                           {"Ubuntu:Pro:22.04", 3, "2024-02-01"}}};
  EXPECT_EQ(newest_advisory(status, {"Debian:11"}), "2023-03-29");
  EXPECT_EQ(newest_advisory(status, {"Ubuntu:22.04", "Ubuntu:Pro:22.04"}), "2024-02-01");
  EXPECT_EQ(newest_advisory(status, {"Alpine:v3.20"}), "2026-08-01");
  EXPECT_EQ(newest_advisory(status, {}), "2026-08-01");
  EXPECT_EQ(newest_advisory({}, {}), "");
}

}  // namespace
}  // namespace plimsoll::advisory
