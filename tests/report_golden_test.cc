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
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/escape.h"
#include "vulnerability_golden.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(PLIMSOLL_SOURCE_DIR) / "tests/golden/report";

std::vector<Golden> all_goldens() {
  std::vector<Golden> all = report_goldens();
  for (Golden& each : vulnerability_goldens()) all.push_back(std::move(each));
  return all;
}

const Golden& golden(std::string_view name) {
  static const std::vector<Golden> goldens = all_goldens();
  return *std::find_if(goldens.begin(), goldens.end(),
                       [name](const Golden& g) { return g.name == name; });
}

TEST(Table, LooksAsItsGoldenFiles) {
  std::set<std::string> known;
  for (const Golden& golden : all_goldens()) {
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

/// Nothing is markup between backquotes.
std::string without_code(std::string_view markdown) {
  std::string out;
  bool is_code = false;
  char before = 0;
  for (const char c : markdown) {
    if (c == '`' && before != '\\') is_code = !is_code;
    if (!is_code) out += c;
    before = c;
  }
  return out;
}

TEST(Vulnerabilities, LetNoControlCharacterThrough) {
  for (const Golden& each : vulnerability_goldens()) {
    for (const char c : each.text) {
      const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
      // RFC 4180 ends its lines with both.
      const bool is_line_end = c == '\n' || (c == '\r' && each.name.ends_with(".csv"));
      ASSERT_TRUE(!is_control || is_line_end) << each.name << ": " << static_cast<int>(c);
    }
  }
}

TEST(Vulnerabilities, KeepHostileTextInItsPlace) {
  const std::string markdown = without_code(golden("vulnerable_hostile.md").text);
  for (const std::string_view markup : {"<img", "](javascript:", "@team", " #1", "\n::error"}) {
    EXPECT_EQ(markdown.find(markup), std::string::npos) << markup;
  }
  for (const std::string_view line :
       ascii::split(golden("vulnerable_hostile.github.txt").text, '\n')) {
    EXPECT_TRUE(line.empty() || line.starts_with("::")) << line;
    EXPECT_FALSE(line.starts_with("::error::x")) << line;
  }
  for (const std::string_view name :
       {"vulnerable_hostile.junit.xml", "vulnerable_hostile.cdx.xml"}) {
    EXPECT_EQ(golden(name).text.find("</script"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace plimsoll::test
