#include "lsp/markdown.h"

#include <gtest/gtest.h>

namespace plimsoll::lsp {
namespace {

TEST(Markdown, UntrustedTextOpensNoMarkup) {
  EXPECT_EQ(escaped("[x](http://y) <b> `z` *w*", Markup::kMarkdown),
            R"(\[x\]\(http\://y\) \<b\> \`z\` \*w\*)");
  EXPECT_EQ(escaped("a\n# b\x1b[31m", Markup::kMarkdown), R"(a\\n\# b\\x1b\[31m)");
}

TEST(Markdown, PlainTextStaysAsItIs) {
  EXPECT_EQ(escaped("*a* 'ü'", Markup::kPlain), "*a* 'ü'");
  EXPECT_EQ(bold("a", Markup::kPlain), "a");
  EXPECT_EQ(bold("a", Markup::kMarkdown), "**a**");
}

}  // namespace
}  // namespace plimsoll::lsp
