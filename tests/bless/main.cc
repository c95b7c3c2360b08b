// Writes the generated files that tests compare with. usage: bless RULES_FOLDER REPORT_FOLDER

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "check/rule.h"
#include "check/rule_page.h"
#include "report_golden.h"
#include "vulnerability_golden.h"

namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

Files rule_pages() {
  Files files{{"README.md", plimsoll::check::rule_index()}};
  for (const plimsoll::check::Rule* rule : plimsoll::check::all_rules()) {
    files[std::string(rule->meta.slug) + ".md"] = plimsoll::check::rule_page(*rule);
  }
  return files;
}

Files reports() {
  Files files;
  for (const plimsoll::test::Golden& golden : plimsoll::test::report_goldens()) {
    files[golden.name] = golden.text;
  }
  for (const plimsoll::test::Golden& golden : plimsoll::test::vulnerability_goldens()) {
    files[golden.name] = golden.text;
  }
  return files;
}

/// Whatever else lies in the folder was generated once and is no more.
void write(const fs::path& folder, const Files& files) {
  fs::create_directories(folder);
  for (const auto& [name, text] : files) std::ofstream(folder / name, std::ios::binary) << text;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!files.contains(entry.path().filename().string())) fs::remove(entry.path());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: bless RULES_FOLDER REPORT_FOLDER\n");
    return 2;
  }
  write(argv[1], rule_pages());
  write(argv[2], reports());
  return 0;
}
