#include "secret/secret_scan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "secret/detector_set.h"

namespace plimsoll::secret {
namespace {

/// Random-looking text made here, so that no scanner stops at this file.
std::string random_text(std::size_t size, std::string_view alphabet, std::uint32_t seed = 7) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    seed = seed * 1664525U + 1013904223U;
    out += alphabet[(seed >> 16U) % alphabet.size()];
  }
  return out;
}
constexpr std::string_view kAlnum =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string github() {
  return "gh" + std::string("p_") + random_text(36, kAlnum);
}

std::string ids(const Outcome& outcome) {
  std::string out;
  for (const Hit& hit : outcome.hits) out += (out.empty() ? "" : " ") + std::string(hit.detector);
  return out;
}

std::string found_in(std::string_view text, std::string_view path = "") {
  return ids(scan_text(builtin_detectors(), path, text));
}

TEST(SecretScan, SaysWhereASecretIs) {
  const std::string token = github();
  const Outcome outcome = scan_text(builtin_detectors(), "", "one\nä = " + token + "\n");
  ASSERT_EQ(outcome.hits.size(), 1U);
  const Hit& hit = outcome.hits.front();
  EXPECT_EQ(hit.detector, "github-pat");
  EXPECT_EQ(hit.family, "GitHub");
  EXPECT_EQ(hit.position, (Position{2, 5}));
  EXPECT_EQ(hit.end_position, (Position{2, 45}));
  EXPECT_EQ(hit.begin, 9U);
  EXPECT_EQ(hit.end, 9U + token.size());
}

TEST(SecretScan, ShowsFourBytesAtMost) {
  const std::string token = github();
  const Outcome outcome = scan_text(builtin_detectors(), "", token);
  ASSERT_EQ(outcome.hits.size(), 1U);
  EXPECT_EQ(outcome.hits.front().shown, token.substr(0, 4) + "…");
  const Outcome login = scan_text(builtin_detectors(), "",
                                  "https://me:"
                                  "hun"
                                  "ter2@db.local/x");
  ASSERT_EQ(login.hits.size(), 1U);
  EXPECT_EQ(login.hits.front().shown, "…") << "a short value says nothing";
}

TEST(SecretScan, TheMoreSpecificDetectorWins) {
  EXPECT_EQ(found_in("api_token = \"" + github() + "\""), "github-pat");
}

TEST(SecretScan, PlaceholdersAreNoSecrets) {
  const std::string prefix = "gh" + std::string("p_");
  EXPECT_EQ(found_in(prefix + std::string(36, 'x')), "");
  EXPECT_EQ(found_in("api_key = \"${API_KEY_2_OF_9f8e7d}\""), "");
  EXPECT_EQ(found_in("AKIA" + std::string("IOSFODNN7EXAMPLE")), "");
  EXPECT_EQ(found_in("https://user:password@host/"), "");
}

TEST(SecretScan, AValueThatCallsItselfATestIsNoSecretByItsNameAlone) {
  const std::string tail = random_text(24, kHex);
  EXPECT_EQ(found_in("token = \"acme_live_" + tail + '"'), "generic-key");
  EXPECT_EQ(found_in("token = \"acme_test_" + tail + '"'), "");
  EXPECT_EQ(found_in("token = \"dummy-" + tail + '"'), "");
  EXPECT_EQ(found_in("token = \"acme_TEST." + tail + '"'), "");
  EXPECT_EQ(found_in("token = \"contest_" + tail + '"'), "generic-key") << "a part of a word";
  EXPECT_EQ(found_in("token = \"sk_" + std::string("test_") + random_text(24, kAlnum) + '"'),
            "stripe-secret-key")
      << "where the form is known, keys for tests are told";
}

TEST(SecretScan, ASymbolThatGoesOnBehindItsWordForAKeyIsNoKey) {
  EXPECT_EQ(found_in("SecretKeyGenTraits" + random_text(31, kAlnum) + '\n'), "");
  EXPECT_EQ(found_in("SecretKey " + random_text(40, kAlnum) + '\n'), "aws-secret-access-key");
  EXPECT_EQ(found_in("secret_key=" + random_text(40, kAlnum) + '\n'), "aws-secret-access-key");
}

TEST(SecretScan, AnAlgorithmIsNoSecret) {
  EXPECT_EQ(found_in("keystore.pkcs12.keyProtectionAlgorithm = PBEWithHmacSHA256AndAES_256"), "");
}

TEST(SecretScan, AKeyOfOneLineIsAKey) {
  const std::string body = random_text(200, kBase64);
  const std::string begin = std::string("-----BEGIN RSA PRIV") + "ATE KEY-----";
  const std::string end = std::string("-----END RSA PRIV") + "ATE KEY-----";
  EXPECT_EQ(found_in(begin + "\n" + body + "\n" + end), "private-key");
  EXPECT_EQ(found_in("{\"key\": \"" + begin + "\\n" + body + "\\n" + end + "\\n\"}"),
            "private-key");
  EXPECT_EQ(found_in(begin + "\n...\n" + end), "");
  EXPECT_EQ(found_in("grep -e \"" + begin + "\" file"), "");
}

TEST(SecretScan, DetectorsOfSomeFilesLeaveOthersAlone) {
  const std::string text = "password = \"" + std::string("rootpass") + "wd\"";
  EXPECT_EQ(found_in(text, "main.tf"), "terraform-password");
  EXPECT_EQ(found_in(text, "main.py"), "");
}

TEST(SecretScan, AManifestsValuesAreSecrets) {
  const std::string value = random_text(40, kAlnum);
  const std::string text =
      "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  one: " + value + "\n";
  EXPECT_EQ(found_in(text, "a.yaml"), "kubernetes-secret");
  std::string map = text;
  map.replace(map.find("Secret"), 6, "ConfigMap");
  EXPECT_EQ(found_in(map, "a.yaml"), "");
}

