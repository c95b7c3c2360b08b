#include "cli/progress.h"

#include <gtest/gtest.h>

namespace plimsoll::cli {
namespace {

TEST(ProgressText, FollowsTheWork) {
  scan::Progress progress;
  EXPECT_EQ(progress_text(progress), "looking for files");
  progress.files = 40;
  progress.read = 12;
  EXPECT_EQ(progress_text(progress), "reading 12 of 40 files");
  progress.subjects = 7;
  progress.judged = 3;
  EXPECT_EQ(progress_text(progress), "judging 3 of 7 subjects");
}

}  // namespace
}  // namespace plimsoll::cli
