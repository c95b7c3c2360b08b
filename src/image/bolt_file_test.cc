#include "image/bolt_file.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace plimsoll::image {
namespace {

constexpr std::size_t kPage = 1024;

std::string number(std::uint64_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>((value >> (8 * i)) & 0xFFU);
  return text;
}

std::string header(std::uint64_t id, std::uint64_t flags, std::uint64_t count,
                   std::uint64_t overflow) {
  return number(id, 8) + number(flags, 2) + number(count, 2) + number(overflow, 4);
}

std::string meta(std::uint64_t id, std::uint64_t root, std::uint64_t pages,
                 std::uint64_t transaction) {
  std::string text = number(0xED0CDAED, 4) + number(2, 4) + number(kPage, 4) + number(0, 4) +
                     number(root, 8) + number(0, 8) + number(0, 8) + number(pages, 8) +
                     number(transaction, 8);
  std::uint64_t sum = 0xCBF29CE484222325U;
  for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  std::string page = header(id, 4, 0, 0) + text + number(sum, 8);
  page.resize(kPage, '\0');
  return page;
}

struct Entry {
  std::string key;
  std::string value;
  bool is_bucket = false;
};

std::string leaf(std::uint64_t id, const std::vector<Entry>& entries) {
  std::string elements;
  std::string data;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::size_t position = (entries.size() - i) * 16 + data.size();
    elements += number(entries[i].is_bucket ? 1 : 0, 4) + number(position, 4) +
                number(entries[i].key.size(), 4) + number(entries[i].value.size(), 4);
    data += entries[i].key + entries[i].value;
  }
  const std::size_t size = 16 + elements.size() + data.size();
  return header(id, 2, entries.size(), (size - 1) / kPage) + elements + data;
}

std::string branch(std::uint64_t id,
                   const std::vector<std::pair<std::string, std::uint64_t>>& children) {
  std::string elements;
  std::string data;
  for (std::size_t i = 0; i < children.size(); ++i) {
    const std::size_t position = (children.size() - i) * 16 + data.size();
    elements +=
        number(position, 4) + number(children[i].first.size(), 4) + number(children[i].second, 8);
    data += children[i].first;
  }
  return header(id, 1, children.size(), 0) + elements + data;
}

/// A bucket that lies in its parent.
std::string inside(const std::vector<Entry>& entries) {
  return number(0, 8) + number(0, 8) + leaf(0, entries);
}
std::string at(std::uint64_t root) {
  return number(root, 8) + number(0, 8);
}

class BoltFileTest : public testing::Test {
 protected:
  void add(std::string page) {
    page.resize((page.size() + kPage - 1) / kPage * kPage, '\0');
    *bytes_ += page;
  }
  Result<BoltFile> open() const {
    return BoltFile::open([bytes = bytes_](std::uint64_t offset, std::size_t size) {
      const std::size_t from = std::min(static_cast<std::size_t>(offset), bytes->size());
      return Result<std::string>(bytes->substr(from, size));
    });
  }
  /// Two heads, of which the second is newer, and the root on page 2.
  void add_heads(std::uint64_t pages, std::uint64_t root = 2) {
    add(meta(0, 99, pages, 6));
    add(meta(1, root, pages, 7));
  }

  std::shared_ptr<std::string> bytes_ = std::make_shared<std::string>();
};

TEST_F(BoltFileTest, FindsValuesInBucketsOfBuckets) {
  add_heads(4);
  add(leaf(2, {{"a", "top"}, {"v1", at(3), true}}));
  add(leaf(3, {{"moby", inside({{"x", "one"}, {"y", inside({{"z", "two"}}), true}}), true}}));
  const auto file = open();
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->get({}, "a").value(), "top");
  EXPECT_EQ(file->get({"v1", "moby"}, "x").value(), "one");
  EXPECT_EQ(file->get({"v1", "moby", "y"}, "z").value(), "two");
  EXPECT_EQ(file->get({"v1", "moby"}, "none").value(), std::nullopt);
  EXPECT_EQ(file->get({"v1", "none"}, "x").value(), std::nullopt);
  EXPECT_EQ(file->get({"a"}, "x").value(), std::nullopt) << "a value is no bucket";
  EXPECT_EQ(file->get({"v1"}, "moby").value(), std::nullopt) << "a bucket is no value";
  EXPECT_TRUE(file->is_current());
}

