// Writes the generated pages of docs/rules. usage: bless FOLDER

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "check/rule.h"
#include "check/rule_page.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bless FOLDER\n");
    return 2;
  }
  namespace fs = std::filesystem;
  const fs::path folder = argv[1];
  fs::create_directories(folder);
  std::set<std::string> written{"README.md"};
  std::ofstream(folder / "README.md") << plimsoll::check::rule_index();
  for (const plimsoll::check::Rule* rule : plimsoll::check::all_rules()) {
    const std::string name = std::string(rule->meta.slug) + ".md";
    written.insert(name);
    std::ofstream(folder / name) << plimsoll::check::rule_page(*rule);
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!written.contains(entry.path().filename().string())) fs::remove(entry.path());
  }
  return 0;
}
