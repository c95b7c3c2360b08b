#include "archive/inflater.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

#include "archive/sample_deflate.h"

namespace plimsoll::archive {
namespace {

struct Outcome {
  std::string text;
  bool ended = false;
  bool broken = false;
  std::size_t rest = 0;  ///< bytes behind the end
};

/// Given in pieces of `piece` bytes.
Outcome inflated(std::string_view bytes, std::size_t piece = SIZE_MAX) {
  Inflater inflater;
  Outcome outcome;
  while (!bytes.empty() && !outcome.ended && !outcome.broken) {
    const auto step = inflater.step(bytes.substr(0, piece));
    outcome.broken = !step.has_value();
    if (step) bytes.remove_prefix(step->taken);
    outcome.ended = step && step->ended;
    outcome.text += inflater.piece();
    inflater.drop();
  }
  outcome.rest = bytes.size();
  return outcome;
}

void expect_unpacked(const SampleDeflate& sample, std::size_t piece) {
  const Outcome outcome = inflated(sample.bytes + "next", piece);
  EXPECT_TRUE(outcome.ended) << piece;
  EXPECT_EQ(outcome.rest, 4U) << piece;
  EXPECT_TRUE(outcome.text == sample.unpacked) << piece;
}

constexpr std::size_t kPieces[] = {1, 2, 3, 7, 16, 23, 24, 25, 26, 63, 1000, SIZE_MAX};

/// Codes of 1 to 15 bits: one of each length but two of the longest.
SampleDeflate::Lengths long_codes(std::size_t symbols, const std::vector<std::size_t>& used) {
  SampleDeflate::Lengths lengths(symbols, 0);
  std::uint8_t length = 1;
  for (const std::size_t symbol : used) {
    lengths[symbol] = std::min<std::uint8_t>(length++, kLongestCode);
  }
  return lengths;
}

/// Leaves of a tree that grows anywhere: all codes that are complete can come out.
SampleDeflate::Lengths random_code(std::mt19937& random, std::size_t symbols, std::size_t used) {
  std::vector<std::uint8_t> leaves{1, 1};
  while (leaves.size() < used) {
    std::uint8_t& leaf = leaves[random() % leaves.size()];
    if (leaf == kLongestCode) continue;
    leaves.push_back(++leaf);
  }
  leaves.resize(symbols, 0);
  std::shuffle(leaves.begin(), leaves.end(), random);
  return leaves;
}

TEST(Inflater, StoredBlocksAreCopied) {
  SampleDeflate sample;
  sample.stored("", false);
  sample.stored("one", false);
  sample.stored(std::string(0xffff, 'x'), false);
  for (int i = 0; i < 5; ++i) sample.stored(std::string(40'000, static_cast<char>('0' + i)), false);
  sample.stored("two", true);
  for (const std::size_t piece : kPieces) expect_unpacked(sample, piece);
}

TEST(Inflater, MatchesOfEveryKindRepeat) {
  SampleDeflate sample;
  sample.begin_fixed(true);
  for (int i = 0; i < 300; ++i) sample.literal(static_cast<unsigned char>(i * 37));
  for (std::size_t length = 3; length <= 258; length += length < 70 ? 1 : 47) {
    for (std::size_t distance = 1; distance < 90; ++distance) {
      sample.literal(static_cast<unsigned char>(length + distance));
      sample.match(length, distance);
    }
  }
  sample.match(258, 32'768);
  sample.end_block();
  ASSERT_GT(sample.unpacked.size(), 2 * Inflater::kPiece);
  for (const std::size_t piece : kPieces) expect_unpacked(sample, piece);
}

TEST(Inflater, LongCodesAreLookedUpTwice) {
  const std::vector<std::size_t> literals = {'a', 'b', 257, 'c', 'd', 258, 'e', 'f',
                                             'g', 'h', 284, 'i', 'j', 285, 256, 'k'};
  const std::vector<std::size_t> distances = {0, 2, 4, 1, 6, 3, 8, 5, 10, 7, 12, 9, 14, 11, 13, 15};
  SampleDeflate sample;
  sample.begin_dynamic(long_codes(286, literals), long_codes(16, distances), true);
  for (int i = 0; i < 30; ++i) {
    for (const char letter : std::string("abcdefghijkkkkjjjj")) {
      sample.literal(static_cast<unsigned char>(letter));
    }
  }
  for (std::size_t distance = 1; distance < 250; ++distance) {
    for (const std::size_t length : {3U, 4U, 230U, 258U}) sample.match(length, distance);
    sample.literal('k');
  }
  sample.end_block();
  for (const std::size_t piece : kPieces) expect_unpacked(sample, piece);
}

void add_symbols(SampleDeflate& to, std::mt19937& random) {
  for (std::size_t symbols = random() % 3000; symbols > 0; --symbols) {
    const std::size_t reach = std::min<std::size_t>(to.unpacked.size(), 32'768);
    if (reach == 0 || random() % 3 != 0) {
      to.literal(static_cast<unsigned char>(random()));
    } else {
      to.match(3 + random() % 256, 1 + random() % reach);
    }
  }
  to.end_block();
}

TEST(Inflater, AnyBlocksOfAnyCodes) {
  std::mt19937 random(1);  // always the same
  for (int round = 0; round < 60; ++round) {
    SampleDeflate sample;
    const std::size_t blocks = 1 + random() % 4;
    for (std::size_t block = 0; block < blocks; ++block) {
      const bool is_last = block + 1 == blocks;
      const auto kind = random() % 5;
      if (kind == 0) {
        sample.stored(std::string(random() % 3000, 's'), is_last);
        continue;
      }
      if (kind == 1) {
        sample.begin_fixed(is_last);
      } else {
        sample.begin_dynamic(random_code(random, 286, 286), random_code(random, 30, 30), is_last);
      }
      add_symbols(sample, random);
    }
    expect_unpacked(sample, 1 + random() % 5000);
    expect_unpacked(sample, SIZE_MAX);
  }
}

TEST(Inflater, CutShortItGivesWhatCameBefore) {
  SampleDeflate sample;
  sample.begin_dynamic(
      SampleDeflate::Lengths(long_codes(
          257, {'a', 'b', 256, 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o'})),
      {1}, false);
  for (const char letter : std::string("abcdefghijkabcdefghijk")) {
    sample.literal(static_cast<unsigned char>(letter));
  }
  sample.end_block();
  sample.begin_fixed(false);
  for (int i = 0; i < 100; ++i) sample.match(7, 9);
  sample.end_block();
  sample.stored("the end", true);
  for (std::size_t size = 0; size < sample.bytes.size(); ++size) {
    const Outcome outcome = inflated(std::string_view(sample.bytes).substr(0, size));
    EXPECT_FALSE(outcome.ended) << size;
    EXPECT_FALSE(outcome.broken) << size;
    EXPECT_TRUE(sample.unpacked.starts_with(outcome.text)) << size;
  }
}

TEST(Inflater, ADistanceNeedsNoCode) {
  SampleDeflate sample;
  SampleDeflate::Lengths literals(257, 0);
  literals['a'] = literals[256] = 1;
  sample.begin_dynamic(literals, {0}, true);
  for (int i = 0; i < 100; ++i) sample.literal('a');
  sample.end_block();
  expect_unpacked(sample, SIZE_MAX);
}

struct BrokenCase {
  const char* name;
  std::function<void(SampleDeflate&)> write;
};
class BrokenTest : public testing::TestWithParam<BrokenCase> {};
TEST_P(BrokenTest, IsSeen) {
  for (const std::size_t piece : {std::size_t{1}, SIZE_MAX}) {
    SampleDeflate sample;
    GetParam().write(sample);
    sample.bytes += std::string(100, '\0');
    const Outcome outcome = inflated(sample.bytes, piece);
    EXPECT_TRUE(outcome.broken);
    EXPECT_EQ(outcome.text, sample.unpacked);
  }
}

SampleDeflate::Lengths two_literals() {
  SampleDeflate::Lengths lengths(257, 0);
  lengths['a'] = lengths[256] = 1;
  return lengths;
}

INSTANTIATE_TEST_SUITE_P(
    Blocks, BrokenTest,
    testing::Values(BrokenCase{"Type", [](SampleDeflate& to) { to.bits(7, 3); }},
                    BrokenCase{"StoredSize", [](SampleDeflate& to) { to.stored("", false, 1); }},
                    BrokenCase{"TooFarBack",
                               [](SampleDeflate& to) {
                                 to.begin_fixed(true);
                                 to.literal('a');
                                 to.match(3, 2);
                               }},
                    BrokenCase{"SymbolWithoutMeaning",
                               [](SampleDeflate& to) {
                                 to.begin_fixed(true);
                                 to.symbol(286);
                               }},
                    BrokenCase{"DistanceWithoutMeaning",
                               [](SampleDeflate& to) {
                                 to.begin_fixed(true);
                                 to.literal('a');
                                 to.symbol(257);
                                 to.distance_symbol(30);
                               }},
                    BrokenCase{"TooManyCodes",
                               [](SampleDeflate& to) {
                                 auto lengths = two_literals();
                                 lengths['b'] = 15;
                                 to.begin_dynamic(lengths, {1}, true);
                               }},
                    BrokenCase{"TooFewCodes",
                               [](SampleDeflate& to) {
                                 auto lengths = two_literals();
                                 lengths['a'] = 2;
                                 to.begin_dynamic(lengths, {1}, true);
                               }},
                    BrokenCase{
                        "TooFewDistances",
                        [](SampleDeflate& to) { to.begin_dynamic(two_literals(), {2}, true); }},
                    BrokenCase{"NoEndOfBlock",
                               [](SampleDeflate& to) {
                                 SampleDeflate::Lengths lengths(257, 0);
                                 lengths['a'] = lengths['b'] = 1;
                                 to.begin_dynamic(lengths, {1}, true);
                               }},
                    BrokenCase{"DistanceWithoutCode",
                               [](SampleDeflate& to) {
                                 SampleDeflate::Lengths lengths(258, 0);
                                 lengths['a'] = 1;
                                 lengths[256] = lengths[257] = 2;
                                 to.begin_dynamic(lengths, {1}, true);
                                 to.literal('a');
                                 to.symbol(257);
                                 to.bits(1, 1);
                               }},
                    BrokenCase{"TooManyLiterals",
                               [](SampleDeflate& to) {
                                 to.bits(4, 3);
                                 to.bits(30, 5);
                                 to.bits(0, 9);
                               }},
                    BrokenCase{"TooManyDistances",
                               [](SampleDeflate& to) {
                                 to.bits(4, 3);
                                 to.bits(0, 5);
                                 to.bits(30, 9);
                               }}),
    [](const testing::TestParamInfo<BrokenCase>& each) { return each.param.name; });

/// The header of a block whose lengths are codes of `lengths` themselves.
void begin_lengths(SampleDeflate& to, std::initializer_list<unsigned> lengths) {
  to.bits(4, 3);
  to.bits(0, 10);
  to.bits(15, 4);
  for (const unsigned length : lengths) to.bits(length, 3);
}

TEST(Inflater, ARepeatNeedsSomethingBefore) {
  SampleDeflate sample;
  begin_lengths(sample, {1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  sample.bits(1, 1);  // 16: as the one before
  EXPECT_TRUE(inflated(sample.bytes + std::string(9, '\0')).broken);
}

TEST(Inflater, ARepeatEndsWithTheLengths) {
  SampleDeflate sample;
  begin_lengths(sample, {0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  for (int i = 0; i < 2; ++i) sample.bits(1 | 127 << 1, 8);  // 18: 138 zeros
  EXPECT_TRUE(inflated(sample.bytes + std::string(9, '\0')).broken) << "276 of 258";
}

TEST(Inflater, AStreamDoesNotReachIntoTheOneBefore) {
  SampleDeflate first;
  first.stored("abcdef", true);
  SampleDeflate second;
  second.begin_fixed(true);
  second.match(3, 1);
  Inflater inflater;
  ASSERT_TRUE(inflater.step(first.bytes)->ended);
  inflater.restart();
  EXPECT_FALSE(inflater.step(second.bytes + std::string(99, '\0')));
  EXPECT_EQ(inflater.piece(), "abcdef");
}

}  // namespace
}  // namespace plimsoll::archive
