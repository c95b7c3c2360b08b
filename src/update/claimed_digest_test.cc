#include "update/claimed_digest.h"

#include <gtest/gtest.h>

#include "http/sample_server.h"

namespace plimsoll::update {
namespace {

// Of "123456789": its SHA-256 and its CRC-32C, in the spellings of headers.
constexpr const char* kSha256 =
    "sha256:15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";
constexpr const char* kBase64 = "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=";
constexpr const char* kCrc32c = "4waSgw==";

ClaimedDigest claimed_in(const std::string& headers, int status = 200) {
  const http::SampleServer server(
      [&](const std::string&) { return http::SampleServer::answer(status, "123456789", headers); });
  const auto answer = http::open({.url = server.url("/")});
  return answer ? claimed_digest(**answer) : ClaimedDigest();
}

TEST(ClaimedDigest, ReadsReprDigest) {
  const std::string field = "sha-512=:AAAA:, sha-256=:" + std::string(kBase64) + ":\r\n";
  EXPECT_EQ(claimed_in("Repr-Digest: " + field).sha256, kSha256);
  EXPECT_EQ(claimed_in("Content-Digest: " + field).sha256, kSha256);
  EXPECT_EQ(claimed_in("Content-Digest: " + field, 206).sha256, "") << "that is of the part";
}

TEST(ClaimedDigest, ReadsGooglesHeader) {
  const std::string sum = "x-goog-hash: crc32c=" + std::string(kCrc32c);
  EXPECT_EQ(claimed_in(sum + ",md5=AAAA\r\n").crc32c, 0xE3069283U);
  EXPECT_EQ(claimed_in("x-goog-hash: md5=AAAA\r\n" + sum + "\r\n").crc32c, 0xE3069283U);
  EXPECT_EQ(claimed_in(sum + "\r\nx-goog-stored-content-encoding: identity\r\n").crc32c,
            0xE3069283U);
  EXPECT_FALSE(claimed_in(sum + "\r\nx-goog-stored-content-encoding: gzip\r\n").crc32c)
      << "the sum is of the packed bytes";
}

TEST(ClaimedDigest, IsNothingWhereItCannotBeRead) {
  for (const char* header : {"Repr-Digest: sha-256=abc\r\n", "Repr-Digest: sha-256=:AAAA:\r\n",
                             "x-goog-hash: crc32c=AAAAAAAA\r\n", "x-goog-hash: crc32c=?\r\n"}) {
    const ClaimedDigest claimed = claimed_in(header);
    EXPECT_TRUE(claimed.sha256.empty() && !claimed.crc32c) << header;
  }
}

TEST(ClaimedDigest, HoldsOrNot) {
  EXPECT_TRUE(holds({}, "anything"));
  EXPECT_TRUE(holds({.sha256 = kSha256, .crc32c = 0xE3069283U}, "123456789"));
  EXPECT_FALSE(holds({.sha256 = kSha256}, "12345678"));
  EXPECT_FALSE(holds({.crc32c = 1U}, "123456789"));
}

TEST(Sha256Sums, AreReadAsTheToolWritesThem) {
  const std::string digits = std::string(kSha256).substr(7);
  const auto sums =
      parse_sha256_sums(digits + "  ./osv/Red Hat/all.zip\r\n" + digits + " *kev/a.json\n" +
                        digits + "\nshort  b\n" + std::string(64, 'x') + "  c\n");
  ASSERT_EQ(sums.size(), 2U);
  EXPECT_EQ(sums.at("osv/Red Hat/all.zip"), kSha256);
  EXPECT_EQ(sums.at("kev/a.json"), kSha256);
}

}  // namespace
}  // namespace plimsoll::update
