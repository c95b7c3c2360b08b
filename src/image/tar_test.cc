#include "image/tar.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "image/sample_tar.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;
using sample_tar::header;
using sample_tar::padded;

std::string record(const std::string& key, const std::string& value) {
  const std::string body = ' ' + key + '=' + value + '\n';
  std::size_t size = body.size() + 1;
  while (std::to_string(size).size() + body.size() != size) ++size;
  return std::to_string(size) + body;
}

std::string extended(const std::string& records, char type = 'x') {
  return header("PaxHeaders/x", type, records.size()) + padded(records);
}

const std::string kEnd = sample_tar::end();

/// "path size[content] >link;" of each entry, then what went wrong.
std::string listing(const std::string& bytes) {
  const auto stream = archive::memory_stream(bytes);
  TarReader tar(*stream);
  std::string text;
  while (true) {
    const auto entry = tar.next();
    if (!entry) return text + "! " + entry.error().message;
    if (!*entry) return text;
    text += (*entry)->path;
    if ((*entry)->type == Entry::Type::kFile) {
      std::vector<char> buffer(7);
      text += " [";
      while (true) {
        const auto got = tar.read(buffer);
        if (!got) return text + "! " + got.error().message;
        if (*got == 0) break;
        text.append(buffer.data(), *got);
      }
      text += ']';
    }
    if (!(*entry)->link.empty()) text += " >" + (*entry)->link;
    text += ';';
  }
}

TEST(Tar, ListsFilesFoldersAndLinks) {
  EXPECT_EQ(listing(file("a", "hello world") + header("d/", '5', 0) + header("s", '2', 0, "a") +
                    header("h", '1', 0, "a") + file("e", "") + kEnd),
            "a [hello world];d/;s >a;h >a;e [];");
}

TEST(Tar, ReadsNumbersAndModes) {
  const std::string bytes = file("a", "x") + kEnd;
  const auto stream = archive::memory_stream(bytes);
  TarReader tar(*stream);
  const auto entry = tar.next();
  ASSERT_TRUE(entry && *entry);
  EXPECT_EQ((*entry)->mode, 04755U);
  EXPECT_EQ((*entry)->user, 1000U);
  EXPECT_EQ((*entry)->group, 1001U);
  EXPECT_EQ((*entry)->offset, 512U);
}

TEST(Tar, TakesContentOnlyWhenAskedFor) {
  const std::string bytes = file("a", std::string(5000, 'x')) + file("b", "y") + kEnd;
  const auto stream = archive::memory_stream(bytes);
  TarReader tar(*stream);
  EXPECT_EQ((*tar.next())->path, "a");
  EXPECT_EQ((*tar.next())->path, "b");
  EXPECT_FALSE(*tar.next());
}

TEST(Tar, LongNames) {
  const std::string path(300, 'p');
  const std::string link(200, 'l');
  EXPECT_EQ(listing(header("././@LongLink", 'L', path.size() + 1) + padded(path + '\0') +
                    header("././@LongLink", 'K', link.size() + 1) + padded(link + '\0') +
                    header("short", '2', 0, "x") + kEnd),
            path + " >" + link + ';');
  EXPECT_EQ(listing(header("name", '0', 0, "", "some/prefix") + kEnd), "some/prefix/name [];");
  EXPECT_EQ(listing(header("name", '0', 0, "", "garbage", false) + kEnd), "name [];");
}

TEST(Tar, PaxSaysMoreThanTheHeader) {
  EXPECT_EQ(listing(extended(record("path", "ä/long\nname") + record("size", "5") +
                             record("linkpath", "to")) +
                    header("x", '0', 0) + padded("12345") + file("after", "") + kEnd),
            "ä/long\nname [12345] >to;after [];");
  EXPECT_EQ(listing(extended(record("path", "all"), 'g') + file("x", "1") + file("y", "2") + kEnd),
            "all [1];all [2];");
}

TEST(Tar, BrokenRecordsAreNoTar) {
  for (const char* broken : {"5 a=b\n", "99 path=x\n", "x path=y\n", "0 \n"}) {
    EXPECT_EQ(listing(extended(broken) + file("x", "1") + kEnd),
              "! a PAX header with a broken record")
        << broken;
  }
  EXPECT_EQ(listing(extended("") + file("x", "1") + kEnd), "x [1];");
}

TEST(Tar, ASizeInBytes) {
  std::string block = header("x", '0', 0);
  block.replace(124, 12, std::string("\x80\0\0\0\0\0\0\0\0\0\0\x03", 12));
  block.replace(148, 8, "        ");
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  char number[13];
  std::snprintf(number, sizeof number, "%06o", sum);
  block.replace(148, 7, std::string(number, 6) + '\0');
  EXPECT_EQ(listing(block + padded("abc") + kEnd), "x [abc];");
}

TEST(Tar, WhatIsNoTarIsSaid) {
  EXPECT_EQ(listing(std::string(1024, 'x')), "! no tar header: its sum is wrong");
  EXPECT_EQ(listing(file("a", "hello").substr(0, 515)), "a [hel! the tar ends within an entry");
  EXPECT_EQ(listing(std::string(100, 'x')), "! the tar ends within a header");
  EXPECT_EQ(listing(header("x", 'x', 2U << 20U)), "! a name or header is longer than 1 MiB");
}

TEST(Tar, EndsWithoutItsEmptyBlocksToo) {
  EXPECT_EQ(listing(file("a", "1")), "a [1];");
  EXPECT_EQ(listing(""), "");
  EXPECT_EQ(listing(file("a", "1") + std::string(512, '\0') + file("b", "2") + kEnd),
            "a [1];b [2];");
}

TEST(Tar, CountsWhatFollows) {
  const std::string bytes = file("a", "1") + kEnd + std::string(3000, '\0') + "hidden";
  const auto stream = archive::memory_stream(bytes);
  TarReader tar(*stream);
  EXPECT_TRUE(*tar.next());
  EXPECT_FALSE(*tar.next());
  EXPECT_EQ(*tar.drain(), 6U);
}

}  // namespace
}  // namespace plimsoll::image
