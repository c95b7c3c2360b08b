#include "image/beam_term.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::image {
namespace {

std::string dump(const BeamTerms& terms, const BeamTerm& term) {  // NOLINT(misc-no-recursion)
  if (!term.is_group) return std::string(term.text);
  std::string text = "(";
  for (std::size_t i = 0; i < term.items.size(); ++i) {
    text += (i == 0 ? "" : " ") + dump(terms, *terms.item(term, i));
  }
  return text + ')';
}

TEST(BeamTerm, ReadsBothLanguagesAlike) {
  struct Case {
    const char *source, *want;
  };
  for (const Case& each : {
           Case{R"(%{ "a": {:hex, :a, "1.0", [hex: :b]}, })", "((a (hex a 1.0 (hex b))))"},
           Case{R"(%{"a" => {:git, "https://x/y", "0f"}})", "((a (git https://x/y 0f)))"},
           Case{"{\"1.2.0\",[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1\">>},0}]}.\n[{h,1}].",
                "((1.2.0 ((a (pkg a 1) 0))) ((h 1)))"},
           Case{"% comment {\n[].", "(())"},
           Case{"# comment {\n%{}", "(())"},
           Case{R"(["a\"}b"])", R"(((a\"}b)))"},
           Case{"", "()"},
       }) {
    const auto terms = parse_beam_terms(each.source);
    ASSERT_TRUE(terms) << each.source;
    std::string want = each.want;
    EXPECT_EQ(dump(*terms, terms->root()), want) << each.source;
  }
}

TEST(BeamTerm, RejectsWhatDoesNotMatch) {
  for (const char* source : {"{", "]", "{]", "[\"a"}) {
    const auto terms = parse_beam_terms(source);
    ASSERT_FALSE(terms) << source;
    EXPECT_EQ(terms.error().code, ErrorCode::kInvalid);
  }
}

TEST(BeamTerm, StopsAtADepth) {
  const auto terms = parse_beam_terms(std::string(100'000, '['));
  ASSERT_FALSE(terms);
  EXPECT_EQ(terms.error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace plimsoll::image
