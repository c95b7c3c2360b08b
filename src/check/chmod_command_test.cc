#include "check/chmod_command.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(FileMode, IsWorldWritable) {
  for (const std::string_view mode : {"777", "0777", "666", "a+rwx", "o+w", "ugo+rw", "u=rw,o=w"}) {
    EXPECT_TRUE(read_mode(mode).world_writable) << mode;
  }
}

TEST(FileMode, IsNotWorldWritable) {
  for (const std::string_view mode : {"755", "1777", "775", "0770", "+w", "u+w", "a+rx", "a+rwxt",
                                      "o-w", "a+r-w", "", "--reference=x", "789"}) {
    EXPECT_FALSE(read_mode(mode).world_writable) << mode;
  }
}

TEST(FileMode, HasSetuid) {
  for (const std::string_view mode : {"4755", "04755", "6755", "u+s", "+s", "ug+s", "a+s"}) {
    EXPECT_TRUE(read_mode(mode).setuid) << mode;
  }
  for (const std::string_view mode : {"755", "2755", "g+s", "u-s", "a-s", "-s"}) {
    EXPECT_FALSE(read_mode(mode).setuid) << mode;
  }
}

TEST(ModeWord, IsFoundInEachCommand) {
  const auto mode_of = [](std::string_view text) {
    const shell::Script script = shell::parse(text);
    std::string_view mode;
    const bool found = mode_word(script.commands.at(0), mode) != nullptr;
    return found ? std::string(mode) : std::string("none");
  };
  EXPECT_EQ(mode_of("chmod -R 777 /x"), "777");
  EXPECT_EQ(mode_of("mkdir -p -m 0777 /x"), "0777");
  EXPECT_EQ(mode_of("mkdir -pm777 /x"), "777");
  EXPECT_EQ(mode_of("install -m 4755 a /b"), "4755");
  EXPECT_EQ(mode_of("install --mode=755 a /b"), "755");
  EXPECT_EQ(mode_of("mkdir -p /x"), "none");
  EXPECT_EQ(mode_of("chown 777 x"), "none");
}

}  // namespace
}  // namespace plimsoll
