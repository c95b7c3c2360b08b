// We keep our own rules: our image, how we run it, what we give to others' pipelines.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kRoot = PLIMSOLL_SOURCE_DIR;

/// What is bad on purpose, and what is no part of the tree.
bool is_left_out(const fs::path& relative) {
  static const std::set<fs::path> kLeftOut{
      ".git",
      "build",
      "examples/before",  // the side of the story with everything wrong
      "docs",             // pages that show what is wrong, and what is said of it
      "fuzz/corpus",      // inputs of parsers, broken ones among them
      "tests/golden",     // inputs of reports
      "web/node_modules",
      "web/dist",
  };
  return kLeftOut.contains(relative) || relative.string().starts_with("build-");
}

/// The tree as someone gets it who clones it, less what is left out. A copy, because what is asked
/// is about the repository as a whole and not about a list of its files.
void copy_tree(const fs::path& to) {
  for (auto it = fs::recursive_directory_iterator(kRoot); it != fs::recursive_directory_iterator();
       ++it) {
    const fs::path relative = fs::relative(it->path(), kRoot);
    if (is_left_out(relative)) {
      it.disable_recursion_pending();
      continue;
    }
    if (it->is_directory()) {
      fs::create_directories(to / relative);
    } else if (it->is_regular_file()) {
      fs::copy_file(it->path(), to / relative);
    }
  }
}

class SelfAuditTest : public testing::Test {
 protected:
  void SetUp() override { copy_tree(folder_.path()); }

  [[nodiscard]] Outcome audit(std::vector<std::string> options) const {
    options.insert(options.begin(), "audit");
    options.push_back(folder_.path());
    return plimsoll(options);
  }

 private:
  Folder folder_;
};

TEST_F(SelfAuditTest, FindsNothingAndNothingIsSuppressed) {
  const Outcome outcome = audit({"--format", "json", "--show-suppressed", "--fail-on", "info"});
  EXPECT_EQ(outcome.status, 0) << outcome.err << audit({"--verbose"}).out;
  const Json report = Json::parse(outcome.out);
  EXPECT_TRUE(report["complete"].get<bool>()) << report["incomplete"].dump(1);
  EXPECT_EQ(report["findings"], Json::array());
}

TEST_F(SelfAuditTest, OurOwnFilesAreAmongWhatIsJudged) {
  const Outcome outcome = audit({"--format", "json"});
  const std::string subjects = Json::parse(outcome.out)["subjects"].dump();
  for (const char* file : {"/Dockerfile\"", "/compose.yaml\""}) {
    EXPECT_NE(subjects.find(file), std::string::npos) << file << " in " << subjects;
  }
}

TEST_F(SelfAuditTest, WithEveryRuleOnlyWhatDecision5GivesReasonsForIsLeft) {
  const Outcome outcome =
      audit({"--format", "json", "--rules", "all", "--show-suppressed", "--fail-on", "low"});
  EXPECT_EQ(outcome.status, 0) << audit({"--rules", "all"}).out;
  std::set<std::string> rules;
  const Json report = Json::parse(outcome.out);
  for (const Json& finding : report["findings"]) {
    if (finding["path"].get<std::string>().find("examples/") != std::string::npos) continue;
    EXPECT_TRUE(finding["suppressed"].is_null()) << finding.dump(1);
    rules.insert(finding["rule"]);
  }
  EXPECT_EQ(rules, (std::set<std::string>{"base-image-not-pinned", "package-version-unpinned"}));
}

}  // namespace
}  // namespace plimsoll::test
