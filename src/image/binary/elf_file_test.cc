#include "image/binary/elf_file.h"

#include <gtest/gtest.h>

#include <chrono>

#include "image/binary/sample_elf.h"

namespace plimsoll::image {
namespace {

class ElfFileTest : public testing::TestWithParam<std::pair<bool, bool>> {
 protected:
  static SampleElf sample() {
    SampleElf elf{.interpreter = "/lib/ld.so.1",
                  .needed = {"liba.so.1", "libb.so.2"},
                  .soname = "me.so",
                  .rpath = "/opt/lib",
                  .runpath = "$ORIGIN/../lib",
                  .imports = {"dlopen", "printf"},
                  .build_id = "\x01\xff",
                  .sections = {{".first", "one"}, {".second", "two"}}};
    elf.is_64 = GetParam().first;
    elf.is_big_endian = GetParam().second;
    elf.machine = 0x1234;
    return elf;
  }
};

TEST_P(ElfFileTest, TellsWhatIsLoaded) {
  const std::string bytes = sample().bytes();
  const auto file = ElfFile::parse(FileRanges(bytes));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->is_64(), GetParam().first);
  EXPECT_EQ(file->machine(), 0x1234U);
  EXPECT_EQ(file->interpreter(), "/lib/ld.so.1");
  const auto dynamic = file->dynamic();
  ASSERT_TRUE(dynamic);
  EXPECT_TRUE(dynamic->is_whole);
  EXPECT_EQ(dynamic->needed, (std::vector<std::string_view>{"liba.so.1", "libb.so.2"}));
  EXPECT_EQ(dynamic->soname, "me.so");
  EXPECT_EQ(dynamic->rpath, "/opt/lib");
  EXPECT_EQ(dynamic->runpath, "$ORIGIN/../lib");
  ASSERT_TRUE(dynamic->imports);
  EXPECT_EQ(*dynamic->imports, (std::vector<std::string_view>{"dlopen", "printf"}));
}

TEST_P(ElfFileTest, HasNotesAndSections) {
  const std::string bytes = sample().bytes();
  const auto file = ElfFile::parse(FileRanges(bytes));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->note("GNU", 3), "\x01\xff");
  EXPECT_EQ(file->note("GNU", 4), "");
  EXPECT_EQ(file->section(".second"), "two");
  EXPECT_EQ(file->section(".third"), "");
}

TEST_P(ElfFileTest, NoCutIsWrong) {
  const std::string whole = sample().bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string bytes = whole.substr(0, size);
    const auto file = ElfFile::parse(FileRanges(bytes));
    if (!file) continue;
    const auto dynamic = file->dynamic();
    if (!dynamic || !dynamic->is_whole) continue;
    EXPECT_EQ(dynamic->needed.size(), 2U) << size;
    EXPECT_EQ(dynamic->soname, "me.so") << size;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, ElfFileTest,
                         testing::Values(std::pair{true, false}, std::pair{true, true},
                                         std::pair{false, false}, std::pair{false, true}));

TEST(ElfFile, OthersAreNone) {
  for (const std::string& bytes : {std::string(),
                                   std::string("\x7f"
                                               "ELF"),
                                   std::string("MZ") + std::string(200, '\0'),
                                   std::string("\x7f"
                                               "ELF\x03\x01") +
                                       std::string(200, '\0')}) {
    EXPECT_FALSE(ElfFile::parse(FileRanges(bytes)));
  }
}

TEST(ElfFile, AHeaderThatNamesTheSameBytesOftenTakesNoTime) {
  // 2,048 segments and 65,535 sections, each all of the file as notes of nobody.
  constexpr std::size_t kSegments = 2'048;
  constexpr std::size_t kSections = 65'535;
  const auto number = [](std::uint64_t value, std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(value >> (8 * i) & 0xffU);
    return text;
  };
  const std::size_t table = 64 + kSegments * 56;
  const std::size_t all = table + kSections * 64 + (4U << 20U);
  std::string bytes = std::string(
                          "\x7f"
                          "ELF\2\1\1",
                          7) +
                      std::string(9, '\0') + number(3, 2) + number(62, 2) + number(1, 4) +
                      number(0, 8) + number(64, 8) + number(table, 8) + number(0, 4) +
                      number(64, 2) + number(56, 2) + number(kSegments, 2) + number(64, 2) +
                      number(kSections, 2) + number(0, 2);
  const std::uint64_t notes = all - (4U << 20U);
  for (std::size_t i = 0; i < kSegments; ++i) {
    bytes += number(i % 2 == 0 ? 4 : 1, 4) + number(2, 4) + number(notes, 8) + number(notes, 8) +
             number(notes, 8) + number(4U << 20U, 8) + number(4U << 20U, 8) + number(1, 8);
  }
  for (std::size_t i = 0; i < kSections; ++i) {
    bytes += number(0, 4) + number(7, 4) + number(0, 16) + number(notes, 8) + number(4U << 20U, 8) +
             number(0, 24);
  }
  bytes.resize(all, '\0');
  const auto start = std::chrono::steady_clock::now();
  const auto file = ElfFile::parse(FileRanges(bytes));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->segments().size(), kSegments);
  EXPECT_EQ(file->note("GNU", 3), "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(ElfFile, ARangeIsAtHandOrNot) {
  FileRanges ranges;
  ranges.add(0, "abc");
  ranges.add(100, "defgh");
  EXPECT_EQ(ranges.at(1, 2), "bc");
  EXPECT_EQ(ranges.at(101, 3), "efg");
  EXPECT_FALSE(ranges.at(2, 2));
  EXPECT_FALSE(ranges.at(UINT64_MAX, 2));
  EXPECT_EQ(ranges.from(103, 10), "gh");
}

}  // namespace
}  // namespace plimsoll::image
