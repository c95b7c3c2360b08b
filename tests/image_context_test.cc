// The Dockerfile copies all that the build reads: CMake configures what it copies, and that alone.
// Whether the image is built and runs takes an engine and ten minutes; this is what breaks first.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PLIMSOLL_SOURCE_DIR;

/// What `COPY source… target` of the build stage names as sources.
std::vector<fs::path> copied_by_dockerfile() {
  std::vector<fs::path> copied;
  std::ifstream dockerfile(kRoot / "Dockerfile");
  for (std::string line; std::getline(dockerfile, line);) {
    if (!line.starts_with("COPY ") || line.starts_with("COPY --from")) continue;
    std::istringstream text(line.substr(5));
    std::vector<std::string> words;
    for (std::string word; text >> word;) words.push_back(word);
    copied.insert(copied.end(), words.begin(), words.end() - 1);
  }
  return copied;
}

/// The lines of .dockerignore: `*`, then `!name` for what is let in, then what is not even so.
std::set<std::string> ignore_lines() {
  std::set<std::string> lines;
  std::ifstream ignore(kRoot / ".dockerignore");
  for (std::string line; std::getline(ignore, line);) lines.insert(line);
  return lines;
}

void copy(const fs::path& source, const fs::path& to, const std::set<std::string>& ignored) {
  fs::create_directories((to / source).parent_path());
  if (!fs::is_directory(kRoot / source)) {
    fs::copy_file(kRoot / source, to / source);
    return;
  }
  for (auto it = fs::recursive_directory_iterator(kRoot / source);
       it != fs::recursive_directory_iterator(); ++it) {
    const fs::path relative = fs::relative(it->path(), kRoot);
    if (ignored.contains(relative.string())) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file()) {
      fs::create_directories((to / relative).parent_path());
      fs::copy_file(it->path(), to / relative);
    }
  }
}

TEST(ImageContext, HoldsAllThatTheBuildReads) {
  const Folder folder;
  const std::vector<fs::path> sources = copied_by_dockerfile();
  const std::set<std::string> ignored = ignore_lines();
  EXPECT_TRUE(ignored.contains("*"));
  EXPECT_GE(sources.size(), 5U);
  for (const fs::path& source : sources) {
    EXPECT_TRUE(ignored.contains('!' + source.string())) << source << " is not let in";
    copy(source, folder.path(), ignored);
  }
  const Outcome outcome = run({"/usr/bin/env", "-C", folder.path(), "cmake", "--preset", "release",
                               "-DPLIMSOLL_BENCH=OFF", "-DPLIMSOLL_ENGINE=OFF", "-DCMAKE_INSTALL_PREFIX=/usr"});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
}

}  // namespace
}  // namespace plimsoll::test
