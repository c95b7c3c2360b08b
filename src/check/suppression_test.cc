#include "check/suppression.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::check {
namespace {

constexpr Date kToday{2026, 11, 21};

/// "by: rules [reason] [until] @covered bytes", one line per pragma.
std::string describe(const SourceFile& file, const std::vector<Pragma>& pragmas) {
  std::string out;
  for (const Pragma& pragma : pragmas) {
    out += pragma.suppression.by + ':';
    for (const std::string& rule : pragma.rules) out += ' ' + rule;
    if (!pragma.suppression.reason.empty()) out += " [" + pragma.suppression.reason + ']';
    if (pragma.expired) out += " expired";
    out += pragma.scope == Pragma::Scope::kFile
               ? " @file\n"
               : " @" + std::string(file.slice(pragma.lines)) + '\n';
  }
  return out;
}

struct Case {
  std::string_view name, text, want;
};
std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.name;
}

class DockerfilePragma : public testing::TestWithParam<Case> {};
TEST_P(DockerfilePragma, Covers) {
  const SourceFile file("Dockerfile", std::string(GetParam().text));
  const dockerfile::Dockerfile parsed = dockerfile::parse(file);
  EXPECT_EQ(describe(file, read_pragmas(parsed, kToday)), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    All, DockerfilePragma,
    testing::Values(
        Case{"Own", "# plimsoll ignore=a,b reason=\"x y\" until=2027-01-01\nFROM a\n",
             "plimsoll: a b [x y] @FROM a\n"},
        Case{"OwnForTheFile", "FROM a\n# plimsoll ignore-file=a\n", "plimsoll: a @file\n"},
        Case{"Expired", "# plimsoll ignore=a until=2026-11-20\nFROM a\n",
             "plimsoll: a expired @FROM a\n"},
        Case{"LastDayStillCounts", "# plimsoll ignore=a until=2026-11-21\nFROM a\n",
             "plimsoll: a @FROM a\n"},
        Case{"UnreadableDateSilencesNothing", "# plimsoll ignore=a until=soon\nFROM a\n",
             "plimsoll: a expired @FROM a\n"},
        Case{"NoRuleNamed", "# plimsoll ignore=\nFROM a\n", ""},
        Case{"OrdinaryComment", "# plimsoll is a line on a ship\nFROM a\n", ""},
        Case{"InsideAnInstruction", "FROM a\nRUN a && \\\n# plimsoll ignore=x\n  b\nUSER b\n",
             "plimsoll: x @RUN a && \\\n# plimsoll ignore=x\n  b\n"},
        Case{"Hadolint", "FROM a\n# hadolint ignore=DL3006, SC2086\nRUN b\n",
             "hadolint: hadolint:DL3006 hadolint:SC2086 @RUN b\n"},
        Case{"HadolintGlobal", "# hadolint global ignore=DL3003\nFROM a\n",
             "hadolint: hadolint:DL3003 @file\n"},
        Case{"Checkov", "FROM a\n#checkov:skip=CKV_DOCKER_2:not a server\n",
             "checkov: checkov:CKV_DOCKER_2 [not a server] @file\n"},
        Case{"TrivyOldIds", "#trivy:ignore:AVD-DS-0002 trivy:ignore:DS001\nFROM a\n",
             "trivy: trivy:DS-0002 trivy:DS-0001 @FROM a\n"},
        Case{"TrivyExpired", "#trivy:ignore:DS-0002:exp:2020-01-01\nFROM a\n",
             "trivy: trivy:DS-0002 expired @FROM a\n"},
        Case{"Kics", "# kics-scan disable=fd54f200-402c-4333-a5a4-36ef6709af2f\nFROM a\n",
             "kics: kics:fd54f200 @file\n"},
        Case{"Semgrep", "FROM a\n# nosemgrep: dockerfile.security.missing-user\nRUN b\n",
             "semgrep: semgrep:missing-user @RUN b\n"},
        Case{"BuildKit", "# check=skip=JSONArgsRecommended,StageNameCasing;error=true\nFROM a\n",
             "buildkit: buildkit:JSONArgsRecommended buildkit:StageNameCasing @file\n"}),
    [](const auto& each) { return std::string(each.param.name); });

class YamlPragma : public testing::TestWithParam<Case> {};
TEST_P(YamlPragma, Covers) {
  const SourceFile file("a.yaml", std::string(GetParam().text));
  const auto tree = parse_yaml(file);
  EXPECT_EQ(describe(file, read_pragmas(*tree, kToday)), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    All, YamlPragma,
    testing::Values(
        Case{"AboveAKeyCoversItsBlock",
             "services:\n  # plimsoll ignore=x\n  web:\n    image: a\n  db:\n    image: b\n",
             "plimsoll: x @  web:\n    image: a\n"},
        Case{"OnTheLine",
             "services:\n  web:\n    user: root  # plimsoll ignore=x\n    init: true\n",
             "plimsoll: x @    user: root  # plimsoll ignore=x\n"},
        Case{"ListAtTheKeysDepth", "a:\n  # plimsoll ignore=x\n  ports:\n  - 1\n  - 2\n  b: 1\n",
             "plimsoll: x @  ports:\n  - 1\n  - 2\n"},
        Case{"KicsLine", "a:\n  # kics-scan ignore-line\n  b:\n    c: 1\n", "kics: @  b:\n"},
        Case{"Annotation",
             "kind: Pod\nmetadata:\n  annotations:\n    checkov.io/skip1: CKV_K8S_20=legacy\n",
             "checkov: checkov:CKV_K8S_20 [legacy] @kind: Pod\nmetadata:\n  annotations:\n    "
             "checkov.io/skip1: CKV_K8S_20=legacy\n\n"},
        Case{"InsideAString", "a: \"# plimsoll ignore=x\"\n", ""}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ShellPragma, CoversTheContinuedLineBelow) {
  const SourceFile file("run.sh", "# plimsoll ignore=x\ndocker run \\\n  a\ndocker run b\n");
  EXPECT_EQ(describe(file, read_pragmas_of_shell(file, kToday)),
            "plimsoll: x @docker run \\\n  a\n");
}

TEST(ShellPragma, IsAnHtmlCommentInMarkdown) {
  const SourceFile file("README.md", "<!-- plimsoll ignore=x reason=demo -->\n    docker run a\n");
  EXPECT_EQ(describe(file, read_pragmas_of_shell(file, kToday)),
            "plimsoll: x [demo] @    docker run a\n");
}

}  // namespace
}  // namespace plimsoll::check
