#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/limits.h"
#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

std::optional<std::string> find(const void* context, std::string_view name) {
  const auto& variables = *static_cast<const Variables*>(context);
  const auto found = variables.find(name);
  return found == variables.end() ? std::nullopt : std::optional(found->second);
}

const Variables& variables() {
  static const Variables kVariables = {{"V", "20"},       {"EMPTY", ""},
                                       {"F", "a.tar.gz"}, {"P", "/usr/local/bin"},
                                       {"U", "äöü"},      {"STAR", "a*b?c"}};
  return kVariables;
}

struct Case {
  std::string_view text;
  std::string_view want;
};
class ExpandTest : public testing::TestWithParam<Case> {};

TEST_P(ExpandTest, GivesWhatBuildKitGives) {
  const Expansion expansion = expand(GetParam().text, {&variables(), find});
  EXPECT_EQ(expansion.text, GetParam().want);
  EXPECT_TRUE(expansion.known);
}

INSTANTIATE_TEST_SUITE_P(
    Known, ExpandTest,
    testing::Values(Case{"", ""}, Case{"plain", "plain"}, Case{"a$V-b", "a20-b"},
                    Case{"${V}x", "20x"}, Case{"\"$V\"'$V'\\$V", "20$V$V"},
                    Case{"\"\\a\\\"\\\\\"", "\\a\"\\"}, Case{"a$", "a$"}, Case{"$ x", "$ x"},
                    Case{"${V:-x}${X:-x}${EMPTY:-x}${EMPTY-x}", "20xx"},
                    Case{"${V:+x}|${X:+x}|${EMPTY:+x}|${EMPTY+x}", "x|||x"},
                    Case{"${X:-${Y:-$V}}", "20"}, Case{"${X-\"}\"}", "}"},
                    Case{"${F%.*} ${F%%.*} ${F#*.} ${F##*.}", "a.tar a tar.gz gz"},
                    Case{"${P##*/} ${P%/*}", "bin /usr/local"},
                    Case{"${P/\\//:}", ":usr/local/bin"}, Case{"${P//\\//:}", ":usr:local:bin"},
                    Case{"${F/z*/x}", "a.tar.gx"}, Case{"${U%?} ${U#?} ${U//ö/o}", "äö öü äoü"},
                    Case{"${STAR%\\?c} ${STAR#*\\*}", "a*b b?c"}, Case{"${V:?gone}", "20"}));

class NotKnownTest : public testing::TestWithParam<Case> {};

TEST_P(NotKnownTest, SaysSo) {
  const Expansion expansion = expand(GetParam().text, {&variables(), find});
  EXPECT_EQ(expansion.text, GetParam().want);
  EXPECT_FALSE(expansion.known);
}

// An unset variable is empty; what BuildKit refuses stays as written.
INSTANTIATE_TEST_SUITE_P(Unset, NotKnownTest,
                         testing::Values(Case{"a$X", "a"}, Case{"a${X}b", "ab"}, Case{"${X#a}", ""},
                                         Case{"${X/a/b}", ""}));
INSTANTIATE_TEST_SUITE_P(Refused, NotKnownTest,
                         testing::Values(Case{"${X:?gone}", "${X:?gone}"}, Case{"${V", "${V"},
                                         Case{"${}", "${}"}, Case{"${V^^}", "${V^^}"},
                                         Case{"\"a", "\"a"}, Case{"'a", "'a"},
                                         Case{"${V:#x}", "${V:#x}"}, Case{"${V#\\a}", "${V#\\a}"}));

TEST(Expand, NamesWhatIsUnknownOnce) {
  const Expansion expansion = expand("$X$Y${X}${Z:-1}", {&variables(), find});
  EXPECT_EQ(expansion.unknown, (std::vector<std::string>{"X", "Y"}));
}

TEST(Expand, TakesTheEscapeCharacter) {
  EXPECT_EQ(expand("`$V\\$V", {&variables(), find}, '`').text, "$V\\20");
}

TEST(Expand, WithoutLookupEverythingIsUnset) {
  EXPECT_EQ(expand("a$V${V:-b}", {}).text, "ab");
}

std::optional<std::string> big(const void*, std::string_view) {
  return std::string(limits::kExpandedValueBytes / 4, 'a');
}

TEST(Expand, CapsTheResult) {
  const Expansion expansion = expand("$a$a$a$a$a$a", {.get = big});
  EXPECT_FALSE(expansion.known);
  EXPECT_LE(expansion.text.size(), limits::kExpandedValueBytes);
}

TEST(Expand, CapsWorkWhoseResultIsDropped) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "${a:+}";
  EXPECT_FALSE(expand(text, {.get = big}).known);
}

TEST(Expand, CapsPatternSearches) {
  EXPECT_FALSE(expand("${a##*" + std::string(2000, 'a') + "b}", {.get = big}).known);
}

TEST(Expand, CapsNesting) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "${X:-";
  EXPECT_FALSE(expand(text + std::string(100'000, '}'), {}).known);
}

}  // namespace
}  // namespace plimsoll::dockerfile
