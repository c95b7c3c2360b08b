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

TEST(ProgressText, TellsBytesAndLayers) {
  image::Progress progress;
  progress.bytes_done = 1'500'000;
  EXPECT_EQ(progress_text(progress), "reading 1.5 MB");
  progress.bytes = 40'000'000;
  progress.layers = 9;
  progress.layers_done = 2;
  EXPECT_EQ(progress_text(progress), "reading 1.5 MB of 40 MB, 2 of 9 layers done");
}

}  // namespace
}  // namespace plimsoll::cli
