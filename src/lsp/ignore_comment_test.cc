#include "lsp/ignore_comment.h"

#include <gtest/gtest.h>

#include "core/file_system.h"
#include "scan/audit.h"

namespace plimsoll::lsp {
namespace {

constexpr Date kToday{2026, 1, 1};

Report audit(const std::string& path, const std::string& text) {
  MemoryFileSystem files;
  files.add(path, text);
  scan::AuditOptions options;
  options.targets = {"."};
  options.all_rules = true;
  options.jobs = 1;
  options.rules.today = kToday;
  return scan::audit(files, options);
}

/// The text after the first finding of the rule was ignored; "none" when that cannot be done.
std::string ignored(const std::string& path, const std::string& text, std::string_view rule) {
  const Report report = audit(path, text);
  for (const Finding& finding : report.findings) {
    if (finding.rule != rule || finding.suppressed) continue;
    const auto edit = ignore_comment(finding, false, kToday);
    if (!edit) return "none";
    std::string after = text;
    after.insert(edit->span.begin, edit->text);
    return after;
  }
  return "no such finding";
}

TEST(IgnoreComment, StandsAboveTheInstruction) {
  EXPECT_EQ(ignored("Dockerfile", "# syntax=docker/dockerfile:1\nFROM debian:latest\n",
                    "base-image-latest"),
            "# syntax=docker/dockerfile:1\n"
            "# plimsoll ignore=base-image-latest reason=\"say why\"\n"
            "FROM debian:latest\n");
}

TEST(IgnoreComment, NeverStandsInsideAContinuedInstructionOrAHeredoc) {
  EXPECT_EQ(ignored("Dockerfile", "FROM debian:12\nRUN true \\\n  && sudo id\n", "sudo-used"),
            "FROM debian:12\n# plimsoll ignore=sudo-used reason=\"say why\"\n"
            "RUN true \\\n  && sudo id\n");
  EXPECT_EQ(ignored("Dockerfile", "FROM debian:12\nRUN <<E\ntrue\nsudo id\nE\n", "sudo-used"),
            "FROM debian:12\n# plimsoll ignore=sudo-used reason=\"say why\"\n"
            "RUN <<E\ntrue\nsudo id\nE\n");
}

TEST(IgnoreComment, KeepsIndentationAndLineEnds) {
  EXPECT_EQ(ignored("compose.yaml",
                    "services:\r\n  web:\r\n    image: nginx:1.27\r\n    privileged: true\r\n",
                    "privileged-container"),
            "services:\r\n  web:\r\n    image: nginx:1.27\r\n"
            "    # plimsoll ignore=privileged-container reason=\"say why\"\r\n"
            "    privileged: true\r\n");
}

TEST(IgnoreComment, NeverChangesABlockOfText) {
  const std::string before =
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - name: x\n"
      "        run: |\n          true\n          docker run --privileged nginx:1.27\n";
  EXPECT_EQ(ignored(".github/workflows/ci.yml", before, "privileged-container"),
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - name: x\n"
            "        # plimsoll ignore=privileged-container reason=\"say why\"\n"
            "        run: |\n          true\n          docker run --privileged nginx:1.27\n");
}

TEST(IgnoreComment, StandsAboveACommandThatGoesOn) {
  EXPECT_EQ(ignored("run.sh", "#!/bin/sh\n  docker run \\\n    --privileged \\\n    nginx:1.27\n",
                    "privileged-container"),
            "#!/bin/sh\n  # plimsoll ignore=privileged-container reason=\"say why\"\n"
            "  docker run \\\n    --privileged \\\n    nginx:1.27\n");
}

TEST(IgnoreComment, IsNotOfferedWhereNoneCanStand) {
  EXPECT_EQ(
      ignored("compose.json", R"({"services": {"web": {"image": "a:1", "privileged": true}}})",
              "privileged-container"),
      "none");
  EXPECT_EQ(ignored("README.md", "```sh\ndocker run --privileged nginx:1.27\n```\n",
                    "privileged-container"),
            "none");
}

}  // namespace
}  // namespace plimsoll::lsp
