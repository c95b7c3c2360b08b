// What we give to others' pipelines works: the GitHub action's scripts, the hook of pre-commit.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBad = "FROM debian:latest\nENV DB_PASSWORD=changeit\nCMD [\"/app\"]\n";
constexpr const char* kAction = PLIMSOLL_SOURCE_DIR "/packaging/github-action/";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// --- by our own rules

struct Template {
  const char* name;
  const char* path;
  const char* good;
  const char* bad;  ///< in place of `good`: shows that the file is read as what it is
  const char* rule;
};

class TemplateTest : public testing::TestWithParam<Template> {};

TEST_P(TemplateTest, IsCleanByEveryRule) {
  const Template& each = GetParam();
  const std::string path = std::string(PLIMSOLL_SOURCE_DIR "/packaging/") + each.path;
  const Outcome clean = plimsoll({"audit", "--rules", "all", "--fail-on", "info", path});
  EXPECT_EQ(clean.status, 0) << clean.out << clean.err;

  const Folder folder;
  const std::string spoiled = folder.write(each.path, replaced(read(path), each.good, each.bad));
  const Outcome found = plimsoll({"audit", "--rules", "all", "--fail-on", "info", spoiled});
  EXPECT_EQ(found.status, 1) << found.out << found.err;
  EXPECT_NE(found.out.find(each.rule), std::string::npos) << found.out;
}

constexpr Template kTemplates[] = {
    {"GitHubActionWithBranchInScript", "github-action/action.yml",
     "run: bash \"$GITHUB_ACTION_PATH/run.sh\"", "run: plimsoll audit ${{ github.head_ref }}",
     "ci-template-injection"},
    {"GitHubActionWithTag", "github-action/action.yml",
     "upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e", "upload-sarif@v4",
     "ci-action-unpinned"},
    {"GitLabJobWithPassword", "gitlab/plimsoll.gitlab-ci.yml", "script:\n",
     "script:\n    - docker login -u ci -p $PASSWORD registry.example.com\n",
     "ci-login-password-argument"},
};

INSTANTIATE_TEST_SUITE_P(All, TemplateTest, testing::ValuesIn(kTemplates),
                         [](const auto& each) { return std::string(each.param.name); });

// --- the GitHub action

/// Whether this executable has the formats that the action asks for.
bool has_format(const std::string& format) {
  const Folder folder;
  const std::string file = folder.write("Dockerfile", "FROM scratch\n");
  if (plimsoll({"audit", "--format", format, "--fail-on", "none", file}).status != 2) return true;
  std::cout << "SKIPPED: plimsoll has no --format " << format << '\n';
  return false;
}

/// A runner of GitHub: its files, its variables, a PATH on which plimsoll is what the test says.
class GitHubActionTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("bin/empty", "");
    for (const char* file : {"output", "summary"}) folder_.write(file, "");
  }

  void install_plimsoll() const {
    fs::create_symlink(PLIMSOLL_EXECUTABLE, folder_.path() + "/bin/plimsoll");
  }

  /// Stands for plimsoll: writes down how it was called, one argument a line.
  void install_stand_in(int status) const {
    const std::string file = folder_.write(
        "bin/plimsoll", "#!/bin/sh\nprintf '%s\\n' \"$@\" >>'" + folder_.path() +
                            "/calls'\necho shown\nexit " + std::to_string(status) + "\n");
    fs::permissions(file, fs::perms::owner_all);
  }

  [[nodiscard]] Outcome run_script(const std::string& script,
                                   std::vector<std::string> variables) const {
    const std::string& path = folder_.path();
    variables.insert(variables.end(),
                     {"PATH=" + path + "/bin:/usr/bin:/bin", "GITHUB_OUTPUT=" + path + "/output",
                      "GITHUB_STEP_SUMMARY=" + path + "/summary", "RUNNER_TEMP=" + path});
    return run({"/bin/bash", kAction + script}, {}, variables);
  }

  /// run.sh with the defaults of action.yml, but for these.
  [[nodiscard]] Outcome run_action(const std::string& target, const std::string& format = "sarif",
                                   const std::string& baseline = {}) const {
    return run_script("run.sh", {"PLIMSOLL_COMMAND=audit", "PLIMSOLL_TARGET=" + target,
                                 "PLIMSOLL_FORMAT=" + format, "PLIMSOLL_FAIL_ON=high",
                                 "PLIMSOLL_BASELINE=" + baseline});
  }

  [[nodiscard]] std::string file(const std::string& name) const {
    return read(folder_.path() + '/' + name);
  }

  Folder folder_;
};

