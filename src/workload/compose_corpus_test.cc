#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <unordered_set>
#include <vector>

#include "workload/compose_testing.h"

namespace plimsoll::compose {
namespace {

std::vector<std::filesystem::path> corpus() {
  const std::filesystem::path folder = PLIMSOLL_SOURCE_DIR "/../shared/corpus/compose";
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) {
    std::cout << "skipped: " << folder << " is not there\n";
    return files;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (is_compose_name(entry.path().string())) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Entries of a list or mapping, without what a list says twice.
std::size_t count(const Node* node, bool by_name = false) {
  if (node == nullptr || node->is_null()) return 0;
  if (node->is_mapping()) {
    return static_cast<std::size_t>(
        std::count_if(node->entries.begin(), node->entries.end(),
                      [](const Node::Entry& entry) { return !entry.duplicate; }));
  }
  if (node->is_scalar()) return 1;
  std::unordered_set<std::string> seen;
  for (const Node* item : node->items) {
    const std::string text = dump(*item);
    seen.insert(by_name ? text.substr(0, text.find('=')) : text);
  }
  return seen.size();
}

/// What the real world writes wrong: `external: name`.
bool is_justified(const TreeProblem& problem) {
  return problem.message == "'external' must be true or false";
}

TEST(ComposeCorpus, EveryServiceIsReadInFull) {
  std::size_t files_read = 0;
  std::size_t services_read = 0;
  for (const std::filesystem::path& path : corpus()) {
    Files files;
    const std::string name = path.filename().string();
    files.add(name, read_file(path));
    const Tree& tree = **files.tree(name);
    ASSERT_EQ(tree.documents.size(), 1U) << name;
    EXPECT_TRUE(looks_like_compose(*tree.documents[0].root)) << name;
    const Node* const services = tree.documents[0].root->find("services");
    ASSERT_NE(services, nullptr) << name;

    const Project& project = files.read(name);
    EXPECT_EQ(project.services.size(), services->entries.size()) << name;
    for (const TreeProblem& problem : project.problems) {
      EXPECT_TRUE(is_justified(problem)) << name << ": " << problem.message;
    }
    for (const Workload& service : project.services) {
      ++services_read;
      const Node& node = *service.node;
      if (node.find("extends") != nullptr) continue;
      const auto is_file = [](const Mount& mount) {
        return mount.type == Mount::Type::kSecret || mount.type == Mount::Type::kConfig;
      };
      const auto files_mounted = static_cast<std::size_t>(
          std::count_if(service.mounts.begin(), service.mounts.end(), is_file));
      EXPECT_EQ(service.ports.size(), count(node.find("ports")) + count(node.find("expose")))
          << service.id;
      EXPECT_EQ(service.mounts.size() - files_mounted + service.tmpfs.size(),
                count(node.find("volumes")) + count(node.find("tmpfs")))
          << service.id;
      EXPECT_EQ(service.environment.size(), count(node.find("environment"), true)) << service.id;
      EXPECT_EQ(service.cap_add.items.size(), count(node.find("cap_add"))) << service.id;
      EXPECT_EQ(service.depends_on.size(), count(node.find("depends_on"))) << service.id;
      EXPECT_EQ(service.networks.items.size(), count(node.find("networks"))) << service.id;
    }
    ++files_read;
  }
  std::cout << files_read << " files, " << services_read << " services\n";
}

}  // namespace
}  // namespace plimsoll::compose
