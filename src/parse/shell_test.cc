#include "parse/shell.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/limits.h"

namespace plimsoll::shell {
namespace {

struct Case {
  std::string_view in, want;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.in;
}

class ShellTest : public testing::TestWithParam<Case> {};

TEST_P(ShellTest, FlattensToSimpleCommands) {
  EXPECT_EQ(dump(parse(GetParam().in)), GetParam().want) << GetParam().in;
}

INSTANTIATE_TEST_SUITE_P(
    Lists, ShellTest,
    testing::Values(Case{"", ""}, Case{"a b  c", "0 a b c\n"}, Case{"a;b", "0 a\n0; b\n"},
                    Case{"a && b || c", "0 a\n0&& b\n0|| c\n"}, Case{"a & b &", "0 a\n0& b\n"},
                    Case{"a | b |& c", "0 a\n0| b\n0| c\n"}, Case{"a\n\nb\n", "0 a\n0; b\n"},
                    Case{"a &&\n b", "0 a\n0&& b\n"}, Case{"a # b; c", "0 a\n"},
                    Case{"a#b", "0 a#b\n"}, Case{"# x\na", "0 a\n"},
                    Case{"! a | b && c", "0? a\n0|? b\n0&& c\n"},
                    Case{"a \\\n  b \\\r\n && c", "0 a b\n0&& c\n"},
                    Case{"a\r\nb\r\n", "0 a\n0; b\n"}));

INSTANTIATE_TEST_SUITE_P(
    Words, ShellTest,
    testing::Values(Case{"a 'b c' \"d e\" f\\ g", "0 a 'b c' 'd e' 'f g'\n"},
                    Case{"a'b'\"c\"d", "0 abcd\n"}, Case{"a '' \"\"", "0 a '' ''\n"},
                    Case{R"(a "\$b \"c\" \\ \d")", R"(0 a '$b "c" \ \d')"
                                                   "\n"},
                    Case{R"(a $'b\tc\x41\101\u00e9\'')", "0 a 'b\tcAA\u00e9''\n"},
                    Case{"a $\"b\" c$", "0 a b c$\n"}, Case{"a ab\\\ncd", "0 a abcd\n"},
                    Case{"a $b ${c:-d e} ${f#\"}\"} $1 $@ $?",
                         "0 a ⟨$b⟩ ⟨'${c:-d e}'⟩ ⟨${f#\"}\"}⟩ ⟨$1⟩ ⟨$@⟩ ⟨$?⟩\n"},
                    Case{"a \"${b:-it's}\" \"${c#'}'}\"", "0 a ⟨${b:-it's}⟩ ⟨${c#'}'}⟩\n"},
                    Case{"a '$b'", "0 a $b\n"},
                    Case{"a $((1 + (2))) $[3]", "0 a ⟨'$((1 + (2)))'⟩ ⟨$[3]⟩\n"},
                    Case{"rm !(a|b) @(c d)", "0 rm !(a|b) '@(c d)'\n"},
                    Case{"a=(b c) d+=e f[0]=g h i=j", "0 a='(b c)' d=e f=g h i=j\n"},
                    Case{"declare -A a=([b]=c)", "0 declare -A a=([b]=c)\n"},
                    Case{"A= B='' c", "0 A= B='' c\n"}, Case{"A=$b", "0 A=⟨$b⟩\n"}));

INSTANTIATE_TEST_SUITE_P(
    Redirections, ShellTest,
    testing::Values(
        Case{"a >b 2>&1 < c", "0 a > b 2>& 1 < c\n"}, Case{"a &>b c>>d", "0 a c &> b >> d\n"},
        Case{"> a", "0 > a\n"}, Case{"a 2 >b", "0 a 2 > b\n"},
        Case{"a {fd}>b >&- 3<>c", "0 a {fd}> b >& - 3<> c\n"},
        Case{"a <<< \"b c\"", "0 a <<< 'b c'\n"}, Case{"{ a; } > b", "1 a\n"},
        Case{"cat <<A <<'B' && c\n$(d)\nA\n$(e)\nB\nf", "0 cat << A << B\n0&& c\n1$ d\n0; f\n"},
        Case{"cat <<-A\n\tb\n\tA\nc", "0 cat <<- A\n0; c\n"},
        Case{"cat <<A\nb\\\nA\nA\nc", "0 cat << A\n0; c\n"}, Case{"cat <<A\nb c", "0 cat << A\n"},
        Case{"x $(cat <<A\nb)\nA\n) y", "0 x ⟨'$(cat <<A\nb)\nA\n)'⟩ y\n1$ cat << A\n"}));

INSTANTIATE_TEST_SUITE_P(
    Compounds, ShellTest,
    testing::Values(
        Case{"a && (b; c)", "0 a\n1&& b\n1; c\n"}, Case{"{ a; { b; } }", "1 a\n2; b\n"},
        Case{"if a; then b; elif c; then d; else e; fi; f", "1? a\n1 b\n1? c\n1 d\n1 e\n0; f\n"},
        Case{"while a; do b; done; until c; do d; done", "1? a\n1 b\n1;? c\n1 d\n"},
        Case{"for a in b $(c); do d; done", "2$ c\n1 d\n"}, Case{"for a\ndo b\ndone", "1 b\n"},
        Case{"for ((i=0;i<3;i++)) { a; }", "1 a\n"},
        Case{"case $a in b|c) d;; (\"e f\") g ;& *) ;; esac", "1 d\n1 g\n"},
        Case{"f() { a; }; function g { b; }", "1 a\n1; b\n"},
        Case{"[[ -f a && ( $b =~ ^(c|d e)$ ) ]] || f",
             "0 [[ -f a && ( ⟨$b⟩ =~ '^(c|d e)$' ) ]]\n0|| f\n"},
        Case{"((a > 1)) && b", "0 (( ⟨'a > 1'⟩ ))\n0&& b\n"}, Case{"((a); (b))", "2 a\n2; b\n"},
        Case{"time { a; }; time -p b", "1 a\n0; time -p b\n"},
        Case{"a | while read x; do b; done", "0 a\n1|? read x\n1 b\n"},
        Case{"echo if then fi }", "0 echo if then fi }\n"}, Case{"'if' a", "0 if a\n"}));

INSTANTIATE_TEST_SUITE_P(
    Substitutions, ShellTest,
    testing::Values(Case{"a $(b | c) d", "0 a ⟨'$(b | c)'⟩ d\n1$ b\n1|$ c\n"},
                    Case{"a \"x$(b \"$(c)\")\"", "0 a ⟨'x$(b \"$(c)\")'⟩\n1$ b ⟨$(c)⟩\n2$ c\n"},
                    Case{"x=`a 'b'`", "0 x=⟨'`a 'b'`'⟩\n1$ a b\n"},
                    Case{"a `b \\`c\\``", "0 a ⟨'`b \\`c\\``'⟩\n1$ b ⟨`c`⟩\n2$ c\n"},
                    Case{"a <(b) >(c)", "0 a ⟨<(b)⟩ ⟨>(c)⟩\n1$ b\n1$ c\n"},
                    Case{"a ${b:-$(c)}", "0 a ⟨${b:-$(c)}⟩\n1$ c\n"},
                    Case{"a $((1 + $(b)))", "0 a ⟨'$((1 + $(b)))'⟩\n1$ b\n"},
                    Case{"a $((b) | (c))", "0 a ⟨'$((b) | (c))'⟩\n2$ b\n2|$ c\n"},
                    Case{"if $(a); then b; fi", "1? ⟨$(a)⟩\n2$ a\n1 b\n"}));

INSTANTIATE_TEST_SUITE_P(
    Nested, ShellTest,
    testing::Values(
        Case{"sh -c 'a && b' x; c", "0 sh -c 'a && b' x\n1\" a\n1&&\" b\n0; c\n"},
        Case{"bash -lc \"a \\\"b c\\\"\"", "0 bash -lc 'a \"b c\"'\n1\" a 'b c'\n"},
        Case{"sudo -u x /bin/bash -e -c 'a'", "0 sudo -u x /bin/bash -e -c a\n1\" a\n"},
        Case{"su - x -c 'a; b'", "0 su - x -c 'a; b'\n1\" a\n1;\" b\n"},
        Case{"su --command='a b' x", "0 su '--command=a b' x\n1\" a b\n"},
        Case{"eval a 'b;' c", "0 eval a b; c\n1\" a b\n1;\" c\n"},
        Case{"eval \"$(a)\"", "0 eval ⟨$(a)⟩\n1\" ⟨$(a)⟩\n1$ a\n"},
        Case{"sh -c 'sh -c \"a b\"'", "0 sh -c 'sh -c \"a b\"'\n1\" sh -c 'a b'\n2\" a b\n"},
        Case{"sh a -c 'b'", "0 sh a -c b\n"}, Case{"sh -c", "0 sh -c\n"},
        // An expansion may supply what is missing; without one the string is simply wrong.
        Case{"eval \"$a'\"; b", "0 eval ⟨$a'⟩\n0; b\n"},
        Case{"sh -c 'if'", "0 sh -c if\nnot understood\n"}));

INSTANTIATE_TEST_SUITE_P(
    Pipefail, ShellTest,
    testing::Values(Case{"set -o pipefail; a | b", "0 set -o pipefail\n0;+ a\n0|+ b\n"},
                    Case{"set -euxo pipefail && a", "0 set -euxo pipefail\n0&&+ a\n"},
                    Case{"set -eo pipefail; set +o pipefail; a",
                         "0 set -eo pipefail\n0;+ set +o pipefail\n0; a\n"},
                    Case{"(set -o pipefail; a); b", "1 set -o pipefail\n1;+ a\n0; b\n"},
                    Case{"{ set -o pipefail; }; a", "1 set -o pipefail\n0;+ a\n"},
                    Case{"bash -o pipefail -c 'a | b'; c",
                         "0 bash -o pipefail -c 'a | b'\n1\"+ a\n1|\"+ b\n0; c\n"},
                    Case{"set -o pipefail; sh -c a", "0 set -o pipefail\n0;+ sh -c a\n1\" a\n"},
                    Case{"eval set -o pipefail; a",
                         "0 eval set -o pipefail\n1\" set -o pipefail\n0;+ a\n"},
                    Case{"set -e pipefail; a", "0 set -e pipefail\n0; a\n"}));

INSTANTIATE_TEST_SUITE_P(
    NotUnderstood, ShellTest,
    testing::Values(Case{"a; b \"c", "0 a\n0; b\nnot understood\n"},
                    Case{"a 'b", "0 a\nnot understood\n"}, Case{"(a", "1 a\nnot understood\n"},
                    Case{"a)", "0 a\nnot understood\n"}, Case{"a; ; b", "0 a\nnot understood\n"},
                    Case{"a &&", "0 a\nnot understood\n"}, Case{"| a", "not understood\n"},
                    Case{"a > ; b", "0 a\nnot understood\n"},
                    Case{"if a; fi", "1? a\nnot understood\n"},
                    Case{"for a; b; done", "not understood\n"}, Case{"{ }", "not understood\n"},
                    Case{"a; fi", "0 a\nnot understood\n"}, Case{"a (b)", "0 a\nnot understood\n"},
                    Case{"a ${b", "0 a\nnot understood\n"}, Case{"a `b", "0 a\nnot understood\n"},
                    Case{"(a) b", "1 a\nnot understood\n"}, Case{"a;;", "0 a\nnot understood\n"}));

struct ProgramCase {
  std::string_view in, name;
};

class ShellProgramTest : public testing::TestWithParam<ProgramCase> {};

TEST_P(ShellProgramTest, LooksThroughWrappers) {
  const Script script = parse(GetParam().in);
  ASSERT_FALSE(script.commands.empty());
  EXPECT_EQ(script.commands[0].name(), GetParam().name) << GetParam().in;
}

INSTANTIATE_TEST_SUITE_P(
    Wrappers, ShellProgramTest,
    testing::Values(ProgramCase{"/usr/bin/apt-get x", "apt-get"}, ProgramCase{"A=b", ""},
                    ProgramCase{"A=b c", "c"}, ProgramCase{"sudo -E -u root -H A=b c", "c"},
                    ProgramCase{"sudo -uroot --group x c", "c"}, ProgramCase{"sudo -i", "sudo"},
                    ProgramCase{"sudo -- c", "c"}, ProgramCase{"doas -u a c", "c"},
                    ProgramCase{"env -i -u A B=c d", "d"}, ProgramCase{"env", "env"},
                    ProgramCase{"env -S 'a b'", "env"}, ProgramCase{"exec -a x c", "c"},
                    ProgramCase{"command c", "c"}, ProgramCase{"command -v c", "command"},
                    ProgramCase{"builtin cd", "cd"}, ProgramCase{"time -p c", "c"},
                    ProgramCase{"nice -n 5 c", "c"}, ProgramCase{"nice -10 c", "c"},
                    ProgramCase{"nohup c", "c"},
                    ProgramCase{"timeout -s KILL --kill-after=5 10m c", "c"},
                    ProgramCase{"xargs -0 -n1 -I {} c {}", "c"}, ProgramCase{"gosu a c", "c"},
                    ProgramCase{"su-exec a:b c", "c"}, ProgramCase{"gosu", "gosu"},
                    ProgramCase{"setpriv --reuid 1 --regid=2 --clear-groups c", "c"},
                    ProgramCase{"busybox wget x", "wget"},
                    ProgramCase{"busybox --install -s", "busybox"},
                    ProgramCase{"ionice -c 3 eatmydata stdbuf -oL -e 0 c", "c"},
                    ProgramCase{"sudo env A=b nice timeout 5 c d", "c"},
                    ProgramCase{"chroot /x c", "chroot"}, ProgramCase{"${A}/bin/c", "c"},
                    ProgramCase{"$(d /e) f", "$(d /e)"}, ProgramCase{"[ -f x ]", "["}));

TEST(ShellCommandTest, WrapperIsFoundAtItsPlaceOnly) {
  const Script script = parse("sudo -u doas env A=sudo nice c; gosu sudo c");
  EXPECT_TRUE(script.commands[0].wrapped_by("sudo"));
  EXPECT_TRUE(script.commands[0].wrapped_by("env"));
  EXPECT_TRUE(script.commands[0].wrapped_by("nice"));
  EXPECT_FALSE(script.commands[0].wrapped_by("doas"));
  EXPECT_FALSE(script.commands[0].wrapped_by("c"));
  EXPECT_FALSE(script.commands[1].wrapped_by("sudo"));
}

TEST(ShellCommandTest, FlagsAreFoundWholeValuedAndBundled) {
  const Script script = parse("sudo -E apt-get -yq install --foo=bar -o x -- -z");
  const Command& command = script.commands[0];
  EXPECT_EQ(command.subcommand(), "install");
  for (const char* flag : {"-y", "-q", "-yq", "--foo", "-o"}) {
    EXPECT_TRUE(command.has_flag(flag)) << flag;
  }
  for (const char* flag : {"-E", "--fo", "-f", "-z", "--yq", "-b"}) {
    EXPECT_FALSE(command.has_flag(flag)) << flag;
  }
}

TEST(ShellCommandTest, ArgumentsAreTheWordsBehindTheProgram) {
  const Script script = parse("sudo -E a b c; X=1");
  ASSERT_EQ(script.commands[0].end() - script.commands[0].begin(), 2);
  EXPECT_EQ(script.commands[0].begin()->value, "b");
  EXPECT_EQ(script.commands[1].begin(), script.commands[1].end());
  EXPECT_EQ(script.commands[1].subcommand(), "");
}

TEST(ShellSpanTest, EveryPartPointsAtItsBytes) {
  constexpr std::string_view kText = " A=1 b  'c d' >e ; f";
  const Script script = parse(kText);
  const auto bytes = [&](Span span) { return kText.substr(span.begin, span.size()); };
  const Command& command = script.commands[0];
  EXPECT_EQ(bytes(command.span), "A=1 b  'c d' >e");
  EXPECT_EQ(bytes(command.environment[0].span), "A=1");
  EXPECT_EQ(bytes(command.environment[0].value.span), "1");
  EXPECT_EQ(bytes(command.words[1].span), "'c d'");
  EXPECT_EQ(command.words[1].raw, "'c d'");
  EXPECT_EQ(bytes(command.redirects[0].span), ">e");
  EXPECT_EQ(bytes(script.commands[1].span), "f");
}

TEST(ShellSpanTest, ContinuationBehindAWordIsNotPartOfIt) {
  const Script script = parse("a b\\\n c\\\nd");
  ASSERT_EQ(script.commands[0].words.size(), 3U);
  EXPECT_EQ(script.commands[0].words[1].raw, "b");
  EXPECT_EQ(script.commands[0].words[2].raw, "c\\\nd");
}

TEST(ShellSpanTest, NestedStringMapsIntoItsWord) {
  constexpr std::string_view kText = "sh -c 'a; bcd e'";
  const Script script = parse(kText);
  ASSERT_EQ(script.commands.size(), 3U);
  EXPECT_EQ(script.commands[2].words[0].raw, "bcd");
  EXPECT_EQ(script.commands[2].words[0].span, (Span{10, 13}));
}

TEST(ShellSpanTest, EscapedNestedStringStandsForEachOfItsWords) {
  constexpr std::string_view kText = R"(sh -c "a \"b\"")";
  const Script script = parse(kText);
  ASSERT_EQ(script.commands.size(), 2U);
  EXPECT_EQ(script.commands[1].words[1].value, "b");
  EXPECT_EQ(script.commands[1].words[1].span, (Span{6, 15}));
  EXPECT_EQ(script.commands[1].words[1].raw, kText.substr(6));
}