TEST(GitHubAction, PutsNoValueIntoTheTextOfAScript) {
  std::istringstream action(read(std::string(kAction) + "action.yml"));
  int scripts = 0;
  for (std::string line; std::getline(action, line);) {
    if (line.find(" run: ") == std::string::npos) continue;
    ++scripts;
    EXPECT_EQ(line.find("${{"), std::string::npos) << line;
    EXPECT_FALSE(line.ends_with('|') || line.ends_with('>'))
        << "judge the lines below too: " << line;
  }
  EXPECT_EQ(scripts, 2);
}

TEST_F(GitHubActionTest, ReportsFailsAndSaysWhere) {
  for (const char* format : {"sarif", "github", "markdown"}) {
    if (!has_format(format)) GTEST_SKIP();
  }
  install_plimsoll();
  const Outcome outcome = run_action(folder_.write("src/Dockerfile", kBad));
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(file("output").find("status=1\n"), std::string::npos);
  EXPECT_NE(file("output").find("report=" + folder_.path() + "/plimsoll.sarif\n"),
            std::string::npos);
  EXPECT_NE(file("plimsoll.sarif").find("image-runs-as-root"), std::string::npos);
  EXPECT_NE(outcome.out.find("::error "), std::string::npos) << outcome.out;
  EXPECT_NE(file("summary").find("image-runs-as-root"), std::string::npos) << file("summary");
}

TEST_F(GitHubActionTest, EndsAsPlimsollDoes) {
  install_plimsoll();
  const std::string clean =
      folder_.write("src/Dockerfile", "FROM gcr.io/distroless/static-debian13:nonroot\n");
  EXPECT_EQ(run_action(clean, "json").status, 0);
  EXPECT_EQ(file("output"), "status=0\nreport=" + folder_.path() + "/plimsoll.json\n");
  EXPECT_EQ(run_action("/nowhere", "json").status, 3);
  EXPECT_EQ(run_action(clean, "papyrus").status, 2);
}

TEST_F(GitHubActionTest, HandsOverWhatItIsTold) {
  install_stand_in(4);
  EXPECT_EQ(run_action("a b/Dockerfile\n--output=/etc/passwd\n", "sarif", "known.json").status, 4);
  const std::string report = folder_.path() + "/plimsoll.sarif";
  EXPECT_TRUE(file("calls").starts_with(
      "audit\n--baseline\nknown.json\n--fail-on\nhigh\n--format\nsarif\n--output\n" + report +
      "\n--\na b/Dockerfile\n--output=/etc/passwd\n"))
      << file("calls");
  EXPECT_EQ(file("summary"), "shown\n");
}

TEST_F(GitHubActionTest, TakesNoScriptForAValue) {
  install_stand_in(0);
  const std::string trap = folder_.path() + "/trapped";
  EXPECT_EQ(run_action("$(touch " + trap + "); `touch " + trap + "`").status, 0);
  EXPECT_EQ(run_action(".", "$(touch " + trap + ")").status, 2);
  EXPECT_EQ(run_action(".", "../../sarif").status, 2);
  EXPECT_FALSE(fs::exists(trap));
}

TEST_F(GitHubActionTest, SaysWhenPlimsollIsNotThere) {
  const Outcome outcome = run_action(".");
  EXPECT_EQ(outcome.status, 5);
  EXPECT_NE(outcome.out.find("::error title=plimsoll::"), std::string::npos) << outcome.out;
}