struct Case {
  std::string_view name;
  std::string text;
  std::string_view want;
};

class FamilyTest : public testing::TestWithParam<Case> {};

TEST_P(FamilyTest, IsFound) {
  EXPECT_EQ(found_in(GetParam().text), GetParam().want);
}

std::string named(std::string_view name, std::string value) {
  return std::string(name) + "=\"" + std::move(value) + "\"";
}

INSTANTIATE_TEST_SUITE_P(
    Families, FamilyTest,
    testing::Values(Case{"aws",
                         "AK"
                         "IA" +
                             random_text(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
                         "aws-access-key-id"},
                    Case{"aws_secret", named("AWS_SECRET_ACCESS_KEY", random_text(40, kBase64)),
                         "aws-secret-access-key"},
                    Case{"azure", "AccountKey=" + random_text(86, kBase64) + "==",
                         "azure-storage-account-key"},
                    Case{"google",
                         "AI"
                         "za" +
                             random_text(35, kAlnum),
                         "google-api-key"},
                    Case{"digitalocean",
                         "dop_"
                         "v1_" +
                             random_text(64, kHex),
                         "digitalocean-token"},
                    Case{"gitlab",
                         "glp"
                         "at-" +
                             random_text(20, kAlnum),
                         "gitlab-pat"},
                    Case{"npm",
                         "np"
                         "m_" +
                             random_text(36, kAlnum),
                         "npm-token"},
                    Case{"slack",
                         "xo"
                         "xb-" +
                             random_text(12, "123456789") + "-" + random_text(12, "123456789") +
                             "-" + random_text(24, kAlnum),
                         "slack-bot-token"},
                    Case{"discord",
                         "M" + random_text(23, kAlnum) + "." + random_text(6, kAlnum) + "." +
                             random_text(27, kAlnum),
                         "discord-bot-token"},
                    Case{"telegram", random_text(10, "123456789") + ":A" + random_text(34, kAlnum),
                         "telegram-bot-token"},
                    Case{"anthropic",
                         "sk-ant-"
                         "api03-" +
                             random_text(93, kAlnum) + "AA",
                         "anthropic-api-key"},
                    Case{"stripe",
                         "sk_"
                         "live_" +
                             random_text(24, kAlnum),
                         "stripe-secret-key"},
                    Case{"datadog", named("DATADOG_API", random_text(40, "abcdefghijkl0123456789")),
                         "datadog-token"},
                    Case{"sendgrid",
                         "S"
                         "G." +
                             random_text(22, kAlnum) + "." + random_text(43, kAlnum),
                         "sendgrid-key"},
                    Case{"planetscale",
                         "pscale_"
                         "tkn_" +
                             random_text(43, kAlnum),
                         "planetscale-token"},
                    Case{"typeform",
                         "tf"
                         "p_" +
                             random_text(59, kAlnum),
                         "typeform-token"},
                    Case{"twitter", named("twitter_key", random_text(25, "abcdefghijkl0123456789")),
                         "twitter-api-key"},
                    Case{"generic", named("my_token", random_text(32, kAlnum)), "generic-key"},
                    Case{"curl", "curl -u admin:" + random_text(12, kAlnum) + " https://host",
                         "curl-auth-user"}),
    [](const auto& each) { return std::string(each.param.name); });

/// Cut everywhere, and at the places that the implementation's own pieces have.
TEST(SecretScan, PiecesDoNotMatter) {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    text += random_text(20'000 + static_cast<std::size_t>(i), "abc def\n .,") + ' ' + github() +
            "\npassword: \"" + random_text(24, kAlnum, static_cast<std::uint32_t>(i)) + "\"\n";
  }
  const Outcome whole = scan_text(builtin_detectors(), "", text);
  EXPECT_GE(whole.hits.size(), 70U);
  for (const std::size_t size : {1U, 7U, 4096U, 65'537U, 262'144U, 280'000U}) {
    SecretScan scan(builtin_detectors(), "");
    for (std::size_t at = 0; at < text.size(); at += size) {
      scan.feed(std::string_view(text).substr(at, size));
    }
    const Outcome outcome = std::move(scan).finish();
    ASSERT_EQ(outcome.hits.size(), whole.hits.size()) << size;
    for (std::size_t i = 0; i < whole.hits.size(); ++i) {
      EXPECT_EQ(outcome.hits[i].begin, whole.hits[i].begin);
      EXPECT_EQ(outcome.hits[i].position, whole.hits[i].position);
      EXPECT_EQ(outcome.hits[i].detector, whole.hits[i].detector);
    }
  }
}

TEST(SecretScan, AFloodIsCutOffAndSaid) {
  std::string text;
  for (std::uint32_t i = 0; i < 1'500; ++i) {
    text += "gh" + std::string("p_") + random_text(36, kAlnum, i) + '\n';
  }
  const Outcome outcome = scan_text(builtin_detectors(), "", text);
  EXPECT_EQ(outcome.hits.size(), kMostHits);
  EXPECT_TRUE(outcome.flooded);
}

TEST(SecretScan, WhatIsSkippedByNameSaysWhy) {
  const DetectorSet& set = builtin_detectors();
  EXPECT_EQ(why_skipped(set, "web/package-lock.json"), "a lock file");
  EXPECT_NE(why_skipped(set, "logo.PNG"), "");
  EXPECT_NE(why_skipped(set, "src/a_test.go"), "");
  EXPECT_EQ(why_skipped(set, "src/main.go"), "");
  EXPECT_EQ(why_skipped(set, ".env"), "");
}

}  // namespace
}  // namespace plimsoll::secret
