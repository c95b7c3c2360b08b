// The table as people see it, to the byte. script/bless writes tests/golden/table anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "core/escape.h"
#include "table_golden.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(PLIMSOLL_SOURCE_DIR) / "tests/golden/table";

const TableGolden& golden(std::string_view name) {
  static const std::vector<TableGolden> goldens = table_goldens();
  return *std::find_if(goldens.begin(), goldens.end(),
                       [name](const TableGolden& g) { return g.name == name; });
}

TEST(Table, LooksAsItsGoldenFiles) {
  std::set<std::string> known;
  for (const TableGolden& golden : table_goldens()) {
    known.insert(golden.name + ".txt");
    std::ifstream file(kFolder / (golden.name + ".txt"), std::ios::binary);
    const std::string want{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    EXPECT_EQ(golden.text, want) << golden.name << ": if it is meant, run script/bless";
  }
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    EXPECT_TRUE(known.contains(entry.path().filename().string())) << entry.path();
  }
}

TEST(Table, KeepsToItsWidth) {
  for (const std::size_t width : {60U, 80U, 120U}) {
    const TableGolden& table = golden("width_" + std::to_string(width));
    for (const std::string_view line : ascii::split(table.text, '\n')) {
      EXPECT_LE(display_width(line), width) << line;
    }
  }
}

TEST(Table, IsAsciiWhereTheTerminalIs) {
  const TableGolden& table = golden("ascii");
  EXPECT_TRUE(std::all_of(table.text.begin(), table.text.end(),
                          [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST(Table, LetsNoControlCharacterThrough) {
  const TableGolden& table = golden("hostile");
  for (const std::string_view line : ascii::split(table.text, '\n')) {
    EXPECT_EQ(escape_terminal(line, line.size() + 1), line);
  }
}

}  // namespace
}  // namespace plimsoll::test