TEST(ShellSpanTest, SubstitutionOfAnOuterShellIsReportedOnceAndInPlace) {
  const Script script = parse("sh -c \"a; b $(c); d\"");
  EXPECT_EQ(dump(script), "0 sh -c ⟨'a; b $(c); d'⟩\n1\" a\n1;\" b ⟨$(c)⟩\n1$ c\n1;\" d\n");
}

TEST(ShellWordTest, KnowsWhatItHolds) {
  const Script script = parse("a 'b*' c* $d \"$e\" '$f' ~/g h~ [ i[0-9]");
  const auto& words = script.commands[0].words;
  const auto flags = [&](std::size_t i) {
    return std::string(words[i].quoted ? "q" : "") + (words[i].expands ? "e" : "") +
           (words[i].globs ? "g" : "");
  };
  EXPECT_EQ(flags(0), "");
  EXPECT_EQ(flags(1), "q");
  EXPECT_EQ(flags(2), "g");
  EXPECT_EQ(flags(3), "e");
  EXPECT_EQ(flags(4), "qe");
  EXPECT_EQ(flags(5), "q");
  EXPECT_EQ(flags(6), "g");
  EXPECT_EQ(flags(7), "");
  EXPECT_EQ(flags(8), "");
  EXPECT_EQ(flags(9), "g");
}

