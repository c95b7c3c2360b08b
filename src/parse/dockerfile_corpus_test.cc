#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "parse/dockerfile.h"
#include "parse/dockerfile_invariants.h"

namespace plimsoll::dockerfile {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".Dockerfile") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Two files of the collection really are refused by BuildKit: a misspelt instruction, and one that
// is wrong on purpose.
constexpr std::size_t kRefused = 2;

TEST(DockerfileCorpus, RealFilesParse) {
  const fs::path folder = fs::path(PLIMSOLL_SOURCE_DIR) / "../shared/corpus/dockerfiles";
  const std::vector<fs::path> files = files_in(folder);
  if (files.empty()) {
    std::cout << "SKIPPED: no files in " << folder << '\n';
    GTEST_SKIP();
  }
  std::size_t refused = 0;
  for (const fs::path& path : files) {
    const SourceFile source(path.filename().string(), read(path));
    const Dockerfile file = parse(source);
    EXPECT_EQ(broken_invariant(file), "") << path;
    EXPECT_TRUE(looks_like_dockerfile(source.text())) << path;
    EXPECT_FALSE(file.stages.empty()) << path;
    refused += file.problems.empty() ? 0U : 1U;
    for (const Problem& problem : file.problems) EXPECT_FALSE(problem.fatal) << problem.message;
  }
  EXPECT_EQ(refused, kRefused);
}

}  // namespace
}  // namespace plimsoll::dockerfile
