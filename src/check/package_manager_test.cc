#include "check/package_manager.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::check {
namespace {

/// "scope verb: operand operand", or "-" when no package manager runs.
std::string read(std::string_view line) {
  const shell::Script script = shell::parse(line);
  if (script.commands.empty()) return "-";
  const PackageCommand package = read_package_command(script.commands.front());
  if (!package) return "-";
  std::string text;
  if (!package.scope.empty()) text += std::string(package.scope) + ' ';
  text += std::string(package.verb) + ':';
  Operands operands = package.operands;
  while (const shell::Word* word = operands.next()) text += ' ' + std::string(word->value);
  return text;
}

struct Case {
  std::string_view line, want;
};

class PackageCommandTest : public testing::TestWithParam<Case> {};
TEST_P(PackageCommandTest, ReadsVerbAndOperands) {
  EXPECT_EQ(read(GetParam().line), GetParam().want) << GetParam().line;
}
INSTANTIATE_TEST_SUITE_P(
    Lines, PackageCommandTest,
    testing::Values(Case{"apt-get -y install a b", "install: a b"},
                    Case{"apt-get -o Dpkg::Use-Pty=0 -yt bookworm install a", "install: a"},
                    Case{"sudo /usr/bin/apt-get install a", "install: a"}, Case{"apt-get", ":"},
                    Case{"apt-key add -", "-"}, Case{"apk --no-cache add -Ut .deps a", "add: a"},
                    Case{"apk add --virtual=.deps a", "add: a"},
                    Case{"dnf module install -y a:1", "module install: a:1"},
                    Case{"dnf install --setopt install_weak_deps=0 a", "install: a"},
                    Case{"tdnf install a", "install: a"}, Case{"notdnf install a", "-"},
                    Case{"python3.11 -u -m pip install -r b a", "install: a"},
                    Case{"python3 -m venv pip", "-"}, Case{"pip3.11 install a", "install: a"},
                    Case{"pipenv install a", "-"}, Case{"pip cache purge", "purge:"},
                    Case{"yarn", "install:"}, Case{"yarn --frozen-lockfile", "install:"},
                    Case{"yarn --version", ":"}, Case{"yarn global add a", "global add: a"},
                    Case{"gem install a -- --with-b c", "install: a"},
                    Case{"go get -tool a@v1", "get: a@v1"},
                    Case{"go run -C /x ./a b", "run: ./a b"},
                    Case{"pip install -- -a", "install: -a"}));

TEST(PackageManagerTest, FlagsAreFoundInBundlesAndWithValues) {
  const shell::Script script = shell::parse("dnf -vy install --releasever=9 a -- -C");
  const PackageCommand package = read_package_command(script.commands.front());
  EXPECT_TRUE(package.has_any_flag("-y --assumeyes"));
  EXPECT_TRUE(package.has_any_flag("--releasever"));
  EXPECT_FALSE(package.has_any_flag("-C"));
}

TEST(PackageManagerTest, OptionsMeanYesOrNo) {
  const shell::Script script = shell::parse("apt-get -o APT::Install-Recommends=False install a");
  const PackageCommand package = read_package_command(script.commands.front());
  EXPECT_TRUE(package.has_option("install-recommends", false));
  EXPECT_FALSE(package.has_option("install-recommends", true));
  EXPECT_FALSE(package.has_option("assume-yes", false));
}

TEST(PackageManagerTest, YesAndNoAreSpelledInManyWays) {
  EXPECT_TRUE(means("YES", true));
  EXPECT_TRUE(means("0", false));
  EXPECT_FALSE(means("", true));
  EXPECT_FALSE(means("perhaps", true));
}

}  // namespace
}  // namespace plimsoll::check