TEST(ShellWordTest, ValueViewsTheTextUnlessItHadToBeJoined) {
  const Script script = parse("a 'b c' \"$d e\" \\f");
  EXPECT_TRUE(script.arena.empty());
  EXPECT_EQ(parse("a b\"c\"").arena.size(), 1U);
}

TEST(ShellPipelineTest, MembersShareANumber) {
  const Script script = parse("a | b; c | { d; e; } | f");
  ASSERT_EQ(script.commands.size(), 6U);
  const auto pipeline = [&](std::size_t i) { return script.commands[i].pipeline; };
  EXPECT_EQ(pipeline(0), pipeline(1));
  EXPECT_NE(pipeline(1), pipeline(2));
  EXPECT_EQ(pipeline(2), pipeline(3));
  EXPECT_NE(pipeline(3), pipeline(4));
  EXPECT_EQ(pipeline(2), pipeline(5));
}

TEST(ShellPipefailTest, StartsBehindTheCommandThatSetsIt) {
  EXPECT_EQ(parse("set -e; a").pipefail_from, UINT32_MAX);
  EXPECT_EQ(parse("set -eo pipefail; a").pipefail_from, 16U);
  EXPECT_EQ(parse("bash -o pipefail -c 'a'").pipefail_from, 21U);
}

