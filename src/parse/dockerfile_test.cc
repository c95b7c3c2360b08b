#include "parse/dockerfile.h"

#include <gtest/gtest.h>

#include <string>

#include "core/limits.h"
#include "parse/dockerfile_invariants.h"

namespace plimsoll::dockerfile {
namespace {

struct Case {
  std::string_view name;
  std::string text;
  std::string want;
};

class DockerfileTest : public testing::TestWithParam<Case> {};

TEST_P(DockerfileTest, ReadsAsBuildKit) {
  const SourceFile source("Dockerfile", GetParam().text);
  const Dockerfile file = parse(source);
  EXPECT_EQ(dump(file), GetParam().want);
  EXPECT_EQ(broken_invariant(file), "");
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  return std::string(info.param.name);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, DockerfileTest,
    testing::Values(
        Case{"AnyCase", "from a as b\nRuN x\n", "0 FROM ⟨a⟩ ⟨as⟩ ⟨b⟩\n0 RUN x\nstage 0 ⟨a⟩ as b\n"},
        Case{"Continuation", "FROM a\nRUN one \\\n  two \\ \t\n three\n",
             "0 FROM ⟨a⟩\n0 RUN one   two  three\nstage 0 ⟨a⟩\n"},
        Case{"CommentsAndBlanksInside", "FROM a\nRUN one \\\n # why\n\n  two\n",
             "0 FROM ⟨a⟩\n0 RUN one   two\nstage 0 ⟨a⟩\n"},
        Case{"EscapedEscapeEndsTheLine", "FROM a\nRUN one \\\\\nRUN two\n",
             "0 FROM ⟨a⟩\n0 RUN one \\\\\n0 RUN two\nstage 0 ⟨a⟩\n"},
        Case{"ContinuationAtTheEnd", "FROM a\nRUN x \\", "0 FROM ⟨a⟩\n0 RUN x\nstage 0 ⟨a⟩\n"},
        Case{"ContinuationAtTheEndBeforeComments", "FROM a\nRUN x \\\n\n# c\n",
             "0 FROM ⟨a⟩\n0 RUN x\nstage 0 ⟨a⟩\n"},
        Case{"ContinuationBeforeTheKeyword", "\\\n FROM a\n", "0 FROM ⟨a⟩\nstage 0 ⟨a⟩\n"},
        Case{"ContinuationInsideTheKeyword", "FR\\\nOM a\n", "0 FROM ⟨a⟩\nstage 0 ⟨a⟩\n"},
        Case{"LoneContinuation", "FROM a\n\\\n",
             "0 FROM ⟨a⟩\nstage 0 ⟨a⟩\nproblem: line continuation that continues nothing\n"},
        Case{"CrLf", "FROM a\r\nRUN x \\\r\n  y\r\nENV A=b\r\n",
             "0 FROM ⟨a⟩\n0 RUN x   y\n0 ENV A=⟨b⟩\nstage 0 ⟨a⟩\n"},
        Case{"ByteOrderMark",
             "\xEF\xBB\xBF"
             "FROM a\n",
             "0 FROM ⟨a⟩\nstage 0 ⟨a⟩\n"},
        Case{"NoBreakSpaceHidesNothing",
             "\xC2\xA0"
             "FROM a\n\xE3\x80\x80RUN x\xC2\xA0\n",
             "0 FROM ⟨a⟩\n0 RUN x\nstage 0 ⟨a⟩\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Directives, DockerfileTest,
    testing::Values(
        Case{"AllThree", "# syntax=a/b:1\n#escape = `\n# CHECK=skip=all \nFROM a\nRUN x `\n y\n",
             "# syntax=a/b:1\n# escape=`\n# check=skip=all\n0 FROM ⟨a⟩\n0 RUN x  y\nstage 0 ⟨a⟩\n"},
        Case{"OnlyBeforeComments", "# hello\n# escape=`\nFROM a\nRUN x `\n",
             "0 FROM ⟨a⟩\n0 RUN x `\nstage 0 ⟨a⟩\n"},
        Case{"OnlyBeforeBlankLines", "\n# syntax=x\nFROM a\n", "0 FROM ⟨a⟩\nstage 0 ⟨a⟩\n"},
        Case{"UnknownOnesAreComments", "# sintax=x\n# syntax=x\nFROM a\n",
             "0 FROM ⟨a⟩\nstage 0 ⟨a⟩\n"},
        Case{"BadEscape", "# escape=x\nFROM a\n",
             "# escape=x\n0 FROM ⟨a⟩\nstage 0 ⟨a⟩\n"
             "problem: the escape character must be \\ or `, not 'x'\n"},
        Case{"Twice", "# syntax=x\n# syntax=y\nFROM a\n",
             "# syntax=x\n0 FROM ⟨a⟩\nstage 0 ⟨a⟩\nproblem: a second 'syntax' directive\n"},
        Case{"AfterShebang", "#!/usr/bin/x\n# syntax=y\n# escape=`\nFROM a\nRUN x `\n",
             "# syntax=y\n# escape=`\n0 FROM ⟨a⟩\n0 RUN x `\nstage 0 ⟨a⟩\n"
             "problem: an escape directive after a '#!' line has no effect\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Arguments, DockerfileTest,
    testing::Values(
        Case{"ExecForm", "FROM a\nCMD [\"a b\", \"\\u00e9\\ud83d\\ude00\\n\"]\nRUN []\n",
             "0 FROM ⟨a⟩\n0 CMD exec ⟨a b⟩ ⟨é😀\n⟩\n0 RUN exec []\nstage 0 ⟨a⟩\n"},
        Case{"SingleQuotesAreShellForm", "FROM a\nCMD ['a']\nCMD [\"a\"] b\nRUN [ -f x ]\n",
             "0 FROM ⟨a⟩\n0 CMD ['a']\n0 CMD [\"a\"] b\n0 RUN [ -f x ]\nstage 0 ⟨a⟩\n"},
        Case{"ArrayOfNumbers", "FROM a\nCMD [\"a\", -1.5e3]\n",
             "0 FROM ⟨a⟩\n0 CMD [\"a\", -1.5e3]\nstage 0 ⟨a⟩\n"
             "problem: a JSON array here must hold strings only\n"},
        Case{"CopyWords", "FROM a\nCOPY \"a b\" c'd' /x\nCOPY [\"a b\", \"/x\"]\nCOPY it's /x\n",
             "0 FROM ⟨a⟩\n0 COPY ⟨a b⟩ ⟨cd⟩ ⟨/x⟩\n0 COPY exec ⟨a b⟩ ⟨/x⟩\n"
             "0 COPY ⟨it's⟩ ⟨/x⟩\nstage 0 ⟨a⟩\n"},
        Case{"Env", "FROM a\nENV A=b C=\"d e\" E=f\\ g H='$x'\"\\$y\" I=\nENV k a \"b\"  c\n",
             "0 FROM ⟨a⟩\n0 ENV A=⟨b⟩ C=⟨d e⟩ E=⟨f g⟩ H=⟨$x$y⟩ I=⟨⟩\n0 ENV k ⟨a b  c⟩\n"
             "stage 0 ⟨a⟩\n"},
        Case{"NestedVariablesStayAsWritten", "FROM a\nENV A=\"x${B:-'y}'}z\"\n",
             "0 FROM ⟨a⟩\n0 ENV A=⟨x${B:-'y}'}z⟩\nstage 0 ⟨a⟩\n"},
        Case{"Label", "FROM a\nLABEL \"a b\"=\"c\" d=e\n",
             "0 FROM ⟨a⟩\n0 LABEL a b=⟨c⟩ d=⟨e⟩\nstage 0 ⟨a⟩\n"},
        Case{"Arg", "FROM a\nARG A B=c D=\"e f\"\n",
             "0 FROM ⟨a⟩\n0 ARG A B=⟨c⟩ D=⟨e f⟩\nstage 0 ⟨a⟩\n"},
        Case{"Flags",
             "FROM a\nRUN --mount=type=bind,target=\"/a b\" --x --network=none y --z\n"
             "COPY --link -- --odd /x\n",
             "0 FROM ⟨a⟩\n0 RUN --mount=⟨type=bind,target=/a b⟩ --x --network=⟨none⟩ y --z\n"
             "0 COPY --link ⟨--odd⟩ ⟨/x⟩\nstage 0 ⟨a⟩\n"},
        Case{"Healthcheck",
             "FROM a\nHEALTHCHECK --interval=5s cmd [\"x\"]\nHEALTHCHECK CMD x || y\n"
             "HEALTHCHECK NONE\n",
             "0 FROM ⟨a⟩\n0 HEALTHCHECK --interval=⟨5s⟩ CMD exec ⟨x⟩\n0 HEALTHCHECK CMD x || y\n"
             "0 HEALTHCHECK ?NONE\nstage 0 ⟨a⟩\n"},
        Case{"Onbuild", "FROM a\nONBUILD copy --from=b . /x\n",
             "0 FROM ⟨a⟩\n0 ONBUILD COPY --from=⟨b⟩ ⟨.⟩ ⟨/x⟩\nstage 0 ⟨a⟩\n"},
        Case{"Expose", "FROM a\nEXPOSE 80  443/tcp\n",
             "0 FROM ⟨a⟩\n0 EXPOSE ⟨80⟩ ⟨443/tcp⟩\nstage 0 ⟨a⟩\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Heredocs, DockerfileTest,
    testing::Values(
        Case{"Run", "FROM a\nRUN <<EOF\nx\n y\nEOF\nRUN z\n",
             "0 FROM ⟨a⟩\n0 RUN <<EOF <<EOF{x\n y\n}\n0 RUN z\nstage 0 ⟨a⟩\n"},
        Case{"Several", "FROM a\nCOPY <<A <<\"B\" /x\n1\nB\nA\n2\nB\n",
             "0 FROM ⟨a⟩\n0 COPY ⟨<<A⟩ ⟨<<B⟩ ⟨/x⟩ <<A{1\nB\n} <<'B'{2\n}\nstage 0 ⟨a⟩\n"},
        Case{"StripTabs", "FROM a\nRUN <<-'E'\n\tx\n\t\tE\n",
             "0 FROM ⟨a⟩\n0 RUN <<-'E' <<-'E'{\tx\n}\nstage 0 ⟨a⟩\n"},
        Case{"Descriptor", "FROM a\nRUN 3<<E\nx\nE\n",
             "0 FROM ⟨a⟩\n0 RUN 3<<E <<E{x\n}\nstage 0 ⟨a⟩\n"},
        Case{"BlanksBeforeTheName", "FROM a\nRUN <<  E  > f\nx\nE\n",
             "0 FROM ⟨a⟩\n0 RUN <<  E  > f <<E{x\n}\nstage 0 ⟨a⟩\n"},
        Case{"QuotedNameWithABlank", "FROM a\nRUN <<'one two'\nx\none two\n",
             "0 FROM ⟨a⟩\n0 RUN <<'one two' <<'one two'{x\n}\nstage 0 ⟨a⟩\n"},
        Case{"HereStringIsNone", "FROM a\nRUN cat <<<EOF\nRUN x\n",
             "0 FROM ⟨a⟩\n0 RUN cat <<<EOF\n0 RUN x\nstage 0 ⟨a⟩\n"},
        Case{"QuotedIsNone", "FROM a\nRUN echo \"<<EOF\"\nRUN x\n",
             "0 FROM ⟨a⟩\n0 RUN echo \"<<EOF\"\n0 RUN x\nstage 0 ⟨a⟩\n"},
        Case{"ExecFormHasNone", "FROM a\nRUN [\"<<EOF\"]\nRUN x\n",
             "0 FROM ⟨a⟩\n0 RUN exec ⟨<<EOF⟩\n0 RUN x\nstage 0 ⟨a⟩\n"},
        Case{"OtherInstructionsHaveNone", "FROM a\nUSER <<EOF\nRUN x\n",
             "0 FROM ⟨a⟩\n0 USER ⟨<<EOF⟩\n0 RUN x\nstage 0 ⟨a⟩\n"},
        // BuildKit gives up on the line at the first thing its lexer does not know, and then runs
        // what looks like the body.
        Case{"NoneAfterABadSubstitution", "FROM a\nRUN echo ${x^^} <<\"RUN b\"\nRUN b\n",
             "0 FROM ⟨a⟩\n0 RUN echo ${x^^} <<\"RUN b\"\n0 RUN b\nstage 0 ⟨a⟩\n"},
        Case{"AfterAPowerShellVariable", "FROM a\nRUN echo ${env:x} <<E\ny\nE\n",
             "0 FROM ⟨a⟩\n0 RUN echo ${env:x} <<E <<E{y\n}\nstage 0 ⟨a⟩\n"},
        Case{"Onbuild", "FROM a\nONBUILD RUN <<E\nx\nE\n",
             "0 FROM ⟨a⟩\n0 ONBUILD RUN <<E <<E{x\n}\nstage 0 ⟨a⟩\n"},
        Case{"CrLf", "FROM a\r\nRUN <<E\r\nx\r\nE\r\nRUN y\r\n",
             "0 FROM ⟨a⟩\n0 RUN <<E <<E{x\r\n}\n0 RUN y\nstage 0 ⟨a⟩\n"},
        Case{"BodyMayHoldComments", "FROM a\nCOPY <<E /x\n# c\n\\\nE\n",
             "0 FROM ⟨a⟩\n0 COPY ⟨<<E⟩ ⟨/x⟩ <<E{# c\n\\\n}\nstage 0 ⟨a⟩\n"},
        Case{"NeverClosed", "FROM a\nRUN <<EOF\nx\n",
             "0 FROM ⟨a⟩\n0 RUN <<EOF <<EOF{x\n} unclosed\nstage 0 ⟨a⟩\n"
             "fatal: heredoc 'EOF' is never closed\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Problems, DockerfileTest,
    testing::Values(
        Case{"Empty", "", "problem: no instructions in this file\n"},
        Case{"OnlyComments", "# x\n\n", "problem: no instructions in this file\n"},
        Case{"NoFrom", "RUN x\nUSER y\n", "- RUN x\n- USER ⟨y⟩\nproblem: no FROM in this file\n"},
        Case{"BeforeFrom", "ARG A=1\nRUN x\nFROM a\n",
             "- ARG A=⟨1⟩\n- RUN x\n0 FROM ⟨a⟩\nstage 0 ⟨a⟩\n"
             "problem: RUN before the first FROM; only ARG may stand there\n"},
        Case{"Unknown", "FROM a\nCPOY a b\nCMD[\"x\"]\n",
             "0 FROM ⟨a⟩\n0 ?CPOY ⟨a⟩ ⟨b⟩\n0 ?CMD[\"x\"]\nstage 0 ⟨a⟩\n"
             "problem: unknown instruction 'CPOY'; did you mean 'COPY'?\n"
             "problem: unknown instruction 'CMD[\"x\"]'\n"},
        Case{"From", "FROM\nFROM a b\nFROM a AS 1b\n",
             "0 FROM\n1 FROM ⟨a⟩ ⟨b⟩\n2 FROM ⟨a⟩ ⟨AS⟩ ⟨1b⟩\n"
             "stage 0 ⟨⟩ unknown\nstage 1 ⟨a⟩\nstage 2 ⟨a⟩ as 1b\n"
             "problem: FROM takes an image, or an image, AS and a name\n"
             "problem: FROM takes an image, or an image, AS and a name\n"
             "problem: invalid stage name '1b': it starts with a letter and holds letters, digits, "
             "'-', '_' and '.' only\n"},
        Case{"Missing",
             "FROM a\nCOPY x\nUSER\nEXPOSE\nENV x\nENV a=b c\nARG =x\nSHELL x\nONBUILD\n",
             "0 FROM ⟨a⟩\n0 COPY ⟨x⟩\n0 USER\n0 EXPOSE\n0 ENV x\n0 ENV a=⟨b⟩ c\n0 ARG =⟨x⟩\n"
             "0 SHELL ⟨x⟩\n0 ONBUILD\nstage 0 ⟨a⟩\n"
             "problem: COPY needs a source and a destination\n"
             "problem: USER needs an argument\n"
             "problem: EXPOSE needs at least one argument\n"
             "problem: ENV needs a name and a value\n"
             "problem: no '=' in 'c'\n"
             "problem: ARG with an empty name\n"
             "problem: SHELL needs a JSON array: SHELL [\"program\", \"option\"]\n"
             "problem: ONBUILD needs an instruction\n"},
        Case{"Healthcheck", "FROM a\nHEALTHCHECK\nHEALTHCHECK CMD\nHEALTHCHECK curl\n",
             "0 FROM ⟨a⟩\n0 HEALTHCHECK\n0 HEALTHCHECK CMD\n0 HEALTHCHECK ⟨curl⟩\nstage 0 ⟨a⟩\n"
             "problem: HEALTHCHECK needs CMD or NONE\n"
             "problem: HEALTHCHECK CMD needs a command\n"
             "problem: HEALTHCHECK needs CMD or NONE, not 'curl'\n"},
        Case{"OnbuildOnbuild", "FROM a\nONBUILD ONBUILD RUN x\n",
             "0 FROM ⟨a⟩\n0 ONBUILD ONBUILD RUN x\nstage 0 ⟨a⟩\n"
             "problem: ONBUILD cannot follow ONBUILD\n"},
        Case{"Nul", std::string("FROM a\0b\n", 9), "fatal: binary content, not a Dockerfile\n"},
        Case{"NoText", "FROM a\n\xFF\xFE\xC0\xC1\x01\x02",
             "fatal: binary content, not a Dockerfile\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Stages, DockerfileTest,
    testing::Values(
        Case{"Parents", "FROM a AS Base\nFROM base AS x\nFROM x\nFROM base AS base\nFROM BASE\n",
             "0 FROM ⟨a⟩ ⟨AS⟩ ⟨Base⟩\n1 FROM ⟨base⟩ ⟨AS⟩ ⟨x⟩\n2 FROM ⟨x⟩\n"
             "3 FROM ⟨base⟩ ⟨AS⟩ ⟨base⟩\n4 FROM ⟨BASE⟩\n"
             "stage 0 ⟨a⟩ as Base\nstage 1 ⟨base⟩ as x on 0\nstage 2 ⟨x⟩ on 1\n"
             "stage 3 ⟨base⟩ as base on 0\nstage 4 ⟨BASE⟩ on 3\n"},
        Case{"IndexIsNoParent", "FROM a\nFROM 0\n",
             "0 FROM ⟨a⟩\n1 FROM ⟨0⟩\nstage 0 ⟨a⟩\nstage 1 ⟨0⟩\n"},
        Case{"GlobalArgs", "ARG V=20 D=$V-slim\nFROM node:${D}\nFROM \"node\":${X:-1}\n",
             "- ARG V=⟨20⟩ D=⟨$V-slim⟩\n0 FROM ⟨node:${D}⟩\n1 FROM ⟨node:${X:-1}⟩\n"
             "stage 0 ⟨node:20-slim⟩\nstage 1 ⟨node:1⟩\n"},
        Case{"ArgWithoutDefault", "ARG V\nARG W=$V\nFROM a:$V\nFROM b:$W\nFROM --platform=$P c\n",
             "- ARG V\n- ARG W=⟨$V⟩\n0 FROM ⟨a:$V⟩\n1 FROM ⟨b:$W⟩\n2 FROM --platform=⟨$P⟩ ⟨c⟩\n"
             "stage 0 ⟨a:⟩ unknown\nstage 1 ⟨b:⟩ unknown\nstage 2 ⟨c⟩\n"},
        Case{"ALaterArgKeepsTheDefault", "ARG V=1\nARG V\nFROM a:$V\n",
             "- ARG V=⟨1⟩\n- ARG V\n0 FROM ⟨a:$V⟩\nstage 0 ⟨a:1⟩\n"},
        Case{"PlatformArgIsNotKnown", "FROM a-$TARGETARCH\n",
             "0 FROM ⟨a-$TARGETARCH⟩\nstage 0 ⟨a-⟩ unknown\n"},
        Case{"ArgsInsideAStageAreNotGlobal", "FROM a\nARG V=1\nFROM b:$V\n",
             "0 FROM ⟨a⟩\n0 ARG V=⟨1⟩\n1 FROM ⟨b:$V⟩\nstage 0 ⟨a⟩\nstage 1 ⟨b:⟩ unknown\n"},
        Case{"ParentThroughArg", "ARG T=base\nFROM a AS base\nFROM $T\n",
             "- ARG T=⟨base⟩\n0 FROM ⟨a⟩ ⟨AS⟩ ⟨base⟩\n1 FROM ⟨$T⟩\n"
             "stage 0 ⟨a⟩ as base\nstage 1 ⟨base⟩ on 0\n"}),
    name_of);

TEST(Dockerfile, SpansPointAtTheBytes) {
  const SourceFile source("Dockerfile",
                          "FROM a\nCOPY --chown=1:1 \\\n  \"x y\" /z\nENV A=\"b\" \\\n C=\n");
  const Dockerfile file = parse(source);
  const Instruction& copy = file.instructions[1];
  EXPECT_EQ(source.slice(copy.span), "COPY --chown=1:1 \\\n  \"x y\" /z");
  EXPECT_EQ(source.slice(copy.flags[0].span), "--chown=1:1");
  EXPECT_EQ(source.slice(copy.flags[0].value_span), "1:1");
  EXPECT_EQ(source.slice(copy.words[0].span), "\"x y\"");
  EXPECT_EQ(copy.args.text, "\"x y\" /z");
  EXPECT_TRUE(copy.args.segments.empty());  // all of it stands in one line
  const Instruction& env = file.instructions[2];
  EXPECT_EQ(source.slice(env.assignments[0].span), "A=\"b\"");
  EXPECT_EQ(source.slice(env.assignments[0].name_span), "A");
  EXPECT_EQ(source.slice(env.assignments[0].value_span), "\"b\"");
  EXPECT_EQ(env.assignments[0].raw, "\"b\"");
  EXPECT_EQ(source.slice(env.assignments[1].span), "C=");
  EXPECT_TRUE(env.assignments[1].value_span.empty());
  EXPECT_TRUE(env.assignments[1].has_value);
}

TEST(Dockerfile, AWordAcrossLinesCoversTheContinuation) {
  const SourceFile source("Dockerfile", "FROM a\nUSER ab\\\ncd\n");
  const Dockerfile file = parse(source);
  const Word& user = file.instructions[1].words[0];
  EXPECT_EQ(user.value, "abcd");
  EXPECT_EQ(source.slice(user.span), "ab\\\ncd");
}

TEST(Dockerfile, FullSpanCoversHeredocsAndDanglingContinuations) {
  const SourceFile source("Dockerfile", "FROM a\nCOPY <<E /x\n1\nE\nRUN y \\\n");
  const Dockerfile file = parse(source);
  EXPECT_EQ(source.slice(file.instructions[1].span), "COPY <<E /x");
  EXPECT_EQ(source.slice(file.instructions[1].full_span), "COPY <<E /x\n1\nE");
  EXPECT_EQ(source.slice(file.instructions[2].span), "RUN y");
  EXPECT_EQ(source.slice(file.instructions[2].full_span), "RUN y \\");
}

TEST(Dockerfile, KeepsEveryComment) {
  const SourceFile source("Dockerfile", "#!x\n # a \nFROM b\nRUN c \\\n  # d\n  e\n");
  const Dockerfile file = parse(source);
  ASSERT_EQ(file.comments.size(), 3U);
  EXPECT_EQ(file.comments[1].text, "a");
  EXPECT_EQ(source.slice(file.comments[1].span), "# a ");
  EXPECT_EQ(file.comments[2].text, "d");
}

TEST(Dockerfile, FindsStages) {
  const SourceFile source("Dockerfile", "FROM a AS One\nRUN x\nFROM one AS two\nFROM b\n");
  const Dockerfile file = parse(source);
  EXPECT_EQ(file.find_stage("ONE"), &file.stages[0]);
  EXPECT_EQ(file.find_stage("1"), &file.stages[1]);
  EXPECT_EQ(file.find_stage("3"), nullptr);
  EXPECT_EQ(file.find_stage("99999999999999999999999"), nullptr);
  EXPECT_EQ(file.find_stage(""), nullptr);
  EXPECT_EQ(file.find_stage("three"), nullptr);
  EXPECT_EQ(file.target_stage(), &file.stages[2]);
  EXPECT_EQ(file.target_stage("two"), &file.stages[1]);
  EXPECT_EQ(file.target_stage("three"), &file.stages[2]);
  EXPECT_EQ(file.lineage(file.stages[1]),
            (std::vector<const Stage*>{&file.stages[1], &file.stages[0]}));
  EXPECT_EQ(file.of(file.stages[0]).size(), 2U);
  EXPECT_EQ(file.of(file.stages[2]).size(), 1U);
}

TEST(Dockerfile, FindsGlobalArgs) {
  const SourceFile source("Dockerfile", "ARG A=1 B\nARG A=2\nARG A\nFROM a\nARG C=3\n");
  const Dockerfile file = parse(source);
  ASSERT_NE(file.global_arg("A"), nullptr);
  EXPECT_EQ(file.global_arg("A")->value, "2");
  ASSERT_NE(file.global_arg("B"), nullptr);
  EXPECT_FALSE(file.global_arg("B")->has_value);
  EXPECT_EQ(file.global_arg("C"), nullptr);
}

TEST(Dockerfile, TooManyStagesAreRejected) {
  std::string text;
  for (std::size_t i = 0; i <= limits::kDockerfileStages; ++i) text += "FROM a\n";
  const SourceFile source("Dockerfile", text);
  const Dockerfile file = parse(source);
  ASSERT_FALSE(file.problems.empty());
  EXPECT_TRUE(file.problems.back().fatal);
}

TEST(Dockerfile, TooManyInstructionsAreRejected) {
  std::string text = "FROM a\n";
  for (std::size_t i = 0; i < limits::kDockerfileInstructions; ++i) text += "CMD\n";
  const SourceFile source("Dockerfile", text);
  const Dockerfile file = parse(source);
  EXPECT_EQ(file.instructions.size(), limits::kDockerfileInstructions);
  ASSERT_FALSE(file.problems.empty());
  EXPECT_TRUE(file.problems.back().fatal);
}

TEST(Dockerfile, TooManyBytesAreRejected) {
  const SourceFile source("Dockerfile",
                          "FROM a\n#" + std::string(limits::kDockerfileBytes, 'x') + "\n");
  const Dockerfile file = parse(source);
  ASSERT_EQ(file.problems.size(), 1U);
  EXPECT_TRUE(file.problems[0].fatal);
  EXPECT_TRUE(file.instructions.empty());
}

TEST(Dockerfile, DoublingArgsStayBounded) {
  std::string text = "ARG a0=abcdefgh\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "$a" + std::to_string(i - 1);
    text += "ARG a" + std::to_string(i) + "=" + before + before + "\n";
  }
  const SourceFile source("Dockerfile", text + "FROM x$a59\nFROM y$a3\n");
  const Dockerfile file = parse(source);
  EXPECT_FALSE(file.stages[0].image_known);
  EXPECT_LE(file.stages[0].image_expanded.size(), limits::kExpandedValueBytes);
}

}  // namespace
}  // namespace plimsoll::dockerfile
