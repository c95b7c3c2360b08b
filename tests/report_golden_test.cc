// The table as people see it, to the byte. script/bless writes tests/golden/report anew.

#include "report_golden.h"

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

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(PLIMSOLL_SOURCE_DIR) / "tests/golden/report";

const Golden& golden(std::string_view name) {
  static const std::vector<Golden> goldens = report_goldens();
  return *std::find_if(goldens.begin(), goldens.end(),
                       [name](const Golden& g) { return g.name == name; });
}

TEST(Table, LooksAsItsGoldenFiles) {
  std::set<std::string> known;
  for (const Golden& golden : report_goldens()) {
    known.insert(golden.name);
    std::ifstream file(kFolder / golden.name, std::ios::binary);
    const std::string want{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    EXPECT_EQ(golden.text, want) << golden.name << ": if it is meant, run script/bless";
  }
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    EXPECT_TRUE(known.contains(entry.path().filename().string())) << entry.path();
  }
}

TEST(Table, KeepsToItsWidth) {
  for (const std::size_t width : {60U, 80U, 120U}) {
    const Golden& table = golden("width_" + std::to_string(width) + ".txt");
    for (const std::string_view line : ascii::split(table.text, '\n')) {
      EXPECT_LE(display_width(line), width) << line;
    }
  }
}

TEST(Table, IsAsciiWhereTheTerminalIs) {
  const Golden& table = golden("ascii.txt");
  EXPECT_TRUE(std::all_of(table.text.begin(), table.text.end(),
                          [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST(Table, LetsNoControlCharacterThrough) {
  const Golden& table = golden("hostile.txt");
  for (const std::string_view line : ascii::split(table.text, '\n')) {
    EXPECT_EQ(escape_terminal(line, line.size() + 1), line);
  }
}

}  // namespace
}  // namespace plimsoll::test