TEST(ShellDialectTest, IsToldByTheProgram) {
  for (const char* program : {"sh", "/bin/sh", "dash", "/busybox/ash"}) {
    EXPECT_EQ(dialect_of(program), Dialect::kPosix) << program;
  }
  for (const char* program : {"/bin/bash", "bash.exe", "zsh", "/usr/bin/ksh"}) {
    EXPECT_EQ(dialect_of(program), Dialect::kBash) << program;
  }
  for (const char* program :
       {"", "pwsh", "powershell.exe", "cmd", "C:\\Windows\\cmd.EXE", "python3", "fish", "csh"}) {
    EXPECT_EQ(dialect_of(program), Dialect::kUnknown) << program;
  }
}

TEST(ShellDialectTest, UnknownOnesGiveNoCommands) {
  const Script script = parse("Get-Item a", Dialect::kUnknown);
  EXPECT_FALSE(script.understood);
  EXPECT_TRUE(script.commands.empty());
}

TEST(ShellDialectTest, ShebangWins) {
  EXPECT_FALSE(parse("#!/usr/bin/env python3\nimport os\n").understood);
  EXPECT_TRUE(parse("#!/bin/sh\na\n", Dialect::kUnknown).understood);
  EXPECT_EQ(dump(parse("#! /usr/bin/env -S A=b bash -e\na\n", Dialect::kUnknown)), "0 a\n");
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (; times > 0; --times) out += text;
  return out;
}

