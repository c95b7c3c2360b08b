#include "check/account_command.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll {
namespace {

using Verb = AccountCommand::Verb;

struct Case {
  std::string_view script;
  Verb verb;
  std::string_view user;
  std::string_view groups;
};

class AccountCommandTest : public testing::TestWithParam<Case> {};

TEST_P(AccountCommandTest, KnowsUserAndGroups) {
  const shell::Script script = shell::parse(GetParam().script);
  ASSERT_EQ(script.commands.size(), 1U);
  const auto read = read_account_command(script.commands[0]);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->verb, GetParam().verb);
  EXPECT_EQ(read->user == nullptr ? "" : read->user->value, GetParam().user);
  EXPECT_EQ(read->groups.value, GetParam().groups);
}

INSTANTIATE_TEST_SUITE_P(
    Tools, AccountCommandTest,
    testing::Values(Case{"useradd -m app", Verb::kCreate, "app", ""},
                    Case{"useradd -rms /bin/bash -u 1000 app", Verb::kCreate, "app", ""},
                    Case{"useradd --groups sudo,docker app", Verb::kCreate, "app", "sudo,docker"},
                    Case{"useradd -mGsudo app", Verb::kCreate, "app", "sudo"},
                    Case{"usermod -aG sudo app", Verb::kChange, "app", "sudo"},
                    Case{"usermod --groups=wheel app", Verb::kChange, "app", "wheel"},
                    Case{"adduser -D -h /app -G app app", Verb::kCreate, "app", ""},
                    Case{"adduser --system --group app", Verb::kCreate, "app", ""},
                    Case{"adduser app sudo", Verb::kJoin, "app", "sudo"},
                    Case{"addgroup app wheel", Verb::kJoin, "app", "wheel"},
                    Case{"addgroup -g 1000 app", Verb::kJoin, "", ""},
                    Case{"gpasswd -a app docker", Verb::kJoin, "app", "docker"},
                    Case{"passwd -d root", Verb::kPassword, "root", ""}));

TEST(AccountCommand, TellsWhatPasswdDoes) {
  const auto read = [](std::string_view text) {
    const shell::Script script = shell::parse(text);
    return read_account_command(script.commands.at(0)).value();
  };
  EXPECT_TRUE(read("passwd -d root").deletes_password);
  EXPECT_TRUE(read("passwd root").reads_password);
  EXPECT_TRUE(read("passwd --stdin root").reads_password);
  EXPECT_FALSE(read("passwd -l root").reads_password);
  EXPECT_FALSE(read("passwd -l root").deletes_password);
}

TEST(AccountCommand, FindsThePassword) {
  const shell::Script script = shell::parse("useradd -m -p '$6$abc' app");
  const auto read = read_account_command(script.commands.at(0));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->password.value, "$6$abc");
}

TEST(AccountCommand, IsNothingElse) {
  const shell::Script script = shell::parse("groupadd app");
  EXPECT_FALSE(read_account_command(script.commands.at(0)));
}

}  // namespace
}  // namespace plimsoll
