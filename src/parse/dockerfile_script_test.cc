#include "parse/dockerfile_script.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace plimsoll::dockerfile {
namespace {

/// Keeps the file that a tree points into.
struct Parsed {
  explicit Parsed(std::string text) : source("Dockerfile", std::move(text)), file(parse(source)) {}
  [[nodiscard]] const Instruction& last() const { return file.instructions.back(); }

  SourceFile source;
  Dockerfile file;
};

TEST(DockerfileScript, ShellFormIsTheArguments) {
  const Parsed parsed("FROM a\nRUN --network=none apt-get update \\\n  && apt-get install x\n");
  const Instruction& run = parsed.last();
  EXPECT_EQ(run.script_text.text, "apt-get update   && apt-get install x");
  ASSERT_EQ(run.script.commands.size(), 2U);
  EXPECT_EQ(run.script.commands[1].name(), "apt-get");
  EXPECT_EQ(parsed.source.slice(run.source(run.script.commands[1].span)), "apt-get install x");
}

TEST(DockerfileScript, AnEmptyCommandRunsTheHeredoc) {
  const Parsed parsed("FROM a\nRUN <<EOF\nfirst one\nsecond\nEOF\n");
  const Instruction& run = parsed.last();
  EXPECT_EQ(run.script_text.text, "first one\nsecond\n");
  ASSERT_EQ(run.script.commands.size(), 2U);
  EXPECT_EQ(run.script.commands[1].name(), "second");
  EXPECT_EQ(parsed.source.slice(run.source(run.script.commands[1].span)), "second");
}

TEST(DockerfileScript, AHeredocWithTabsKeepsItsShebang) {
  const Parsed parsed("FROM a\nRUN <<-EOF\n\t#!/usr/bin/python3\n\timport os\n\tEOF\n");
  EXPECT_EQ(parsed.last().script_text.text, "#!/usr/bin/python3\n\timport os\n");
  EXPECT_FALSE(parsed.last().script.understood);
}

TEST(DockerfileScript, AShellReadsTheHeredoc) {
  for (const std::string line : {"bash <<EOF", "<<EOF sh -e", "/bin/bash -euo pipefail <<'EOF'",
                                 "bash -s a b << EOF", "sh 0<<EOF", "bash --noprofile - <<EOF"}) {
    const Parsed parsed("FROM a\nRUN " + line + "\nbody\nEOF\n");
    EXPECT_EQ(parsed.last().script_text.text, "body\n") << line;
  }
}

TEST(DockerfileScript, OtherProgramsGetTheHeredocAsData) {
  for (const std::string line :
       {"cat <<EOF > /x", "python3 <<EOF", "bash x.sh <<EOF", "bash -c 'cat' <<EOF", "sh 3<<EOF",
        "bash <<EOF | tee x", "<<EOF cat", "bash -o <<EOF"}) {
    const Parsed parsed("FROM a\nRUN " + line + "\nbody\nEOF\n");
    EXPECT_EQ(parsed.last().script_text.text, line) << line;
  }
}

TEST(DockerfileScript, PipefailOfTheShellHoldsForItsHeredoc) {
  const Parsed with("FROM a\nRUN bash -eo pipefail <<EOF\na | b\nEOF\n");
  EXPECT_EQ(with.last().script.pipefail_from, 0U);
  const Parsed without("FROM a\nRUN bash -e <<EOF\na | b\nEOF\n");
  EXPECT_EQ(without.last().script.pipefail_from, UINT32_MAX);
}

TEST(DockerfileScript, ExecFormIsOneCommand) {
  const Parsed parsed(
      "FROM a\nCMD [\"/bin/x\", \"a b\", \"$HOME\", \"it's\", \"\\u0041\", \"'$'\"]\n");
  const Instruction& cmd = parsed.last();
  EXPECT_EQ(cmd.script_text.text, "'/bin/x' 'a b' '$HOME' \"it's\" 'A' ''\\''$'\\'''");
  ASSERT_EQ(cmd.script.commands.size(), 1U);
  const auto& words = cmd.script.commands[0].words;
  ASSERT_EQ(words.size(), 6U);
  EXPECT_EQ(words[2].value, "$HOME");
  EXPECT_FALSE(words[2].expands);
  EXPECT_EQ(words[3].value, "it's");
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(cmd.source(words[i].span), cmd.words[i].span) << i;
  }
}

TEST(DockerfileScript, ExecFormOfAShellHoldsItsScript) {
  const Parsed parsed("FROM a\nCMD [\"sh\", \"-c\", \"one && two x\"]\n");
  const auto& commands = parsed.last().script.commands;
  ASSERT_EQ(commands.size(), 3U);
  EXPECT_EQ(commands[2].name(), "two");
  EXPECT_EQ(parsed.source.slice(parsed.last().source(commands[2].span)), "two x");
}

TEST(DockerfileScript, ExecFormAcrossLines) {
  const Parsed parsed("FROM a\nCMD [\"x\", \\\n  \"y z\"]\n");
  const Instruction& cmd = parsed.last();
  EXPECT_EQ(cmd.script_text.text, "'x' 'y z'");
  EXPECT_EQ(parsed.source.slice(cmd.script_text.source(Span{4, 9})), "\"y z\"");
}

TEST(DockerfileScript, InnerInstructionsHaveTheirOwn) {
  const Parsed parsed("FROM a\nHEALTHCHECK CMD curl x || exit 1\nONBUILD RUN <<E\nmake\nE\n");
  EXPECT_EQ(parsed.file.instructions[1].inner->script_text.text, "curl x || exit 1");
  EXPECT_EQ(parsed.file.instructions[1].inner->script.commands.size(), 2U);
  EXPECT_EQ(parsed.last().inner->script_text.text, "make\n");
}

struct DialectCase {
  std::string_view text;
  bool understood;
};
class DialectTest : public testing::TestWithParam<DialectCase> {};

TEST_P(DialectTest, DecidesWhetherTheLastCommandIsUnderstood) {
  const Parsed parsed{std::string(GetParam().text)};
  EXPECT_EQ(parsed.last().script.understood, GetParam().understood);
}

INSTANTIATE_TEST_SUITE_P(
    Shells, DialectTest,
    testing::Values(
        DialectCase{"FROM a\nRUN x\n", true},
        DialectCase{"FROM a\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN x\n", true},
        DialectCase{"FROM a\nSHELL [\"powershell\", \"-Command\"]\nRUN x\n", false},
        DialectCase{"FROM a\nSHELL [\"powershell\"]\nRUN [\"x\"]\n", true},
        DialectCase{"FROM a\nSHELL [\"pwsh\"]\nFROM b\nRUN x\n", true},
        DialectCase{"FROM a AS p\nSHELL [\"pwsh\"]\nFROM P\nRUN x\n", false},
        DialectCase{"FROM a AS p\nSHELL [\"pwsh\"]\nFROM b\nFROM p\nSHELL [\"sh\"]\nRUN x\n", true},
        DialectCase{"FROM mcr.microsoft.com/windows/nanoserver:x\nRUN x\n", false},
        DialectCase{"FROM golang:1-WindowsServerCore\nRUN x\n", false},
        DialectCase{"FROM --platform=windows/amd64 a\nRUN x\n", false},
        DialectCase{"ARG B=servercore\nFROM $B\nRUN x\n", false},
        DialectCase{"FROM servercore AS w\nFROM w\nCMD x\n", false},
        DialectCase{"FROM servercore\nSHELL [\"bash\", \"-c\"]\nENTRYPOINT x\n", true}));

}  // namespace
}  // namespace plimsoll::dockerfile
