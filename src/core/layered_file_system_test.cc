#include "core/layered_file_system.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

class Layered : public testing::Test {
 protected:
  Layered() {
    below_.add("a/one", "old");
    below_.add("a/two", "two");
    top_.add("a/one", "new");
    top_.add("a/three", "three");
    top_.add("b/four", "four");
  }
  MemoryFileSystem top_;
  MemoryFileSystem below_;
  LayeredFileSystem files_{top_, below_};
};

TEST_F(Layered, TheUpperFileHidesTheLower) {
  EXPECT_EQ(*files_.read("a/one", 100), "new");
  EXPECT_EQ(*files_.read("a/two", 100), "two");
  EXPECT_EQ(*files_.read("b/four", 100), "four");
  EXPECT_FALSE(files_.read("a/five", 100));
}

TEST_F(Layered, AFolderHoldsTheFilesOfBoth) {
  std::vector<std::string> names;
  const auto entries = files_.list("a");
  for (const DirectoryEntry& entry : *entries) names.push_back(entry.name);
  EXPECT_EQ(names, (std::vector<std::string>{"one", "three", "two"}));
  EXPECT_EQ(files_.list("b")->size(), 1U);
}

TEST_F(Layered, KindsAreOfWhatIsThere) {
  EXPECT_EQ(*files_.kind("a/three", false), EntryKind::kFile);
  EXPECT_EQ(*files_.kind("b", false), EntryKind::kFolder);
  EXPECT_FALSE(files_.kind("c", false));
}

}  // namespace
}  // namespace plimsoll
