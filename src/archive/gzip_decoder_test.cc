#include "archive/gzip_decoder.h"

#include <gtest/gtest.h>
#include <isa-l/igzip_lib.h>

#include <random>
#include <string>

#include "archive/checksum.h"
#include "archive/inflate.h"

namespace plimsoll::archive {
namespace {

std::string little(std::uint64_t value, std::size_t bytes) {
  std::string text;
  for (; text.size() < bytes; value >>= 8U) text += static_cast<char>(value & 0xffU);
  return text;
}

std::string deflated(const std::string& text, std::uint32_t level) {
  std::string out(text.size() + text.size() / 8 + 1000, '\0');
  std::string memory(ISAL_DEF_LVL3_EXTRA_LARGE, '\0');
  isal_zstream stream;
  isal_deflate_init(&stream);
  stream.level = level;
  stream.level_buf = reinterpret_cast<std::uint8_t*>(memory.data());
  stream.level_buf_size = static_cast<std::uint32_t>(memory.size());
  stream.end_of_stream = 1;
  std::string in = text;
  stream.next_in = reinterpret_cast<std::uint8_t*>(in.data());
  stream.avail_in = static_cast<std::uint32_t>(in.size());
  stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  EXPECT_EQ(isal_deflate(&stream), COMP_OK);
  out.resize(stream.total_out);
  return out;
}

constexpr std::string_view kStored("\x01\x03\0\xfc\xffone", 8);

std::string member(char flags, const std::string& fields) {
  return std::string("\x1f\x8b\x08", 3) + flags + std::string(6, '\0') + fields +
         std::string(kStored) + little(crc32_of("one"), 4) + little(3, 4);
}

struct Outcome {
  std::string text;
  bool ended = false;
  bool broken = false;
};
Outcome unpacked(std::string_view bytes, std::size_t piece) {
  GzipDecoder decoder;
  Outcome outcome;
  while (!bytes.empty() && !outcome.ended && !outcome.broken) {
    const auto step = decoder.step(bytes.substr(0, piece));
    outcome.broken = !step.has_value();
    if (step) bytes.remove_prefix(step->taken);
    outcome.ended = step && step->ended;
    outcome.text += decoder.piece();
    decoder.drop();
  }
  return outcome;
}

struct HeaderCase {
  const char* name;
  std::string bytes;
  bool good = true;
  std::string_view text = "one";
};
class HeaderTest : public testing::TestWithParam<HeaderCase> {};
TEST_P(HeaderTest, IsReadWhateverThePieces) {
  for (const std::size_t piece : {1U, 5U, 1000U}) {
    const Outcome outcome = unpacked(GetParam().bytes, piece);
    EXPECT_EQ(outcome.ended, GetParam().good) << piece;
    EXPECT_EQ(outcome.broken, !GetParam().good) << piece;
    EXPECT_EQ(outcome.text, GetParam().text);
  }
}
std::string with_sum(std::uint32_t lie) {
  const std::string header("\x1f\x8b\x08\x12\0\0\0\0\0\0note\0", 15);
  return member('\x12', std::string("note\0", 5) + little(crc32_of(header) + lie, 2));
}
std::string changed(std::size_t from_end) {
  std::string bytes = member('\0', "");
  bytes[bytes.size() - from_end] ^= 1;
  return bytes;
}
INSTANTIATE_TEST_SUITE_P(
    Members, HeaderTest,
    testing::Values(
        HeaderCase{"Plain", member('\0', "")},
        HeaderCase{"Name", member('\x08', std::string("name\0", 5))},
        HeaderCase{"Comment", member('\x10', std::string("\0", 1))},
        HeaderCase{"Extra", member('\x04', little(3, 2) + "abc")},
        HeaderCase{"EmptyExtra", member('\x04', little(0, 2))},
        HeaderCase{"ExtraAndName", member('\x0c', little(1, 2) + std::string("aname\0", 6))},
        HeaderCase{"HeaderSum", with_sum(0)}, HeaderCase{"WrongHeaderSum", with_sum(1), false, ""},
        HeaderCase{"Reserved", member('\x20', ""), false, ""},
        HeaderCase{"Method", std::string("\x1f\x8b\x07\0\0\0\0\0\0\0", 10), false, ""},
        HeaderCase{"WrongSum", changed(5), false}, HeaderCase{"WrongSize", changed(1), false}),
    [](const testing::TestParamInfo<HeaderCase>& each) { return each.param.name; });

/// Text that repeats itself a little, as files do.
std::string random_text(std::mt19937& random, std::size_t size) {
  const unsigned letters = 1 + static_cast<unsigned>(random() % 256);
  std::string text;
  while (text.size() < size) {
    if (text.size() > 10 && random() % 3 == 0) {
      const std::size_t from = random() % text.size();
      text += text.substr(from, random() % 400);
    } else {
      for (std::size_t i = random() % 50; i > 0; --i) text += static_cast<char>(random() % letters);
    }
  }
  return text;
}

TEST(GzipDecoder, WhatAnEncoderPacksComesBack) {
  std::mt19937 random(7);  // always the same
  for (int round = 0; round < 60; ++round) {
    const std::string text = random_text(random, random() % 400'000);
    const std::string bytes = std::string("\x1f\x8b\x08\0\0\0\0\0\0\0", 10) +
                              deflated(text, static_cast<std::uint32_t>(random() % 4)) +
                              little(crc32_of(text), 4) + little(text.size(), 4);
    for (const std::size_t piece : {std::size_t{1} + random() % 70'000, SIZE_MAX}) {
      const Outcome outcome = unpacked(bytes, piece);
      EXPECT_TRUE(outcome.ended) << round;
      EXPECT_TRUE(outcome.text == text) << round;
    }
  }
}

}  // namespace
}  // namespace plimsoll::archive
