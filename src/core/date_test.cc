#include "core/date.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace plimsoll {
namespace {

TEST(DateTest, ReadsAndWritesIsoDates) {
  const auto date = parse_date("2024-02-29");
  ASSERT_TRUE(date);
  EXPECT_EQ(*date, (Date{2024, 2, 29}));
  EXPECT_EQ(to_string(*date), "2024-02-29");
  EXPECT_EQ(to_string(Date{987, 1, 2}), "0987-01-02");
}

TEST(DateTest, RefusesWhatIsNoDay) {
  for (const std::string_view text : {"", "2023-02-29", "2023-13-01", "2023-00-10", "2023-01-00",
                                      "2023-1-01", "2023/01/01", "20a3-01-01", "2023-01-011"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(DateTest, OrdersByYearThenMonthThenDay) {
  EXPECT_LT((Date{2023, 12, 31}), (Date{2024, 1, 1}));
  EXPECT_LT((Date{2024, 1, 31}), (Date{2024, 2, 1}));
  EXPECT_LT((Date{2024, 2, 1}), (Date{2024, 2, 2}));
}

TEST(DateTest, CountsDays) {
  EXPECT_EQ(days_between({2024, 2, 28}, {2024, 3, 1}), 2);
  EXPECT_EQ(days_between({2023, 12, 31}, {2024, 1, 1}), 1);
  EXPECT_EQ(days_between({2024, 1, 1}, {2024, 1, 1}), 0);
  EXPECT_EQ(days_between({2024, 1, 2}, {2024, 1, 1}), -1);
}

class TodayTest : public testing::Test {
 protected:
  void TearDown() override { unsetenv("SOURCE_DATE_EPOCH"); }
};

TEST_F(TodayTest, IsTheDayOfSourceDateEpoch) {
  setenv("SOURCE_DATE_EPOCH", "86399", 1);
  EXPECT_EQ(today(), (Date{1970, 1, 1}));
  setenv("SOURCE_DATE_EPOCH", "1709164800", 1);
  EXPECT_EQ(today(), (Date{2024, 2, 29}));
}

TEST_F(TodayTest, IsTheClockWhenTheVariableIsNoNumber) {
  for (const char* text : {"", "-1", "tomorrow", "99999999999999999999", "999999999999999"}) {
    setenv("SOURCE_DATE_EPOCH", text, 1);
    EXPECT_GT(today(), (Date{2024, 1, 1})) << text;
    EXPECT_LT(today(), (Date{2200, 1, 1})) << text;
  }
}

TEST(Date, ATimeIsToldInUtcWithoutItsFraction) {
  struct Case {
    const char *text, *want;
  };
  for (const Case& each :
       {Case{"2026-02-28T12:00:01Z", "2026-02-28T12:00:01Z"},
        Case{"2026-02-28T23:30:00.123456789-02:00", "2026-03-01T01:30:00Z"},
        Case{"2026-03-01t00:30:00+01:00", "2026-02-28T23:30:00Z"},
        Case{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"}, Case{"2026-02-28T12:00:01", ""},
        Case{"2026-02-30T12:00:01Z", ""}, Case{"2026-02-28T12:00:01.", ""},
        Case{"9999-12-31T23:59:59-01:00", ""}, Case{"2026-02-28", ""}, Case{"", ""}}) {
    EXPECT_EQ(utc_date_time(each.text), each.want) << each.text;
  }
}

}  // namespace
}  // namespace plimsoll
