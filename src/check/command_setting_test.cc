#include "check/command_setting.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

struct SaysCase {
  std::string_view text, name;
  bool value, want;
};
class SaysSettingTest : public testing::TestWithParam<SaysCase> {};
TEST_P(SaysSettingTest, ReadsConfigurationLines) {
  EXPECT_EQ(says_setting(GetParam().text, GetParam().name, GetParam().value), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Lines, SaysSettingTest,
    testing::Values(SaysCase{"gpgcheck=0", "gpgcheck", false, true},
                    SaysCase{"[a]\\nGPGCheck = No\\n", "gpgcheck", false, false},
                    SaysCase{"[a]\nGPGCheck = No\n", "gpgcheck", false, true},
                    SaysCase{"A::Verify-Peer \"false\";", "verify-peer", false, true},
                    SaysCase{"repo_gpgcheck=0", "gpgcheck", false, false},
                    SaysCase{"gpgcheck=1 gpgcheck=0", "gpgcheck", false, true},
                    SaysCase{"gpgcheck=1", "gpgcheck", false, false},
                    SaysCase{"gpgcheck", "gpgcheck", false, false}));

TEST(FindSetting, TakesTheEndOfAnOption) {
  const shell::Script script =
      shell::parse("yum --setopt=\\*.sslverify=No -oA::B::sslverify=1 nosslverify=0");
  const shell::Word* off = find_setting(script.commands.front(), "sslverify", false);
  ASSERT_NE(off, nullptr);
  EXPECT_EQ(off->value, "--setopt=*.sslverify=No");
  const shell::Word* on = find_setting(script.commands.front(), "sslverify", true);
  ASSERT_NE(on, nullptr);
  EXPECT_EQ(on->value, "-oA::B::sslverify=1");
}

TEST(WrittenText, OfSedIsWhatComesAfter) {
  const shell::Script script = shell::parse("sed -i s/a=0/a=1/ f; echo a=2; echo a=3 > f");
  std::string all;
  for (const shell::Command& command : script.commands) {
    for_each_written_text(command, [&](const shell::Word&, std::string_view text) { all += text; });
  }
  EXPECT_EQ(all, "a=1/a=3");
}

}  // namespace
}  // namespace plimsoll::check
