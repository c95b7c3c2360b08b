// We keep our own rules: our image, how we run it, what we give to others' pipelines.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kRoot = PLIMSOLL_SOURCE_DIR;

/// What is in our working folder, and not in a clone.
bool is_made_here(const fs::path& relative) {
  static const std::set<fs::path> kMade{".git", "build", "web/node_modules", "web/dist"};
  return kMade.contains(relative) || relative.string().starts_with("build-");
}

/// The tree as someone gets it who clones it.
void copy_tree(const fs::path& to) {
  fs::create_directory(to / ".git");
  for (auto it = fs::recursive_directory_iterator(kRoot); it != fs::recursive_directory_iterator();
       ++it) {
    const fs::path relative = fs::relative(it->path(), kRoot);
    if (is_made_here(relative)) {
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
  static void SetUpTestSuite() {
    folder_ = std::make_unique<Folder>();
    copy_tree(folder_->path());
  }
  static void TearDownTestSuite() { folder_.reset(); }

  /// plimsoll audit .
  [[nodiscard]] static Outcome audit(std::vector<std::string> options = {}) {
    options.insert(options.begin(), "audit");
    options.emplace_back(".");
    return plimsoll_in(folder_->path(), options);
  }

 private:
  inline static std::unique_ptr<Folder> folder_;
};

TEST_F(SelfAuditTest, FindsNothingAndNothingIsSuppressed) {
  const Outcome outcome = audit({"--format", "json", "--show-suppressed", "--fail-on", "info"});
  EXPECT_EQ(outcome.status, 0) << outcome.err << audit({"--verbose"}).out;
  const Json report = Json::parse(outcome.out);
  EXPECT_TRUE(report["complete"].get<bool>()) << report["incomplete"].dump(1);
  EXPECT_EQ(report["findings"], Json::array());
}

TEST_F(SelfAuditTest, OurOwnFilesAreAmongWhatIsJudged) {
  std::set<std::string> judged;
  const Json report = Json::parse(audit({"--format", "json"}).out);
  for (const Json& subject : report["subjects"]) judged.insert(subject["path"]);
  for (const char* file : {"Dockerfile", "compose.yaml", "docs/install.md"}) {
    EXPECT_TRUE(judged.contains(file)) << file;
  }
}

TEST_F(SelfAuditTest, SaysWhatItLeavesOut) {
  const Outcome outcome = audit();
  EXPECT_EQ(outcome.status, 0) << outcome.out;
  EXPECT_NE(outcome.out.find(" files left out by plimsoll.yaml"), std::string::npos) << outcome.out;
}

TEST_F(SelfAuditTest, LeavesOutNothingThatIsBuiltOrRun) {
  for (const Json& part : Json::parse(audit({"--format", "json"}).out)["left_out"]) {
    const std::string pattern = part["pattern"];
    const bool shows = pattern.starts_with("docs/") || pattern == "examples/before" ||
                       pattern == "fuzz/corpus" || pattern == "tests/golden";
    EXPECT_TRUE(shows) << pattern;
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
