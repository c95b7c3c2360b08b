#include "scan/base_change.h"

#include <gtest/gtest.h>

namespace plimsoll::scan {
namespace {

constexpr const char* kNew =
    "sha256:1111111111111111111111111111111111111111111111111111111111111111";
constexpr const char* kOld =
    "sha256:2222222222222222222222222222222222222222222222222222222222222222";

AuditOptions options() {
  AuditOptions options;
  options.rules.today = {2026, 11, 22};
  return options;
}

struct Case {
  std::string_view name;
  std::string before;
  std::string after;  ///< "! reason" where it is refused
  std::string stage = {};
  std::string tag = "3.12";
  std::string digest = {};
};
std::ostream& operator<<(std::ostream& out, const Case& each) {
  return out << each.name;
}

class BaseChangeTest : public testing::TestWithParam<Case> {};

TEST_P(BaseChangeTest, ChangesTheBytesThatNameTheBase) {
  const Case& each = GetParam();
  MemoryFileSystem files;
  files.add("Dockerfile", each.before);
  const auto change =
      change_base(files, options(), "Dockerfile", each.stage, {each.tag, each.digest});
  if (each.after.starts_with("! ")) {
    ASSERT_FALSE(change) << change->after;
    EXPECT_EQ(change.error().message, each.after.substr(2));
    return;
  }
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_EQ(change->after, each.after);
  EXPECT_EQ(change->before, each.before);
}

INSTANTIATE_TEST_SUITE_P(
    Files, BaseChangeTest,
    testing::Values(
        Case{"plain", "# keep\r\nFROM  python:3.11  AS a\r\nRUN x\r\n",
             "# keep\r\nFROM  python:3.12  AS a\r\nRUN x\r\n"},
        Case{"an argument's default", "ARG V=3.11\nFROM python:${V}\n",
             "ARG V=3.12\nFROM python:${V}\n"},
        Case{"through another stage", "FROM python:3.11 AS a\nFROM a\n",
             "FROM python:3.12 AS a\nFROM a\n"},
        Case{"the named stage only", "FROM python:3.11-bookworm AS build\nFROM python:3.11\n",
             "FROM python:3.12 AS build\nFROM python:3.11\n", "build"},
        Case{"the last stage only", "FROM python:3.10 AS build\nFROM python:3.11\n",
             "FROM python:3.10 AS build\nFROM python:3.12\n"},
        Case{"a digest", "FROM python:3.11@" + std::string(kOld) + "\n",
             "FROM python:3.12@" + std::string(kNew) + "\n", "", "3.12", kNew},
        Case{"a digest without tag", "FROM python@" + std::string(kOld) + "\n",
             "FROM python@" + std::string(kNew) + "\n", "", "3.12", kNew},
        Case{"a digest that nobody knows", "FROM python:3.11@" + std::string(kOld) + "\n",
             "! it is pinned by a digest, and the index has that of the new image not: add it "
             "from a registry or an OCI layout"},
        Case{"a variable without default", "ARG V\nFROM python:${V:-}\n",
             "! its base is no image reference"},
        Case{"an argument from outside", "ARG IMAGE\nFROM $IMAGE\n",
             "! the base image depends on a variable without default"},
        Case{"nothing below", "FROM scratch\n", "! it is built on scratch, which holds nothing"},
        Case{"no such stage", "FROM python:3.11\n", "! it has no stage 'b'", "b"},
        Case{"the same", "FROM python:3.12\n", "! it names that image already"},
        Case{"packages of another distribution",
             "FROM python:3.11\nRUN apt-get update && apt-get install -y gcc\n",
             "! its RUN installs packages of another distribution, which a person has to "
             "translate",
             "", "3.11-alpine"},
        Case{"a release that has ended", "FROM python:3.14\n",
             "! the rule base-image-end-of-life would find something new", "", "3.6"}));

TEST(BaseOfFile, IsWhatFromMeans) {
  MemoryFileSystem files;
  files.add("Dockerfile", "ARG V=3.11\nFROM python:${V}-slim AS a\nFROM a AS b\nFROM node:20\n");
  EXPECT_EQ(base_of_file(files, "Dockerfile", "").value(), "node:20");
  EXPECT_EQ(base_of_file(files, "Dockerfile", "b").value(), "python:3.11-slim");
  EXPECT_EQ(base_of_file(files, "absent", "").error().code, ErrorCode::kNotFound);
}

TEST(BaseChange, TellsWhichStagesStay) {
  MemoryFileSystem files;
  files.add("Dockerfile",
            "FROM python:3.11 AS build\nFROM node:20 AS web\nFROM python:3.11\nFROM python:3.11\n");
  const auto change = change_base(files, options(), "Dockerfile", "", {"3.12", ""});
  ASSERT_TRUE(change) << change.error().message;
  EXPECT_EQ(change->left, (std::vector<std::string>{"build", "2"}));
}

}  // namespace
}  // namespace plimsoll::scan
