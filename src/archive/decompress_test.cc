#include "archive/decompress.h"

#include <bzlib.h>
#include <gtest/gtest.h>
#include <isa-l/igzip_lib.h>
#include <lzma.h>
#include <zstd.h>

#include <string>
#include <vector>

namespace plimsoll::archive {
namespace {

std::string gzip(const std::string& text) {
  std::string out(text.size() + 1000, '\0');
  isal_zstream stream;
  isal_deflate_init(&stream);
  stream.gzip_flag = IGZIP_GZIP;
  stream.end_of_stream = 1;
  stream.flush = NO_FLUSH;
  std::string in = text;
  stream.next_in = reinterpret_cast<std::uint8_t*>(in.data());
  stream.avail_in = static_cast<std::uint32_t>(in.size());
  stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  EXPECT_EQ(isal_deflate(&stream), COMP_OK);
  out.resize(stream.total_out);
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string xz(const std::string& text) {
  std::string out(text.size() + 1000, '\0');
  std::size_t size = 0;
  EXPECT_EQ(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, nullptr,
                                    reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                    reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()),
            LZMA_OK);
  out.resize(size);
  return out;
}

std::string bzip2(const std::string& text) {
  std::string out(text.size() + 1000, '\0');
  std::string in = text;
  auto size = static_cast<unsigned>(out.size());
  EXPECT_EQ(BZ2_bzBuffToBuffCompress(out.data(), &size, in.data(), static_cast<unsigned>(in.size()),
                                     1, 0, 0),
            BZ_OK);
  out.resize(size);
  return out;
}

std::string plain(const std::string& text) {
  return text;
}

struct Outcome {
  std::string text;
  std::string error;
  Compression compression = Compression::kNone;
  std::uint64_t trailing = 0;
};

/// Read in pieces of `piece` bytes.
Outcome unpacked(const std::string& bytes, std::size_t piece = 4096,
                 const ExpansionLimits& limits = {}) {
  auto stream = decompress(memory_stream(bytes), limits);
  if (!stream) return {"", stream.error().message};
  Outcome outcome{.compression = (*stream)->compression()};
  std::vector<char> buffer(piece);
  while (true) {
    const auto got = (*stream)->read(buffer);
    if (!got) {
      outcome.error = got.error().message;
      return outcome;
    }
    if (*got == 0) break;
    outcome.text.append(buffer.data(), *got);
  }
  outcome.trailing = (*stream)->trailing_bytes();
  return outcome;
}

struct Format {
  Compression compression;
  std::string (*pack)(const std::string&);
};
class FormatTest : public testing::TestWithParam<Format> {};
/// With an end of its own, and members.
class CompressedTest : public FormatTest {};

std::string sample() {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += std::to_string(i * 7919) + '\n';
  return text;
}

TEST_P(FormatTest, IsUndoneWhateverThePieces) {
  const std::string text = sample();
  const std::string packed = GetParam().pack(text);
  for (const std::size_t piece : {1U << 20U, 4096U, 13U}) {
    const Outcome outcome = unpacked(packed, piece);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.text, text) << piece;
    EXPECT_EQ(outcome.compression, GetParam().compression);
    EXPECT_EQ(outcome.trailing, 0U);
  }
}

TEST_P(CompressedTest, AllMembersAreRead) {
  const Outcome outcome =
      unpacked(GetParam().pack("one ") + GetParam().pack("") + GetParam().pack("two"));
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.text, "one two");
}

TEST_P(CompressedTest, WhatFollowsIsCounted) {
  const Outcome outcome = unpacked(GetParam().pack("one") + std::string(700'000, 'x'));
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.text, "one");
  EXPECT_EQ(outcome.trailing, 700'000U);
}

TEST_P(CompressedTest, CutShortIsAnError) {
  const std::string packed = GetParam().pack(sample());
  for (const std::size_t size : {packed.size() - 1, packed.size() / 2, std::size_t{12}}) {
    EXPECT_NE(unpacked(packed.substr(0, size)).error, "") << size;
  }
}

TEST_P(CompressedTest, BrokenBytesAreAnError) {
  std::string packed = GetParam().pack(sample());
  for (std::size_t i = packed.size() / 2; i < packed.size() / 2 + 64; ++i) packed[i] = '\x55';
  const Outcome outcome = unpacked(packed);
  // zstd as the library writes it has no checksum: the bytes may still mean something.
  EXPECT_TRUE(!outcome.error.empty() || outcome.text != sample());
}

TEST_P(FormatTest, PiecesAreGivenWhereTheyLie) {
  const std::string text = sample();
  const std::string packed = GetParam().pack(text);
  auto stream = decompress(memory_stream(packed));
  ASSERT_TRUE(stream);
  std::string all(10, '\0');
  ASSERT_EQ((*stream)->read(all).value_or(0), all.size());
  while (true) {
    const auto piece = (*stream)->next();
    ASSERT_TRUE(piece);
    if (piece->empty()) break;
    all += *piece;
  }
  EXPECT_EQ(all, text);
}

TEST(Decompress, WhatCameBeforeABreakIsGiven) {
  std::string packed = gzip(sample());
  packed[packed.size() - 1] ^= 1;  // of its size
  const Outcome outcome = unpacked(packed);
  EXPECT_EQ(outcome.error, "broken gzip data");
  EXPECT_EQ(outcome.text, sample());
}

const auto kCompressed =
    testing::Values(Format{Compression::kGzip, gzip}, Format{Compression::kZstd, zstd},
                    Format{Compression::kXz, xz}, Format{Compression::kBzip2, bzip2});
std::string name_of(const testing::TestParamInfo<Format>& each) {
  return std::string(to_string(each.param.compression));
}
INSTANTIATE_TEST_SUITE_P(Plain, FormatTest, testing::Values(Format{Compression::kNone, plain}),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Formats, FormatTest, kCompressed, name_of);
INSTANTIATE_TEST_SUITE_P(Formats, CompressedTest, kCompressed, name_of);

TEST(Decompress, SkippableFramesAreSkipped) {
  const std::string skippable(
      "\x53\x2A\x4D\x18\x03\x00\x00\x00"
      "abc",
      11);
  EXPECT_EQ(unpacked(skippable + zstd("one") + skippable).text, "one");
}

TEST(Decompress, StopsWhereBytesGrowTooFar) {
  const std::string zeros = zstd(std::string(8U << 20U, '\0'));
  ExpansionLimits limits;
  limits.most_bytes = 1U << 20U;
  EXPECT_EQ(unpacked(zeros, 4096, limits).error, "it unpacks to too much");
  limits = {};
  limits.free_bytes = 1U << 20U;
  EXPECT_EQ(unpacked(zeros, 4096, limits).error, "it unpacks to more than 200 times its size");
  EXPECT_EQ(unpacked(zeros).error, "") << "small enough to be let through";
}

TEST(Decompress, AnEmptyStreamIsEmpty) {
  EXPECT_EQ(unpacked("").text, "");
  EXPECT_EQ(unpacked("").error, "");
}

}  // namespace
}  // namespace plimsoll::archive
