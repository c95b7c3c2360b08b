#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "workload/kubernetes_fixture.h"

namespace plimsoll::kubernetes {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> corpus() {
  const fs::path folder = fs::path(PLIMSOLL_SOURCE_DIR) / "../shared/corpus/kubernetes";
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Manifests that people run: every container is found, named once and placed inside its file.
TEST(KubernetesCorpus, EveryContainerIsFound) {
  const std::vector<fs::path> files = corpus();
  if (files.empty()) GTEST_SKIP() << "the corpus of real manifests is not here";
  std::size_t containers = 0;
  for (const fs::path& path : files) {
    std::ifstream in(path, std::ios::binary);
    const Fixture fixture(std::string(std::istreambuf_iterator<char>(in), {}),
                          path.filename().string());
    EXPECT_TRUE(fixture.tree->problems.empty()) << path;
    EXPECT_TRUE(fixture.out.problems.empty()) << path;
    EXPECT_TRUE(is_manifest(*fixture.tree)) << path;
    std::set<std::string> ids;
    for (const Workload& workload : fixture.out.workloads) {
      EXPECT_TRUE(ids.insert(workload.id).second) << workload.id;
      EXPECT_FALSE(fixture.bytes(workload.place).empty()) << workload.id;
      EXPECT_FALSE(workload.name.empty()) << workload.id;
      ++containers;
    }
    for (const Pod& pod : fixture.out.pods) EXPECT_TRUE(judge_pod_security(pod).known) << path;
  }
  std::cout << files.size() << " manifests, " << containers << " containers\n";
  EXPECT_GT(containers, files.size() / 2);
}

}  // namespace
}  // namespace plimsoll::kubernetes
