#include "check/download.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

struct DownloadCase {
  std::string_view script, url, output;
  bool to_stdout;
};
class DownloadTest : public testing::TestWithParam<DownloadCase> {};
TEST_P(DownloadTest, ReadsWhereToAndFrom) {
  const shell::Script script = shell::parse(GetParam().script);
  ASSERT_FALSE(script.commands.empty());
  const Download download = read_download(script.commands.front());
  EXPECT_EQ(download.url == nullptr ? "" : download.url->value, GetParam().url);
  EXPECT_EQ(download.output == nullptr ? "" : download.output->value, GetParam().output);
  EXPECT_EQ(download.to_stdout, GetParam().to_stdout);
}
INSTANTIATE_TEST_SUITE_P(
    Programs, DownloadTest,
    testing::Values(
        DownloadCase{"curl https://a.example/b", "https://a.example/b", "", true},
        DownloadCase{"curl -fsSLo f https://a.example/b", "https://a.example/b", "f", false},
        DownloadCase{"curl -LO https://a.example/b", "https://a.example/b", "", false},
        DownloadCase{"curl -o- https://a.example/b", "https://a.example/b", "", true},
        DownloadCase{"curl -H 'A: b' https://a.example", "https://a.example", "", true},
        DownloadCase{"wget https://a.example/b", "https://a.example/b", "", false},
        DownloadCase{"wget -qO- https://a.example/b", "https://a.example/b", "", true},
        DownloadCase{"wget -O f https://a.example/b", "https://a.example/b", "f", false}));

struct BoolCase {
  std::string_view in;
  bool want;
};
class StandardInputTest : public testing::TestWithParam<BoolCase> {};
TEST_P(StandardInputTest, IsTheProgramUnlessAnotherIsNamed) {
  const shell::Script script = shell::parse(GetParam().in);
  ASSERT_FALSE(script.commands.empty());
  EXPECT_EQ(runs_standard_input(script.commands.front()), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Interpreters, StandardInputTest,
    testing::Values(BoolCase{"bash", true}, BoolCase{"bash -ex", true},
                    BoolCase{"sh -s -- a", true}, BoolCase{"bash /dev/stdin a", true},
                    BoolCase{"bash -o pipefail", true}, BoolCase{"bash a.sh", false},
                    BoolCase{"sh -c id", false}, BoolCase{"python3 -", true},
                    BoolCase{"python -m json.tool", false}, BoolCase{"perl -pe s/a/b/", false},
                    BoolCase{"perl - App", true}, BoolCase{"php -- --quiet", true},
                    BoolCase{"php -r 1", false}, BoolCase{"node -e 1", false},
                    BoolCase{"tar xz", false}));

TEST(HostOf, LeavesOutUserPortAndPath) {
  EXPECT_EQ(host_of("https://u:p@a.example:8443/b?c"), "a.example");
  EXPECT_EQ(host_of("http://[::1]:80/"), "[::1]");
  EXPECT_EQ(host_of("https://$HOST/a"), "");
  EXPECT_EQ(host_of("a.example"), "");
}

TEST(CurlSwitch, EndsWhereAValueBegins) {
  EXPECT_TRUE(is_curl_switch("-k", 'k'));
  EXPECT_TRUE(is_curl_switch("-sSkLo", 'k'));
  EXPECT_FALSE(is_curl_switch("-ukate", 'k'));
  EXPECT_FALSE(is_curl_switch("--keepalive", 'k'));
  EXPECT_FALSE(is_curl_switch("k", 'k'));
}

TEST(Verification, IsAChecksumOrASignature) {
  EXPECT_TRUE(has_verification(shell::parse("a && echo x | sha256sum -c -")));
  EXPECT_TRUE(has_verification(shell::parse("gpg --batch --verify a.asc a")));
  EXPECT_FALSE(has_verification(shell::parse("gpg --dearmor -o k")));
}

}  // namespace
}  // namespace plimsoll::check
