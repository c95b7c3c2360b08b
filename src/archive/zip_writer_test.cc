#include "archive/zip_writer.h"

#include <gtest/gtest.h>

#include "archive/sample_zip.h"

namespace plimsoll::archive {
namespace {

std::string text_of(const std::string& archive, std::size_t index) {
  const auto entries = zip_entries(archive);
  if (!entries || index >= entries->size()) return "no such file";
  return std::string((*entries)[index].path) + '=' +
         unzip(archive, (*entries)[index], 1000).value_or("?");
}

TEST(ZipWriter, CopiesAndAdds) {
  const std::string before = sample_zip::archive({{"a.json", "one"}, {"b.json", "two"}});
  ZipWriter writer;
  ASSERT_TRUE(writer.copy(before, zip_entries(before).value()[1]));
  ASSERT_TRUE(writer.add("c.json", "three"));
  const std::string after = writer.finish();
  EXPECT_EQ(zip_entries(after).value().size(), 2U);
  EXPECT_EQ(text_of(after, 0), "b.json=two");
  EXPECT_EQ(text_of(after, 1), "c.json=three");
  EXPECT_EQ(zip_entries(after).value()[1].unpacked_bytes, 5U);
}

// npm's export has more than 200,000 records; with 16 bits for their number it looked empty.
TEST(ZipWriter, HasAnyNumberOfFiles) {
  ZipWriter writer;
  for (int i = 0; i < 70'000; ++i) ASSERT_TRUE(writer.add(std::to_string(i), "x"));
  std::string archive = writer.finish();
  EXPECT_EQ(zip_entries(archive).value().size(), 70'000U);
  EXPECT_EQ(text_of(archive, 69'999), "69999=x");
  // Other tools leave no number in the old end record but that it is in the new one.
  archive.replace(archive.size() - 10, 8, std::string(8, '\xFF'));
  EXPECT_EQ(zip_entries(archive).value().size(), 70'000U);
  EXPECT_EQ(text_of(archive, 69'999), "69999=x");
}

TEST(ZipWriter, RefusesWhatIsNotThere) {
  const std::string before = sample_zip::archive({{"a.json", "one"}});
  ZipWriter writer;
  EXPECT_FALSE(writer.copy(before, {.path = "a", .packed_bytes = 3, .header_offset = 7}));
}

}  // namespace
}  // namespace plimsoll::archive