TEST(ShellLimitTest, DepthIsBounded) {
  for (const char* opening : {"(", "{ ", "$(", "${a:-", "if ", "`a ${", "\"$("}) {
    const Script script = parse(repeat(opening, limits::kShellDepth + 1));
    EXPECT_TRUE(script.truncated || !script.understood) << opening;
  }
  const auto nest = [](std::size_t depth) {
    return repeat("( ", depth) + "a" + repeat(")", depth);
  };
  const std::string deepest = nest(limits::kShellDepth);
  EXPECT_EQ(dump(parse(deepest)), std::to_string(limits::kShellDepth) + " a\n");
  const std::string deeper = nest(limits::kShellDepth + 1);
  EXPECT_EQ(dump(parse(deeper)), "truncated\n");
}

TEST(ShellLimitTest, CommandsAreBounded) {
  const std::string enough = repeat("a;", limits::kShellCommands);
  EXPECT_FALSE(parse(enough).truncated);
  const Script script = parse(enough + "b");
  EXPECT_TRUE(script.truncated);
  EXPECT_TRUE(script.understood);
  EXPECT_EQ(script.commands.size(), limits::kShellCommands);
}

TEST(ShellLimitTest, StringsInSubstitutionsInStringsAreReadOnce) {
  // Read in both ways at each level they would take 2^31 steps.
  std::string text = "x";
  for (int i = 0; i < 31; ++i) text = "eval \"$(" + text + ")\"";
  EXPECT_TRUE(parse(text).understood);
}

TEST(ShellLimitTest, UnclosedArithmeticIsLookedAheadForOnlyShortly) {
  // Each "((" here looks for a "))" that a comment hides: over the whole rest it would be
  // quadratic.
  const Script script = parse(repeat("((a #(\n) );", 20'000));
  EXPECT_TRUE(script.understood);
  EXPECT_EQ(script.commands.size(), 20'000U);
}

}  // namespace
}  // namespace plimsoll::shell
