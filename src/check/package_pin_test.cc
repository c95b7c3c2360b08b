#include "check/package_pin.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

/// Every package of the line says its version.
bool all_pinned(std::string_view line) {
  const shell::Script script = shell::parse(line);
  const PackageCommand package = read_package_command(script.commands.front());
  if (!package || !chooses_versions(package)) return true;
  Operands operands = package.operands;
  while (const shell::Word* word = operands.next()) {
    if (!is_pinned(package, word->value)) return false;
  }
  return true;
}

class PinnedTest : public testing::TestWithParam<std::string_view> {};
TEST_P(PinnedTest, SaysTheVersion) {
  EXPECT_TRUE(all_pinned(GetParam())) << GetParam();
}
INSTANTIATE_TEST_SUITE_P(
    Lines, PinnedTest,
    testing::Values("apt-get install a=1 ./b.deb c/stable d-", "apk add 'a<2' b~1 c.apk !d",
                    "yum install openssl-1:1.1.1k gcc-c++-1.1.1 rpm-sign-4.16.1.3",
                    "dnf install @group 'a >= 2' https://h/a.rpm /a.rpm", "dnf group install a",
                    "dnf module install a:1", "dnf upgrade a", "zypper in a=1 'b>=2' c-1-1.rpm",
                    "zypper in -t pattern a", "pip install a==1 b~=1 ./c d.whl e/f",
                    "pip install 'a @ https://h/a.zip'", "pip install -r a b", "pip install -c a b",
                    "pip install git+https://u@h/r.git@v1#egg=r", "npm install @a/b@1 c@2",
                    "npm install ./a a.tgz git://h/r#v1 ~/f user/repository", "npm ci",
                    "gem install a:1 b.gem", "gem install a --version 1", "gem i a -v1",
                    "go install h.x/a@v1", "go install ./... a/b cmd/x", "go run main.go x"));

class UnpinnedTest : public testing::TestWithParam<std::string_view> {};
TEST_P(UnpinnedTest, LeavesTheVersionOpen) {
  EXPECT_FALSE(all_pinned(GetParam())) << GetParam();
}
INSTANTIATE_TEST_SUITE_P(
    Lines, UnpinnedTest,
    testing::Values("apt-get install a", "apk add a b=1", "yum install java-11-openjdk",
                    "dnf install rpm-sign", "dnf module install a", "zypper install a",
                    "pip install a", "pip install 'a[b]'", "pip install git+https://u@h/r.git",
                    "pipx install a", "npm install a", "npm install @a/b", "npm i a@latest",
                    "npm install git+https://u@h/r.git", "yarn global add a", "gem install a",
                    "go install h.x/a", "go install h.x/a@latest", "go get -tool a"));

}  // namespace
}  // namespace plimsoll::check
