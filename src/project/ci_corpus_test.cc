#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "core/ascii.h"
#include "project/project.h"

namespace plimsoll::ci {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> corpus(std::string_view ending) {
  std::vector<fs::path> files;
  const fs::path folder = fs::path(PLIMSOLL_SOURCE_DIR) / "../shared/corpus/ci";
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().ends_with(ending)) files.push_back(entry.path());
  }
  return files;
}

/// Every word stands in the file where source() says.
void expect_words_in_place(const Step& step, const SourceFile& file) {
  for (const shell::Command& command : step.script.commands) {
    for (const shell::Word& word : command.words) {
      if (ascii::contains(word.raw, "\n")) continue;  // indentation lies between
      EXPECT_EQ(file.slice(step.source(word.span).span), word.raw) << file.path();
    }
  }
}

TEST(CiCorpus, RealWorkflowsAreReadInFull) {
  const std::vector<fs::path> files = corpus(".workflow.yml");
  if (files.empty()) {
    std::cerr << "skipped: no shared corpus of workflows\n";
    GTEST_SKIP();
  }
  std::size_t scripts = 0;
  std::size_t understood = 0;
  for (const fs::path& path : files) {
    const SourceFile file(path.filename().string(), text_of(path));
    const auto tree = parse_yaml(file);
    EXPECT_TRUE(tree->problems.empty()) << path;
    ASSERT_FALSE(tree->documents.empty()) << path;
    EXPECT_EQ(system_of(*tree->documents.front().root), System::kGitHub) << path;
    const Workflow workflow = read(*tree, System::kGitHub);
    EXPECT_EQ(workflow.triggers.empty(), workflow.root->find("on") == nullptr) << path;
    ASSERT_FALSE(workflow.jobs.empty()) << path;
    for (const Job& job : workflow.jobs) {
      EXPECT_FALSE(job.steps.empty()) << path << ' ' << job.name;
      for (const Step& step : job.steps) {
        EXPECT_TRUE(!step.uses.empty() || step.run_node != nullptr) << path << ' ' << job.name;
        if (step.run_node == nullptr) continue;
        EXPECT_FALSE(step.written.text.empty()) << path << '\n' << step.run;
        expect_words_in_place(step, file);
        ++scripts;
        if (step.script.understood) ++understood;
      }
    }
  }
  // The rest is PowerShell and cmd.
  EXPECT_GE(understood * 100, scripts * 95) << understood << " of " << scripts;
}

TEST(CiCorpus, RealDependabotFilesHaveEntries) {
  const std::vector<fs::path> files = corpus(".dependabot.yml");
  if (files.empty()) {
    std::cerr << "skipped: no shared corpus of Dependabot files\n";
    GTEST_SKIP();
  }
  for (const fs::path& path : files) {
    const SourceFile file(path.filename().string(), text_of(path));
    const auto tree = parse_yaml(file);
    ASSERT_FALSE(tree->documents.empty()) << path;
    if (system_of(*tree->documents.front().root)) continue;  // a workflow of that name
    const UpdateBot bot = read_update_bot(*tree, UpdateBot::Kind::kDependabot);
    EXPECT_FALSE(bot.entries.empty()) << path;
    for (const UpdateEntry& entry : bot.entries) {
      EXPECT_FALSE(entry.ecosystem.empty()) << path;
      EXPECT_FALSE(entry.folders.empty()) << path << ' ' << entry.ecosystem;
    }
  }
}

}  // namespace
}  // namespace plimsoll::ci
