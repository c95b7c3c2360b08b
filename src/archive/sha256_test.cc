#include "archive/sha256.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

namespace plimsoll::archive {
namespace {

std::string noise(std::size_t size, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

// FIPS 180-4's own examples.
TEST(Sha256, KnownSums) {
  EXPECT_EQ(sha256_of(""),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of("abc"),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, TwoBesideEachOtherAreAsEachAlone) {
  std::mt19937 random(7);
  const std::string first = noise(40'000, 1);
  const std::string second = noise(30'000, 2);
  for (int round = 0; round < 200; ++round) {
    Sha256 one;
    Sha256 other;
    std::string_view left = first;
    std::string_view beside = second;
    while (!left.empty()) {
      const std::string_view piece = left.substr(0, random() % 3000);
      const std::string_view waiting = beside.substr(0, random() % 3000);
      const std::size_t taken = one.add_beside(piece, other, waiting);
      ASSERT_LE(taken, waiting.size());
      left.remove_prefix(piece.size());
      beside.remove_prefix(taken);
    }
    other.add(beside);
    ASSERT_EQ(one.digest(), sha256_of(first));
    ASSERT_EQ(other.digest(), sha256_of(second));
  }
}

}  // namespace
}  // namespace plimsoll::archive
