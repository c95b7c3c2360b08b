#include "archive/zip_archive.h"

#include <gtest/gtest.h>

#include "archive/inflate.h"
#include "archive/sample_zip.h"

namespace plimsoll::archive {
namespace {

std::string little(std::uint32_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

/// One file, as ZIP tools write it.
std::string archive(const std::string& packed, std::uint16_t method, std::size_t unpacked) {
  const std::string sizes = little(static_cast<std::uint32_t>(packed.size()), 4) +
                            little(static_cast<std::uint32_t>(unpacked), 4);
  const std::string file = std::string("PK\x03\x04", 4) + little(20, 2) + little(0, 2) +
                           little(method, 2) + little(0, 4) + little(0, 4) + sizes + little(5, 2) +
                           little(0, 2) + "a.txt" + packed;
  const std::string directory = std::string("PK\x01\x02", 4) + little(20, 2) + little(20, 2) +
                                little(0, 2) + little(method, 2) + little(0, 4) + little(0, 4) +
                                sizes + little(5, 2) + little(0, 2) + little(0, 2) + little(0, 2) +
                                little(0, 2) + little(0, 4) + little(0, 4) + "a.txt";
  return file + directory + std::string("PK\x05\x06", 4) + little(0, 4) + little(1, 2) +
         little(1, 2) + little(static_cast<std::uint32_t>(directory.size()), 4) +
         little(static_cast<std::uint32_t>(file.size()), 4) + little(0, 2);
}

Result<std::string> first_of(const std::string& bytes, std::size_t most) {
  const auto entries = zip_entries(bytes);
  if (!entries) return tl::unexpected(entries.error());
  if (entries->size() != 1 || entries->front().path != "a.txt") {
    return fail(ErrorCode::kInvalid, "another directory");
  }
  return unzip(bytes, entries->front(), most);
}

// By zlib, raw: level 9 of "hello hello hello hello\n" has a match that overlaps itself.
const std::string kFixed("\xCB\x48\xCD\xC9\xC9\x57\xC8\x40\x27\xB9\x00", 11);

TEST(Inflate, ReadsStoredAndFixedBlocks) {
  EXPECT_EQ(inflate(std::string("\x01\x03\x00\xFC\xFF"
                                "abc",
                                8),
                    10)
                .value_or("?"),
            "abc");
  EXPECT_EQ(inflate(kFixed, 100).value_or("?"), "hello hello hello hello\n");
}

TEST(Inflate, RejectsBrokenData) {
  for (const std::string& bytes : {std::string(), std::string("\x07"),
                                   std::string("\x01\x03\x00\x00\x00"
                                               "abc",
                                               8),
                                   kFixed.substr(0, 6), std::string("\x05\xFF\xFF\xFF", 4)}) {
    const auto text = inflate(bytes, 100);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::kInvalid);
  }
}

TEST(Inflate, StopsAtTheMost) {
  const auto text = inflate(kFixed, 10);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::kTooLarge);
}

TEST(ZipArchive, ReadsWhatTheDirectoryNames) {
  EXPECT_EQ(first_of(archive("abc", 0, 3), 10).value_or("?"), "abc");
  EXPECT_EQ(first_of(archive(kFixed, 8, 24), 100).value_or("?"), "hello hello hello hello\n");
}

/// The same with its sizes and offset in the extra field of ZIP64, as Java and Go write what they
/// do not know the size of. @param extra  of the directory
std::string far_archive(const std::string& packed, const std::string& extra) {
  const std::string far = little(0xFFFFFFFF, 4);
  const std::string file = std::string("PK\x03\x04", 4) + little(45, 2) + little(0, 2) +
                           little(0, 2) + little(0, 4) + little(0, 4) + far + far + little(5, 2) +
                           little(0, 2) + "a.txt" + packed;
  const std::string directory = std::string("PK\x01\x02", 4) + little(45, 2) + little(45, 2) +
                                little(0, 2) + little(0, 2) + little(0, 4) + little(0, 4) + far +
                                far + little(5, 2) +
                                little(static_cast<std::uint32_t>(extra.size()), 2) + little(0, 2) +
                                little(0, 2) + little(0, 2) + little(0, 4) + far + "a.txt" + extra;
  return file + directory + std::string("PK\x05\x06", 4) + little(0, 4) + little(1, 2) +
         little(1, 2) + little(static_cast<std::uint32_t>(directory.size()), 4) +
         little(static_cast<std::uint32_t>(file.size()), 4) + little(0, 2);
}

TEST(ZipArchive, SizesMayStandInTheFieldOfZip64) {
  const auto far = [](std::uint32_t value) { return little(value, 4) + little(0, 4); };
  const std::string other = little(0x5455, 2) + little(1, 2) + "x";
  const std::string whole = little(1, 2) + little(24, 2) + far(3) + far(3) + far(0);
  EXPECT_EQ(first_of(far_archive("abc", whole), 10).value_or("?"), "abc");
  EXPECT_EQ(first_of(far_archive("abc", other + whole), 10).value_or("?"), "abc");
  EXPECT_FALSE(first_of(far_archive("abc", other), 10)) << "nothing says how long it is";
  EXPECT_FALSE(first_of(far_archive("abc", whole.substr(0, 20)), 10)) << "it is cut off";
  const std::string large =
      little(1, 2) + little(24, 2) + far(3) + far(3) + little(0, 4) + little(1, 4);
  EXPECT_FALSE(first_of(far_archive("abc", large), 10)) << "4 GiB away";
}

TEST(ZipArchive, EveryCutIsAnErrorOrEmpty) {
  const std::string whole = archive(kFixed, 8, 24);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(first_of(whole.substr(0, size), 100)) << size;
  }
  EXPECT_FALSE(first_of(archive("abc", 12, 3), 10));
  EXPECT_FALSE(first_of(archive("abc", 0, 3), 2));
}

TEST(ZipArchive, AStartScriptMayStandBeforeIt) {
  EXPECT_EQ(first_of("#!/bin/sh\nexec java -jar $0\n" + archive("abc", 0, 3), 10).value_or("?"),
            "abc");
}

TEST(ZipArchive, TellsFilesThatShareBytes) {
  const std::string bytes = sample_zip::archive({{"a", "123"}, {"b", "456"}});
  auto entries = zip_entries(bytes).value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_FALSE(zip_entries_overlap(entries));
  entries[1].header_offset = entries[0].header_offset + 1;
  EXPECT_TRUE(zip_entries_overlap(entries));
  entries[1].header_offset = entries[0].header_offset;
  EXPECT_TRUE(zip_entries_overlap(entries));
}

}  // namespace
}  // namespace plimsoll::archive
