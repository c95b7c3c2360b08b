#include "check/same_run_purge.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "check/view.h"
#include "core/splice.h"

namespace plimsoll::check {
namespace {

/// What becomes of the last RUN when `package` is to go, or why it stays.
std::string purge(std::string_view text, std::string_view package, ToolKind kind) {
  const SourceFile source("Dockerfile", std::string(text));
  const dockerfile::Dockerfile file = dockerfile::parse(source);
  const DockerfileView view = view_of(file, {});
  for (const dockerfile::Instruction& run : file.instructions) {
    if (run.keyword != dockerfile::Keyword::kRun) continue;
    for (const shell::Command& command : run.script.commands) {
      for (const shell::Word& word : command) {
        if (name_of_package(word) != package || !read_package_command(command).installs()) continue;
        if (!uses_package(run, package, kind)) return "not used";
        std::string reason = objection_to_purge(view, run, package, kind);
        if (!reason.empty()) return reason;
        Finding finding;
        offer_purge(finding, view, run, {&word}, kind);
        if (!finding.fix) return finding.unfixed;
        const auto plain = plain_edits(finding.fix->edits);
        return plain ? splice(source.text(), *plain) : "its edits contradict each other";
      }
    }
  }
  return "not installed";
}

struct Case {
  std::string_view before;
  std::string_view package;
  ToolKind kind;
  std::string_view after;  ///< the file, or the reason
};
class SameRunPurgeTest : public testing::TestWithParam<Case> {};

TEST_P(SameRunPurgeTest, RemovesWhereItIsUsed) {
  EXPECT_EQ(purge(GetParam().before, GetParam().package, GetParam().kind), GetParam().after);
}

constexpr ToolKind kProgram = ToolKind::kProgram;
constexpr ToolKind kCompiler = ToolKind::kCompiler;
constexpr Case kCases[] = {
    {"FROM debian:13\nRUN apt-get install -y curl && curl a && rm -rf /var/lib/apt/lists/*\n"
     "CMD [\"a\"]\n",
     "curl", kProgram,
     "FROM debian:13\nRUN apt-get install -y curl && curl a && apt-get purge -y --auto-remove "
     "curl && rm -rf /var/lib/apt/lists/*\nCMD [\"a\"]\n"},
    {"FROM debian:13\nRUN apt-get install -y wget && \\\n    rm -rf /var/lib/apt/lists/* && \\\n"
     "    wget a\nCMD [\"a\"]\n",
     "wget", kProgram,
     "FROM debian:13\nRUN apt-get install -y wget && \\\n    rm -rf /var/lib/apt/lists/* && \\\n"
     "    wget a && \\\n    apt-get purge -y --auto-remove wget\nCMD [\"a\"]\n"},
    {"FROM rockylinux:9\nRUN dnf install -y wget && wget a\nCMD [\"a\"]\n", "wget", kProgram,
     "FROM rockylinux:9\nRUN dnf install -y wget && wget a && dnf remove -y wget\nCMD [\"a\"]\n"},
    {"FROM python:3.14-alpine\nRUN apk add gcc && pip install .\nCMD [\"a\"]\n", "gcc", kCompiler,
     "FROM python:3.14-alpine\nRUN apk add gcc && pip install . && apk del --no-network gcc\n"
     "CMD [\"a\"]\n"},
    {"FROM debian:13\nRUN apt-get install -y curl\nCMD [\"a\"]\n", "curl", kProgram, "not used"},
    {"FROM python:3.14-alpine\nRUN apk add gcc && pip install a\nRUN pip install b\nCMD [\"a\"]\n",
     "gcc", kCompiler, "another RUN names it as well"},
    {"FROM debian:13\nRUN apt-get install -y curl && curl a\nRUN ./b.sh\nCMD [\"a\"]\n", "curl",
     kProgram, "whether 'b.sh' calls it is not known"},
    {"FROM debian:13\nRUN apt-get install -y curl && curl a\nCMD [\"bash\"]\n", "curl", kProgram,
     "it starts a shell for a person"},
    {"FROM debian:13\nCOPY run /usr/bin/run\nRUN apt-get install -y curl && curl a\n"
     "CMD [\"run\"]\n",
     "curl", kProgram, "whether 'run' calls it is not known"},
    {"FROM debian:13\nRUN apt-get install -y curl && curl a\n"
     "CMD [\"sh\", \"-c\", \"curl b && a\"]\n",
     "curl", kProgram, "the image calls it when it runs"},
    {"FROM debian:13\nRUN apt-get install -y curl && curl a\n", "curl", kProgram,
     "whoever builds upon the image may use it"},
    {"FROM node:26\nRUN apt-get install -y curl && curl a\nCMD [\"a\"]\n", "curl", kProgram,
     "the base image may have it as well"},
};
INSTANTIATE_TEST_SUITE_P(All, SameRunPurgeTest, testing::ValuesIn(kCases));

bool removed_again(std::string_view script, std::string_view package) {
  const SourceFile source("Dockerfile", "FROM a\nRUN " + std::string(script) + "\n");
  const dockerfile::Dockerfile file = dockerfile::parse(source);
  return is_removed_again(file.instructions.back(), package);
}

TEST(SameRunPurge, KnowsWhatIsRemovedAgain) {
  EXPECT_TRUE(removed_again("apt-get install -y curl && apt-get purge -y curl", "curl"));
  EXPECT_FALSE(removed_again("apt-get install -y curl wget && apt-get purge -y curl", "wget"));
  EXPECT_TRUE(removed_again("apt-get install -y curl && apt-get purge -y --auto-remove", "curl"));
  EXPECT_TRUE(removed_again("apk add --virtual .b curl && apk del .b", "curl"));
  EXPECT_TRUE(removed_again("apk add curl && apk del $TOOLS", "curl"));
  EXPECT_FALSE(removed_again("apk add curl", "curl"));
}

}  // namespace
}  // namespace plimsoll::check