TEST_F(GitHubActionTest, InstallsNothingThatIsNotChecked) {
  const std::string url = "PACKAGE_URL=https://packages.invalid/plimsoll.deb";
  const Outcome without = run_script("install.sh", {url, "PACKAGE_SHA256="});
  EXPECT_EQ(without.status, 5);
  EXPECT_NE(without.out.find("package-sha256"), std::string::npos) << without.out;
  EXPECT_EQ(run_script("install.sh", {"PACKAGE_URL=http://packages.invalid/plimsoll.deb",
                                      "PACKAGE_SHA256=" + std::string(64, '0')})
                .status,
            5);

  // A download that is something else: curl and sudo stand in, and sudo must not be reached.
  const std::string curl = folder_.write(
      "bin/curl",
      "#!/bin/bash\nwhile [ $# -gt 0 ]; do [ \"$1\" = --output ] && echo x >\"$2\"; shift; done\n");
  const std::string sudo =
      folder_.write("bin/sudo", "#!/bin/sh\ntouch '" + folder_.path() + "/sudo'\n");
  for (const std::string& program : {curl, sudo}) fs::permissions(program, fs::perms::owner_all);
  const Outcome other = run_script("install.sh", {url, "PACKAGE_SHA256=" + std::string(64, '0')});
  EXPECT_EQ(other.status, 5);
  EXPECT_NE(other.out.find("not what package-sha256 says"), std::string::npos) << other.out;
  EXPECT_FALSE(fs::exists(folder_.path() + "/sudo"));

  const std::string checksum_of_x =  // of "x\n"
      "73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac";
  EXPECT_EQ(run_script("install.sh", {url, "PACKAGE_SHA256=" + checksum_of_x}).status, 0);
  EXPECT_TRUE(fs::exists(folder_.path() + "/sudo"));
}

// --- pre-commit

class PreCommitTest : public testing::Test {
 protected:
  void SetUp() override {
    pre_commit_ = find_program("pre-commit", "our hook was not tried with it");
    if (pre_commit_.empty()) GTEST_SKIP();
    fs::create_directories(folder_.path() + "/bin");
    fs::create_symlink(PLIMSOLL_EXECUTABLE, folder_.path() + "/bin/plimsoll");
    // The hook as pre-commit gets it: from a commit. Ours may have changes that are in none yet.
    folder_.write("hooks/.pre-commit-hooks.yaml",
                  read(PLIMSOLL_SOURCE_DIR "/.pre-commit-hooks.yaml"));
    commit("hooks");
  }

  void commit(const std::string& repository) const {
    const std::string path = folder_.path() + '/' + repository;
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"init", "--quiet"}, std::vector<std::string>{"add", "--all"},
          std::vector<std::string>{"-c", "user.name=test", "-c", "user.email=test@example.com",
                                   "commit", "--quiet", "--message", "all"}}) {
      std::vector<std::string> git{"/usr/bin/git", "-C", path};
      git.insert(git.end(), arguments.begin(), arguments.end());
      const Outcome outcome = run(git, {}, environment());
      ASSERT_EQ(outcome.status, 0) << outcome.err;
    }
  }

  [[nodiscard]] Outcome try_hook() const {
    const std::string& path = folder_.path();
    return run({"/usr/bin/env", "-C", path + "/project", pre_commit_, "try-repo", path + "/hooks",
                "plimsoll-audit", "--all-files", "--verbose", "--color", "never"},
               {}, environment());
  }

  Folder folder_;

 private:
  [[nodiscard]] std::vector<std::string> environment() const {
    const std::string& path = folder_.path();
    return {"HOME=" + path, "PATH=" + path + "/bin:/usr/local/bin:/usr/bin:/bin",
            "PRE_COMMIT_HOME=" + path + "/cache"};
  }

  std::string pre_commit_;
};

TEST_F(PreCommitTest, FailsForABadFileAmongOthers) {
  folder_.write("project/service/Dockerfile.prod", kBad);
  folder_.write("project/notes.yaml", "a: [not, a, compose, file]\n");
  folder_.write("project/main.c", "int main(void) { return 0; }\n");
  commit("project");
  const Outcome outcome = try_hook();
  EXPECT_EQ(outcome.status, 1) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("exit code: 1"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("service/Dockerfile.prod"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("main.c"), std::string::npos) << outcome.out;
}

TEST_F(PreCommitTest, PassesCleanFiles) {
  folder_.write("project/Dockerfile", "FROM gcr.io/distroless/static-debian13:nonroot\n");
  commit("project");
  const Outcome outcome = try_hook();
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("Passed"), std::string::npos) << outcome.out;
}

TEST_F(PreCommitTest, IsSkippedWithoutFilesOfItsKind) {
  folder_.write("project/main.c", "int main(void) { return 0; }\n");
  commit("project");
  const Outcome outcome = try_hook();
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("Skipped"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace plimsoll::test