TEST_F(BoltFileTest, GoesThroughBranches) {
  add_heads(6);
  add(branch(2, {{"b", 3}, {"m", 4}}));
  add(leaf(3, {{"b", "1"}, {"c", "2"}}));
  add(branch(4, {{"m", 5}}));
  add(leaf(5, {{"m", "3"}, {"z", "4"}}));
  const auto file = open();
  ASSERT_TRUE(file);
  EXPECT_EQ(file->get({}, "c").value(), "2");
  EXPECT_EQ(file->get({}, "z").value(), "4");
  EXPECT_EQ(file->get({}, "a").value(), std::nullopt);
  EXPECT_EQ(file->get({}, "d").value(), std::nullopt);
}

TEST_F(BoltFileTest, AValueMayBeLongerThanAPage) {
  const std::string large(3000, 'v');
  add_heads(6);
  add(leaf(2, {{"k", large}}));
  EXPECT_EQ(open()->get({}, "k").value(), large);
}

TEST_F(BoltFileTest, OneWholeHeadIsEnough) {
  add(meta(0, 2, 3, 6));
  add(meta(1, 99, 3, 7));
  add(leaf(2, {{"k", "v"}}));
  (*bytes_)[kPage + 20] ^= 1;
  EXPECT_EQ(open()->get({}, "k").value(), "v");
  (*bytes_)[20] ^= 1;
  EXPECT_EQ(open().error().code, ErrorCode::kInvalid);
}

TEST_F(BoltFileTest, WhereTheFirstHeadIsBrokenTheSecondIsSought) {
  add_heads(3);
  add(leaf(2, {{"k", "v"}}));
  (*bytes_)[20] ^= 1;
  EXPECT_EQ(open()->get({}, "k").value(), "v");
}

TEST_F(BoltFileTest, AWriterIsNoticed) {
  add_heads(3);
  add(leaf(2, {{"k", "v"}}));
  const auto file = open();
  bytes_->replace(0, kPage, meta(0, 2, 3, 8));
  EXPECT_FALSE(file->is_current());
}

TEST_F(BoltFileTest, BrokenTreesAreRefused) {
  const auto refused = [this](const std::string& root, const char* why) {
    bytes_->clear();
    add_heads(3);
    add(root);
    const auto file = open();
    ASSERT_TRUE(file) << why;
    const auto value = file->get({}, "k");
    ASSERT_FALSE(value) << why;
    EXPECT_EQ(value.error().code, ErrorCode::kInvalid) << why;
  };
  refused(branch(2, {{"a", 2}}), "a page is its own child");
  refused(branch(2, {{"a", 0}}), "a head is no page of a tree");
  refused(branch(2, {{"a", 77}}), "a page beyond the end");
  refused(branch(2, {{"a", UINT64_MAX}}), "a page whose offset wraps");
  refused(leaf(9, {{"k", "v"}}), "a page that says another number");
  refused(header(2, 16, 1, 0), "a list of free pages");
  refused(header(2, 2, 65535, 0), "more elements than fit");
  refused(header(2, 2, 1, 0) + number(0, 4) + number(2000, 4) + number(1, 4) + number(1, 4),
          "a key beyond its page");
  refused(header(2, 2, 1, 0) + number(0, 4) + number(UINT32_MAX, 4) + number(UINT32_MAX, 4) +
              number(UINT32_MAX, 4),
          "a key whose end wraps");
}

TEST_F(BoltFileTest, ABucketWithoutRootIsRefused) {
  add_heads(3);
  add(leaf(2, {{"b", "short", true}}));
  EXPECT_EQ(open()->get({"b"}, "k").error().code, ErrorCode::kInvalid);
}

TEST_F(BoltFileTest, OtherFilesAreNone) {
  for (const std::string& text : {std::string(), std::string("x"), std::string(200'000, '\0')}) {
    *bytes_ = text;
    EXPECT_EQ(open().error().code, ErrorCode::kInvalid) << text.size();
  }
}

}  // namespace
}  // namespace plimsoll::image
