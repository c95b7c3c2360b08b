#include "image/binary/go_functions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/fingerprint.h"
#include "image/binary/sample_elf.h"

namespace plimsoll::image {
namespace {

struct NameCase {
  const char* linked;
  const char* name;
  std::size_t path_size;
};
constexpr NameCase kNames[] = {
    {"net/http.Get", "net/http.Get", 8},
    {"golang.org/x/text/language.(*Decoder).Decode", "golang.org/x/text/language.Decoder.Decode",
     26},
    {"golang.org/x/text/language.Tag.String", "golang.org/x/text/language.Tag.String", 26},
    {"gopkg.in/yaml%2ev3.(*parser).peek", "gopkg.in/yaml.v3.parser.peek", 16},
    {"slices.SortFunc[go.shape.[]a/b.T,c/d.E]", "slices.SortFunc", 6},
    {"a.b/c.F[...].func1", "a.b/c.F.func1", 5},
    {"type:.eq.[2]string", "type:.eq.string", 0},
    {"go:buildid", "go:buildid", 0},
    {"_cgo_topofstack", "_cgo_topofstack", 0},
    {"", "", 0},
    {"a%zz.F", "a%zz.F", 4},
    {"[[[", "", 0},
};

TEST(GoFunctions, NamesAreAsAdvisoriesHaveThem) {
  for (const NameCase& each : kNames) {
    const GoFunction function = go_function_of(each.linked);
    EXPECT_EQ(function.name, each.name) << each.linked;
    EXPECT_EQ(function.path_size, each.path_size) << each.linked;
  }
}

std::string number(std::uint64_t value, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(value >> (8 * i) & 0xffU);
  return text;
}

/// The table that Go's linker writes, as far as names go.
std::string table(std::uint32_t magic, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + '\0';
  const bool has_start = magic != 0xfffffffa;
  const std::size_t header = 8 + 8 * (has_start ? 8 : 7);
  std::string out = number(magic, 4) + std::string("\0\0\1\x08", 4) + number(names.size(), 8) +
                    number(0, 8) + (has_start ? number(0x1000, 8) : "") + number(header, 8) +
                    number(header + text.size(), 8);
  out.resize(header, '\0');
  return out + text;
}

std::vector<Package> packages_of(const std::string& table, const std::string& section,
                                 const std::vector<std::string>& modules) {
  std::vector<Package> packages;
  for (const std::string& module : modules) packages.push_back({.name = module, .ecosystem = "Go"});
  const std::string bytes = SampleElf{.sections = {{section, table}}}.bytes();
  const auto file = ElfFile::parse(FileRanges(bytes));
  EXPECT_TRUE(file);
  add_go_functions(*file, "example.org/app", packages);
  return packages;
}

bool has(const Package& package, std::string_view function) {
  return std::binary_search(package.functions.begin(), package.functions.end(),
                            short_fingerprint(function));
}

class GoTable : public testing::TestWithParam<std::uint32_t> {};
TEST_P(GoTable, GivesEachModuleItsFunctions) {
  const auto packages = packages_of(
      table(GetParam(),
            {"runtime.main", "net/http.Get", "main.run", "golang.org/x/text/language.(*Tag).Parse",
             "golang.org/x/text/unicode/norm.Form.Bytes", "example.org/app/inner.F"}),
      ".gopclntab", {"stdlib", "example.org/app", "golang.org/x/text", "a.org/unseen"});
  EXPECT_TRUE(has(packages[0], "net/http.Get"));
  EXPECT_TRUE(has(packages[0], "net/http.*"));
  EXPECT_FALSE(has(packages[0], "net/http.Post"));
  EXPECT_TRUE(packages[1].functions.empty());
  EXPECT_TRUE(has(packages[2], "golang.org/x/text/language.Tag.Parse"));
  EXPECT_TRUE(has(packages[2], "golang.org/x/text/unicode/norm.*"));
  EXPECT_FALSE(has(packages[2], "golang.org/x/text/cases.*"));
  EXPECT_TRUE(packages[3].functions.empty()) << "nothing is claimed of what is not seen";
}
INSTANTIATE_TEST_SUITE_P(Versions, GoTable, testing::Values(0xfffffffaU, 0xfffffff0U, 0xfffffff1U));

TEST(GoFunctions, OfAPositionIndependentProgramToo) {
  const auto packages = packages_of(table(0xfffffff1, {"runtime.main", "net/http.Get"}),
                                    ".data.rel.ro.gopclntab", {"stdlib"});
  EXPECT_TRUE(has(packages[0], "net/http.Get"));
}

TEST(GoFunctions, WhatDoesNotTellClaimsNothing) {
  struct Silent {
    const char* why;
    std::string table;
  };
  const std::string good = table(0xfffffff1, {"runtime.main", "net/http.Get"});
  std::string outside = good;
  outside.replace(8 + 4 * 8, 8, number(1U << 30U, 8));
  const Silent kSilent[] = {
      {"of Go 1.12", table(0xfffffffb, {"runtime.main", "net/http.Get"})},
      {"garbled names", table(0xfffffff1, {"x1.y2", "net/http.Get"})},
      {"cut", good.substr(0, 20)},
      {"leads outside", outside},
      {"empty", ""},
  };
  for (const Silent& each : kSilent) {
    EXPECT_TRUE(packages_of(each.table, ".gopclntab", {"stdlib"})[0].functions.empty()) << each.why;
  }
}

}  // namespace
}  // namespace plimsoll::image
