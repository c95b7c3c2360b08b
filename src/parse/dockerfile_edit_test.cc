#include "parse/dockerfile_edit.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/splice.h"

namespace plimsoll::dockerfile {
namespace {

std::string made(const Dockerfile& file, const Edits& edits) {
  if (!edits) return "refused: " + edits.error();
  const auto plain = plain_edits(*edits);
  return plain ? splice(file.source->text(), *plain) : "contradiction";
}

struct Case {
  std::string_view name, before, after;
};
std::ostream& operator<<(std::ostream& out, const Case& each) {
  return out << each.name;
}

class AppendCommandTest : public testing::TestWithParam<Case> {};
TEST_P(AppendCommandTest, WritesItAsTheScriptIsWritten) {
  const SourceFile source("Dockerfile", std::string(GetParam().before));
  const Dockerfile file = parse(source);
  const Instruction& outer = file.instructions.back();
  const Instruction& run = outer.inner != nullptr ? *outer.inner : outer;
  EXPECT_EQ(made(file, append_command(file, run, "z")), GetParam().after);
}
INSTANTIATE_TEST_SUITE_P(
    Scripts, AppendCommandTest,
    testing::Values(
        Case{"one line", "FROM a\nRUN b\n", "FROM a\nRUN b && z\n"},
        Case{"no line end", "FROM a\nRUN b", "FROM a\nRUN b && z"},
        Case{"trailing separator", "FROM a\nRUN b;\n", "FROM a\nRUN b && z;\n"},
        Case{"leading operator", "FROM a\nRUN b \\\n  && c\n",
             "FROM a\nRUN b \\\n  && c \\\n  && z\n"},
        Case{"trailing operator, CRLF", "FROM a\r\nRUN b && \\\r\n\tc\r\n",
             "FROM a\r\nRUN b && \\\r\n\tc && \\\r\n\tz\r\n"},
        Case{"arguments on lines", "FROM a\nRUN b \\\n      c\n",
             "FROM a\nRUN b \\\n      c \\\n    && z\n"},
        Case{"escape character", "# escape=`\nFROM a\nRUN b `\n  && c\n",
             "# escape=`\nFROM a\nRUN b `\n  && c `\n  && z\n"},
        Case{"set -e", "FROM a\nRUN set -ex; \\\n\tb; \\\n\tc\n",
             "FROM a\nRUN set -ex; \\\n\tb; \\\n\tc; \\\n\tz\n"},
        Case{"set -e, which lets a failure within a list pass",
             "FROM a\nRUN set -ex; \\\n\tb; \\\n\tc && d\n",
             "FROM a\nRUN set -ex; \\\n\tb; \\\n\tc && d && \\\n\tz\n"},
        Case{"compound", "FROM a\nRUN if b; then c; fi\n", "FROM a\nRUN if b; then c; fi && z\n"},
        Case{"subshell", "FROM a\nRUN (b; c)\n", "FROM a\nRUN (b; c) && z\n"},
        Case{"dangling continuation", "FROM a\nRUN b \\\n\nCMD [\"c\"]\nRUN d \\\n  && e\n",
             "FROM a\nRUN b \\\n\nCMD [\"c\"]\nRUN d \\\n  && e \\\n  && z\n"},
        Case{"heredoc", "FROM a\nRUN <<E\nb\nc\nE\n", "FROM a\nRUN <<E\nb\nc && z\nE\n"},
        Case{"heredoc that stops at errors", "FROM a\nRUN <<-E\n\tset -e\n\tb\n\tE\n",
             "FROM a\nRUN <<-E\n\tset -e\n\tb\n\tz\n\tE\n"},
        Case{"heredoc of a command", "FROM a\nRUN cat <<E > /b\nc\nE\n",
             "refused: a heredoc belongs to one of its commands"},
        Case{"comment of the shell", "FROM a\nRUN b # c\n",
             "refused: nothing can be added to the end of its script"},
        Case{"background", "FROM a\nRUN b &\n",
             "refused: nothing can be added to the end of its script"},
        Case{"exit", "FROM a\nRUN b; exit 0\n",
             "refused: nothing can be added to the end of its script"},
        Case{"exec form", "FROM a\nRUN [\"b\"]\n", "refused: the command is a JSON array"},
        Case{"trigger", "FROM a\nONBUILD RUN b\n", "refused: it is the trigger of an ONBUILD"}));

class JoinRunsTest : public testing::TestWithParam<Case> {};
TEST_P(JoinRunsTest, MakesOneOfTwo) {
  const SourceFile source("Dockerfile", std::string(GetParam().before));
  const Dockerfile file = parse(source);
  ASSERT_EQ(file.instructions.size(), 3U);
  EXPECT_EQ(made(file, join_runs(file, file.instructions[1], file.instructions[2], "z")),
            GetParam().after);
}
INSTANTIATE_TEST_SUITE_P(
    Scripts, JoinRunsTest,
    testing::Values(Case{"one line each", "FROM a\nRUN b\nRUN c\n",
                         "FROM a\nRUN b && \\\n    c && \\\n    z\n"},
                    Case{"the same flags", "FROM a\nRUN --network=host b;\nRUN --network=host c\n",
                         "FROM a\nRUN --network=host b && \\\n    c && \\\n    z\n"},
                    Case{"comments and empty lines between, CRLF",
                         "FROM a\r\nRUN b\r\n\r\n  # d\r\n# e\r\n\r\nRUN c\r\n",
                         "FROM a\r\nRUN b && \\\r\n  # d\r\n# e\r\n    c && \\\r\n    z\r\n"},
                    Case{"leading operator", "FROM a\nRUN b \\\n  && d\nRUN c\n",
                         "FROM a\nRUN b \\\n  && d \\\n  && c \\\n  && z\n"},
                    Case{"the second's operator", "FROM a\nRUN b\nRUN c && \\\n\td\n",
                         "FROM a\nRUN b && \\\n\tc && \\\n\td && \\\n\tz\n"},
                    Case{"no line end, and a compound", "FROM a\nRUN b || d\nRUN if c; then e; fi",
                         "FROM a\nRUN b || d && \\\n    if c; then e; fi && \\\n    z"},
                    Case{"set -e", "FROM a\nRUN set -ex; b\nRUN c\n",
                         "FROM a\nRUN set -ex; b && \\\n    c && \\\n    z\n"},
                    Case{"another setting", "FROM a\nRUN set -u; b\nRUN c\n",
                         "refused: the first RUN's script changes what runs after it"},
                    Case{"a folder", "FROM a\nRUN cd b && d\nRUN c\n",
                         "refused: the first RUN's script changes what runs after it"},
                    Case{"a variable", "FROM a\nRUN b=d; e\nRUN c\n",
                         "refused: the first RUN's script changes what runs after it"},
                    Case{"what runs after an error", "FROM a\nRUN b\nRUN c; d\n",
                         "refused: a part of the second RUN would run after an error in the first"},
                    Case{"other flags", "FROM a\nRUN b\nRUN --network=none c\n",
                         "refused: the two RUNs have different flags"},
                    Case{"a heredoc", "FROM a\nRUN b\nRUN <<E\nc\nE\n",
                         "refused: one of the two RUNs is no plain script"},
                    Case{"exec form", "FROM a\nRUN [\"b\"]\nRUN c\n",
                         "refused: one of the two RUNs is no plain script"}));

TEST(DockerfileEdit, RemovesAWordWithWhatHeldIt) {
  const auto without = [](std::string_view text) {
    const SourceFile source("Dockerfile", std::string(text));
    const Dockerfile file = parse(source);
    const auto at = static_cast<std::uint32_t>(text.find("-k"));
    return made(file, remove_word(file, {at, at + 2}));
  };
  EXPECT_EQ(without("FROM a\nRUN b  -k c\n"), "FROM a\nRUN b c\n");
  EXPECT_EQ(without("FROM a\nRUN b -k\n"), "FROM a\nRUN b\n");
  EXPECT_EQ(without("FROM a\nRUN b \\\r\n  -k \\\r\n  c\r\n"), "FROM a\nRUN b \\\r\n  c\r\n");
  EXPECT_EQ(without("FROM a\nRUN b \\\n  -k c\n"), "FROM a\nRUN b \\\n  c\n");
  EXPECT_EQ(without("FROM a\nRUN b \\\n  -k\n"), "FROM a\nRUN b\n");
  EXPECT_EQ(without("FROM a\nRUN b \\\n# c\n  -k\n"), "refused: it stands alone on its line");
}

TEST(DockerfileEdit, InsertsAboveTheCommentsOfTheNextInstruction) {
  const SourceFile source("Dockerfile", "FROM a\r\n\r\n# why\r\n# so\r\nCMD b\r\n");
  const Dockerfile file = parse(source);
  EXPECT_EQ(made(file, std::vector<Edit>{insert_before(file, file.instructions[1], {"USER 1"})}),
            "FROM a\r\n\r\nUSER 1\r\n\r\n# why\r\n# so\r\nCMD b\r\n");
}

TEST(DockerfileEdit, InsertsBelowAHeredocAndAtAnEndWithoutLineEnd) {
  const SourceFile heredoc("Dockerfile", "FROM a\nRUN <<E\nb\nE\n# c\nCMD d\n");
  const Dockerfile one = parse(heredoc);
  EXPECT_EQ(made(one, std::vector<Edit>{insert_after(one, one.instructions[1], {"USER 1"})}),
            "FROM a\nRUN <<E\nb\nE\nUSER 1\n# c\nCMD d\n");
  const SourceFile end("Dockerfile", "FROM a\nRUN b");
  const Dockerfile other = parse(end);
  EXPECT_EQ(made(other, std::vector<Edit>{insert_after(other, other.instructions[1], {"A", "B"})}),
            "FROM a\nRUN b\nA\nB");
}

TEST(DockerfileEdit, AppendsToTheLastInstructionBeforeWhatIsInsertedBelowIt) {
  const SourceFile source("Dockerfile", "FROM a\nRUN b");
  const Dockerfile file = parse(source);
  std::vector<Edit> edits{insert_after(file, file.instructions[1], {"USER 1"})};
  edits.push_back(append_command(file, file.instructions[1], "z")->front());
  EXPECT_EQ(made(file, edits), "FROM a\nRUN b && z\nUSER 1");
}

TEST(DockerfileEdit, TakesAnEscapeCharacterAwayThatWouldContinueIntoTheNewInstruction) {
  const SourceFile source("Dockerfile", "FROM a\nRUN b \\\n  ");
  const Dockerfile file = parse(source);
  EXPECT_EQ(made(file, std::vector<Edit>{insert_after(file, file.instructions[1], {"USER 1"})}),
            "FROM a\nRUN b\nUSER 1\n");
}

TEST(DockerfileEdit, KeepsDirectivesFirst) {
  const SourceFile source("Dockerfile", "# escape=`\nFROM a\n");
  const Dockerfile file = parse(source);
  EXPECT_EQ(made(file, std::vector<Edit>{insert_before(file, file.instructions[0], {"ARG B"})}),
            "# escape=`\nARG B\nFROM a\n");
}

TEST(DockerfileEdit, RemovesAnInstructionWithItsLinesAndHeredoc) {
  const SourceFile source("Dockerfile", "FROM a\n# b\nRUN <<E\nc\nE\nCMD d \\\n  e");
  const Dockerfile file = parse(source);
  EXPECT_EQ(made(file, remove_instruction(file, file.instructions[1])),
            "FROM a\n# b\nCMD d \\\n  e");
  EXPECT_EQ(made(file, remove_instruction(file, file.instructions[2])),
            "FROM a\n# b\nRUN <<E\nc\nE\n");
}

TEST(DockerfileEdit, SpellsKeywordsAsTheFileDoes) {
  const SourceFile lower("Dockerfile", "from a\n");
  EXPECT_EQ(spelled(parse(lower), Keyword::kUser), "user");
  const SourceFile upper("Dockerfile", "FROM a\n");
  EXPECT_EQ(spelled(parse(upper), Keyword::kUser), "USER");
}

}  // namespace
}  // namespace plimsoll::dockerfile
