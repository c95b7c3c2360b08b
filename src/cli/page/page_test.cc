#include "cli/page/page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace plimsoll::cli::page {
namespace {

constexpr Sample kSamples[] = {{"plimsoll odd --as 'a\\b' | cat", "Use `odd` *twice*"}};
constexpr Status kStatuses[] = {{Exit::kClean, "nothing | anything"}};

/// A command whose texts hold what each kind of page could misread.
Page odd_page() {
  Page page;
  page.name = "plimsoll odd";
  page.title = "Judge *odd* [things]";
  page.synopsis = "plimsoll odd [OPTION...]";
  page.about = ".first of all, C:\\dir and <tags>\n\n'quoted' `a-b \\n` end";
  Entry option;
  option.names = {"-a", "--as"};
  option.type_name = "FILE";
  option.text = "Write a_b | c to `x-y`";
  option.fallback = "out";
  page.options.push_back(option);
  page.samples = kSamples;
  page.statuses = kStatuses;
  return page;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Markdown, EscapesProseAndKeepsWhatIsTyped) {
  const std::string text = to_markdown(odd_page());
  EXPECT_TRUE(has(text, "Judge \\*odd\\* \\[things\\].")) << text;
  EXPECT_TRUE(has(text, "C:\\\\dir and \\<tags\\>")) << text;
  EXPECT_TRUE(has(text, "`a-b \\n` end")) << text;
  EXPECT_TRUE(has(text, "- `-a, --as FILE`: Write a\\_b \\| c to `x-y`. Default: `out`.")) << text;
  EXPECT_TRUE(has(text, "```\nplimsoll odd --as 'a\\b' | cat\n```")) << text;
  EXPECT_TRUE(has(text, "| 0 | nothing \\| anything |")) << text;
}

TEST(Roff, TakesNoTextForARequest) {
  for (const std::string& line : lines_of(to_roff(odd_page(), "2026-01-02"))) {
    if (line.empty() || (line[0] != '.' && line[0] != '\'')) continue;
    const std::string macro = line.substr(0, line.find(' '));
    EXPECT_TRUE(macro == ".TH" || macro == ".SH" || macro == ".PP" || macro == ".TP" ||
                macro == ".EX" || macro == ".EE" || macro == ".RS" || macro == ".RE" ||
                macro == ".BR" || macro == ".SS")
        << line;
  }
}

TEST(Roff, EscapesBackslashesAndTypedHyphens) {
  const std::string text = to_roff(odd_page(), "2026-01-02");
  EXPECT_TRUE(has(text, "\\&.first of all, C:\\edir")) << text;
  EXPECT_TRUE(has(text, "\\&'quoted' \\fBa\\-b \\en\\fR end")) << text;
  EXPECT_TRUE(has(text, "\\fB\\-a\\fR, \\fB\\-\\-as\\fR \\fIFILE\\fR")) << text;
  EXPECT_TRUE(has(text, "\\(aqa\\eb\\(aq | cat")) << text;
  EXPECT_TRUE(has(text, "\"2026-01-02\"")) << text;
}

TEST(Page, WhatIsNotTheCommandsOwnStandsUnderItsHeading) {
  Page page = odd_page();
  Entry shared;
  shared.names = {"--json"};
  shared.heading = "Report";
  page.options.insert(page.options.begin(), shared);
  const std::string help = to_help(page, 80);
  EXPECT_LT(help.find("\nOptions:\n  -a"), help.find("\nReport:\n  --json")) << help;
  EXPECT_TRUE(has(to_markdown(page), "\n## Report\n\n- `--json`"));
  EXPECT_TRUE(has(to_roff(page, "2026-01-02"), "\n.SS Report\n.TP\n"));
}

TEST(Help, FitsTheWidth) {
  Page page = odd_page();
  page.about = std::string(300, 'a') + ' ' + page.about;
  for (int i = 0; i < 50; ++i) page.options[0].text += " and more words";
  for (const std::string& line : lines_of(to_help(page, 70))) {
    EXPECT_TRUE(line.size() <= 70 || line.find(' ') == std::string::npos) << line;
  }
}

TEST(Help, SaysTheWordsThatTheTypeNameDoesNot) {
  Page page = odd_page();
  page.options[0].type_name = "SEVERITY";
  page.options[0].values = values_of("SEVERITY");
  EXPECT_TRUE(has(to_help(page, 100), "One of critical, high, medium, low, info."));
  page.options[0].type_name = "table|json";
  page.options[0].values = values_of("table|json");
  EXPECT_FALSE(has(to_help(page, 100), "One of"));
}

}  // namespace
}  // namespace plimsoll::cli::page
